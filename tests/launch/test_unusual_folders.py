"""Pursuit starts in any folder, or reports in one line why it can't."""

import os
import shutil
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from tests.support.supervised import Installation
from tracker.launch import CannotStart, account, embedded, listen_address, schema
from tracker.launch import folder as folders

Install = Callable[..., Installation]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount and become another account")


@pytest.mark.parametrize(
    "name",
    [
        '"',
        "'",
        "a b",
        "100 %",
        "%(here)s",
        "back\\slash",
        "naïve 数据",
        "two\nlines",
        "#",
        "$HOME",
        os.fsdecode(b"\xff"),
    ],
)
def test_the_data_path_may_contain_any_character(folder: Path, name: str) -> None:
    place = folder / name
    place.mkdir(mode=0o711)
    with embedded.start_postgres(place) as database, embedded.start_valkey(place) as valkey:
        with psycopg.connect(database.url.replace("+psycopg", "")) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        with redis.Redis.from_url(valkey.url) as client:
            client.set("kept", "yes")
    assert (place / "valkey" / "appendonlydir").is_dir()
    assert (place / "postgres" / "cluster" / "PG_VERSION").exists()


@pytest.mark.parametrize("name", ["100 %", "%(here)s", "a #1?"])
def test_a_checkout_with_a_per_cent_sign_in_its_path_finds_its_migrations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    newest, place = schema.head(), tmp_path / name
    shutil.copytree(schema.CHECKOUT / "alembic", place / "alembic")
    shutil.copy(schema.CHECKOUT / "alembic.ini", place)
    monkeypatch.setattr(schema, "CHECKOUT", place)
    assert schema.head() == newest


def corrupted(home: Path) -> None:
    """Write a command with an invalid length, as after a bad block."""
    [log] = (home / "appendonlydir").glob("*.incr.aof")
    log.write_bytes(b"*3\r\n$3\r\nSET\r\n$-7\r\n" + b"\x00" * 64)


def without_manifest(home: Path) -> None:
    """Write an invalid manifest."""
    [manifest] = (home / "appendonlydir").glob("*.manifest")
    manifest.write_text("file nothing\n")


def without_base(home: Path) -> None:
    """Remove a file that the manifest lists."""
    [base] = (home / "appendonlydir").glob("*.base.rdb")
    base.unlink()


@pytest.mark.parametrize("damage", [corrupted, without_manifest, without_base])
def test_damaged_files_of_valkey_are_renamed_with_the_date(
    folder: Path, damage: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    embedded.start_valkey(folder).stop()
    damage(folder / "valkey")
    with embedded.start_valkey(folder) as server, redis.Redis.from_url(server.url) as client:
        assert client.dbsize() == 0
    [aside] = (folder / "valkey").glob("appendonlydir.damaged-20*")
    assert f"renamed to {aside.name}" in capsys.readouterr().out


def test_files_of_valkey_stay_if_another_reason_prevents_its_start(folder: Path) -> None:
    embedded.start_valkey(folder).stop()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CannotStart, match="Valkey didn't start"):
            embedded.start_valkey(folder, other.getsockname()[1])
    assert [path.name for path in (folder / "valkey").iterdir()] == ["appendonlydir"]


def gone(secrets: Path) -> None:
    """Remove the secrets, as in a copy of the data without them."""
    shutil.rmtree(secrets)


def empty(secrets: Path) -> None:
    """Empty the password file, as after a full disk."""
    (secrets / "postgres").write_text("")


def foreign(secrets: Path) -> None:
    """Write the password of another installation."""
    (secrets / "postgres").write_text("another installation's @/\\")


@pytest.mark.parametrize("lose", [gone, empty, foreign])
def test_a_database_whose_password_is_lost_gets_a_new_one(
    folder: Path, lose: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    with embedded.start_postgres(folder) as server, connected(server) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'naïve' AS word")
    lose(folder / "secrets")
    with embedded.start_postgres(folder) as server, connected(server) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("naïve",)]
    assert "password was missing" in capsys.readouterr().out
    with embedded.start_postgres(folder):
        assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("name", "address"), [("localhost", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"), ("::1", "::1")]
)
def test_a_name_is_listened_on_at_its_address(name: str, address: str) -> None:
    assert listen_address.bind_address(name, embedded.free_port()) == address


def test_a_name_with_an_ipv6_address_alone_is_listened_on_there(monkeypatch: pytest.MonkeyPatch) -> None:
    only = [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", 80, 0, 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: only)
    assert listen_address.bind_address("localhost", 80) == "::1"


def test_an_unknown_name_gives_one_line() -> None:
    with pytest.raises(CannotStart, match="this name has no address") as refusal:
        listen_address.bind_address("nowhere.invalid", 8000)
    assert "\n" not in refusal.value.message


def test_granian_serves_localhost(install: Install) -> None:
    running = install("localhost")
    running.wait_for("ready:")
    with urllib.request.urlopen(f"http://localhost:{running.port}/") as answer:
        assert answer.status == 200
    assert running.end(signal.SIGTERM) == 0


@as_root
def test_a_data_folder_on_a_read_only_file_system_is_called_that(folder: Path) -> None:
    with mounted(folder, "size=1m") as place:
        (place / "run").mkdir()
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        with pytest.raises(CannotStart, match="its file system is read-only; choose another") as refusal:
            folders.prepare(place)
    assert "\n" not in refusal.value.message


@as_root
def test_a_data_folder_of_another_account_names_the_account(folder: Path) -> None:
    (folder / "mine").mkdir()
    read, write = os.pipe()
    if not (child := os.fork()):
        nobody = account.unprivileged_account()
        assert nobody
        os.setgid(nobody.gid)
        os.setuid(nobody.uid)
        try:
            folders.prepare(folder / "mine")
        except CannotStart as refusal:
            os.write(write, refusal.message.encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert "it belongs to the account root; choose another" in os.read(read, 1000).decode()


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """Yield a small file system; skip the test if none may be mounted."""
    place = folder / "mounted"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=False).returncode:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def connected(server: embedded.Server) -> psycopg.Connection:
    return psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True)
