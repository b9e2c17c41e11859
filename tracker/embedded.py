"""The embedded PostgreSQL and Valkey: real servers from wheels, on loopback, under one data folder."""

import contextlib
import locale
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil  # type: ignore[import-untyped]
import psycopg
import redis

from tracker.launch import CannotStart, children
from tracker.launch.account import (
    Account,
    as_account,
    postgres_programs,
    reaches,
    unprivileged,
    valkey_program,
)

DATABASE = "pursuit"
POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_min_duration_statement": "2s",
}


@dataclass
class Server:
    """A running embedded server: its address for clients, its port, and the way to end it."""

    url: str
    port: int
    child: children.Child

    @property
    def alive(self) -> bool:
        """Whether its process still runs."""
        return self.child.alive

    def stop(self) -> None:
        """Ends it in order; a second call does nothing."""
        self.child.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for the servers of a test, which their account can reach even when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="pursuit-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def secret(folder: Path, name: str) -> str:
    """The random secret `name` of this data folder, made on first use and readable by its owner only."""
    path = folder / "secrets" / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        unfinished = path.with_suffix(".new")
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(32))
        unfinished.rename(path)
    return path.read_text()


def free_port() -> int:
    """A port on loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_url(folder: Path, port: int) -> str:
    """The address of the embedded PostgreSQL of `folder`, for SQLAlchemy."""
    return f"postgresql+psycopg://{DATABASE}:{secret(folder, 'postgres')}@127.0.0.1:{port}/{DATABASE}"


def valkey_url(folder: Path, port: int) -> str:
    """The address of the embedded Valkey of `folder`."""
    return f"redis://:{secret(folder, 'valkey')}@127.0.0.1:{port}/0"


def start_postgres(folder: Path, port: int | None = None) -> Server:
    """PostgreSQL over `folder`/postgres, made on first use, answering when this returns.

    Nothing else may use `folder` meanwhile: a server that an earlier start left running there is ended.
    """
    account = unprivileged()
    home = _home(folder, "postgres", account)
    programs = postgres_programs(account)
    cluster = home / "cluster"
    if not cluster.exists():
        _make_cluster(folder, home, programs, account)
    _same_major_version(cluster, programs)
    _forget_dead_postmaster(cluster)
    port = port or free_port()
    options = [word for name, value in POSTGRES_SETTINGS.items() for word in ("-c", f"{name}={value}")]
    child = children.start(
        "postgres",
        [str(programs / "postgres"), "-D", str(cluster), "-p", str(port), *options],
        folder=folder,
        account=account,
        cwd=home,
        stop_signal=signal.SIGINT,
        grace=30,
        port=port,
    )
    server = Server(postgres_url(folder, port), port, child)
    _wait_until(server, "PostgreSQL", _postgres_answers, seconds=120)
    return server


def start_valkey(folder: Path, port: int | None = None) -> Server:
    """Valkey over `folder`/valkey, every write kept on disk, answering when this returns."""
    account = unprivileged()
    home = _home(folder, "valkey", account)
    port = port or free_port()
    rules = [
        f"bind 127.0.0.1\nport {port}\nrequirepass {secret(folder, 'valkey')}",
        f'dir "{home}"\nappendonly yes\nsave ""\ndaemonize no\nunixsocket ""',
    ]
    child = children.start(
        "valkey",
        [str(valkey_program(account)), "-"],
        folder=folder,
        account=account,
        cwd=home,
        given="\n".join(rules).encode(),
        grace=15,
        port=port,
    )
    server = Server(valkey_url(folder, port), port, child)
    _wait_until(server, "Valkey", _valkey_answers, seconds=60)
    return server


def _home(folder: Path, name: str, account: Account | None) -> Path:
    home = folder / name
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account:
        account.owns(home)
        if not reaches(account, home):
            raise CannotStart(
                f"As root, PostgreSQL runs as the account '{account.name}', which can't reach {folder}: "
                f"choose a --data-dir outside private folders, such as /var/lib/pursuit."
            )
    return home


def _make_cluster(folder: Path, home: Path, programs: Path, account: Account | None) -> None:
    """Makes the cluster beside its final place and renames it, so that half a cluster is never used."""
    unfinished, password = home / "cluster.new", home / "password.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    password.unlink(missing_ok=True)
    password.touch(mode=0o600)
    password.write_text(secret(folder, "postgres"))
    if account:
        account.owns(password)
    command = [
        programs / "initdb",
        "-D",
        unfinished,
        "-U",
        DATABASE,
        "--auth=scram-sha-256",
        f"--pwfile={password}",
    ]
    collation = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    try:
        made = subprocess.run(
            [*map(str, command), "--encoding=UTF8", *collation, f"--lc-ctype={_character_types()}"],
            cwd=home,
            capture_output=True,
            text=True,
            check=False,
            **as_account(account),
        )
    finally:
        password.unlink(missing_ok=True)
    if made.returncode:
        children.log_of(folder, "postgres").write_text(made.stdout + made.stderr)
        raise CannotStart(f"PostgreSQL couldn't make its files: {children.reason(made.stderr)}")
    _make_database(unfinished, programs, account)
    unfinished.rename(home / "cluster")


def _character_types() -> str:
    """A locale of this system that knows every letter of Unicode, which searching by trigrams asks for."""
    kept = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8", "UTF-8"):
            with contextlib.suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, kept)


def _make_database(cluster: Path, programs: Path, account: Account | None) -> None:
    subprocess.run(
        [str(programs / "postgres"), "--single", "-D", str(cluster), "postgres"],
        input=f"CREATE DATABASE {DATABASE};\n",
        cwd=cluster.parent,
        capture_output=True,
        text=True,
        check=True,
        **as_account(account),
    )


def _same_major_version(cluster: Path, programs: Path) -> None:
    said = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    ours, theirs = said.split()[-1].split(".")[0], (cluster / "PG_VERSION").read_text().strip()
    if ours != theirs:
        raise CannotStart(
            f"The data folder was made by PostgreSQL {theirs}, and this Pursuit brings {ours}: "
            f"start the Pursuit that made it, or move the data with pg_dump."
        )


def _forget_dead_postmaster(cluster: Path) -> None:
    """Ends a server that outlived its supervisor; removes a dead one's lock file, whose pid may be reused."""
    lock = cluster / "postmaster.pid"
    try:
        process = psutil.Process(int(lock.read_text().split()[0]))
        if process.name() == "postgres" and str(cluster) in process.cmdline():
            process.send_signal(signal.SIGINT)
            process.wait(30)
    except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
        pass
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(10)
    lock.unlink(missing_ok=True)


def _wait_until(server: Server, name: str, answers: Callable[[str], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not answers(server.url):
        if not server.alive or time.monotonic() > deadline:
            server.stop()
            raise CannotStart(
                f"{name} didn't start: {children.last_words(server.child.log)} (more in {server.child.log})"
            )
        time.sleep(0.02)


def _postgres_answers(url: str) -> bool:
    try:
        psycopg.connect(url.replace("+psycopg", ""), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def _valkey_answers(url: str) -> bool:
    client = redis.Redis.from_url(url, socket_timeout=3)
    try:
        return bool(client.ping())
    except (redis.ConnectionError, redis.TimeoutError):
        return False
    finally:
        client.close()
