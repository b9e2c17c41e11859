"""A restored installation equals the one backed up, to every row, or nothing is restored."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.databases import at, execute, new_database, rows, structure
from tests.support.people import Person
from tests.support.schema import migrate
from tests.support.supervised import wait_until
from tracker.backup import Unusable, postgres
from tracker.backup.archive import opened
from tracker.backup.creation import back_up
from tracker.backup.restore import restore
from tracker.errors import Sorry
from tracker.launch import CannotStart, embedded, schema
from tracker.services.model.key_encryption import decrypt, encrypt
from tracker.settings import settings

KILLED = """
import os, signal, sys
from pathlib import Path
from tracker.backup import restore

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def half(self, name, pieces=restore.Reader.pieces):
    whole = b"".join(pieces(self, name))
    if name == restore.DUMP and restore.Reader.reads == 2:  # it was checked and listed before
        yield whole[: len(whole) // 2]
        die()
    restore.Reader.reads += name == restore.DUMP
    yield whole

path, folder, wanted = sys.argv[1:]
restore.Reader.reads = 0
if wanted == "half":
    restore.Reader.pieces = half
elif wanted == "migrate":
    restore.schema.migrate = die
else:
    setattr(restore, wanted, die)
restore.restore(Path(path), "", Path(folder))
"""


def test_every_row_and_privilege_is_restored(
    backup: Path, target: str, owner_url: str, tmp_path: Path
) -> None:
    restored = restore(backup, "", tmp_path / "new")
    assert rows(target) == rows(owner_url)
    assert structure(target) == structure(owner_url)
    assert sum(restored.rows.values()) > 10
    assert (tmp_path / "new" / "secrets" / "sealing").read_text() == "s" * 43


def test_a_fresh_folder_gets_a_database_of_its_own_and_every_secret(
    person: Person, data: Path, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("postgres", "valkey"):
        embedded.secret(data, name)
    sealed = encrypt(person.user.user_id, "sk-own")
    backup = back_up(data, data.parent / "backup.zip.age", "a passphrase").path
    expected = rows(owner_url)
    monkeypatch.delenv("DATABASE_URL")
    with embedded.scratch_folder() as fresh:
        restore(backup, "a passphrase", fresh)
        with embedded.start_postgres(fresh) as server:
            assert rows(server.url) == expected
        restored = secrets(fresh)
        assert {name: restored[name] for name in secrets(data)} == secrets(data)
        monkeypatch.setenv("PURSUIT_DATA_DIR", str(fresh))
        settings.cache_clear()
        assert decrypt(person.user.user_id, sealed) == "sk-own"


def test_a_backup_contains_concurrent_transactions_whole_or_not_at_all(
    person: Person, data: Path, target: str, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, added = threading.Event(), [0]

    def write() -> None:
        while not stop.is_set():
            person.add_application(f"Company {added[0]}")
            added[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with monkeypatch.context() as patch:
            patch.setenv("DATABASE_URL", owner_url)
            wait_until(lambda: added[0] >= 5)
            begun = added[0]
            backup = back_up(data, data.parent / "backup.zip")
    finally:
        stop.set()
        writer.join()
    restore(backup.path, "", data.parent / "new")
    mine = f"WHERE user_id = '{person.user.user_id}'"
    counts = [
        number(target, f"SELECT count(*) FROM {table} {mine}")
        for table in ("application", "priority", "event")
    ]
    assert begun + 3 <= counts[0] <= added[0] + 3
    assert counts == [counts[0]] * 3


def test_a_backup_of_an_older_schema_is_migrated(
    data: Path, target: str, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_database(owner_url) as older:
        migrate(older, "0012")
        monkeypatch.setenv("DATABASE_URL", older)
        backup = back_up(data, data.parent / "backup.zip").path
    monkeypatch.setenv("DATABASE_URL", target)
    restore(backup, "", data.parent / "new")
    assert schema.current_revision(target) == schema.head()
    assert structure(target) == structure(owner_url)


def test_a_backup_of_a_newer_schema_is_refused_and_nothing_touched(
    data: Path, target: str, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_database(owner_url) as newer:
        migrate(newer)
        execute(newer, "UPDATE alembic_version SET version_num = 'from_the_future'")
        monkeypatch.setenv("DATABASE_URL", newer)
        backup = back_up(data, data.parent / "backup.zip").path
    monkeypatch.setenv("DATABASE_URL", target)
    with pytest.raises(Unusable, match="schema from_the_future is newer than this version's") as refusal:
        restore(backup, "", data.parent / "new")
    assert "\n" not in refusal.value.message
    assert rows(target) == {}
    assert not (data.parent / "new").exists()


def test_a_restore_never_overwrites_existing_data(backup: Path, owner_url: str, data: Path) -> None:
    before = rows(owner_url), secrets(data)
    with pytest.raises(Sorry, match=r"isn't empty|is connected"):
        restore(backup, "", data)
    assert (rows(owner_url), secrets(data)) == before


@pytest.mark.parametrize("table", ["app_user", "somebody_elses"])
def test_a_single_row_or_foreign_table_stops_a_restore(backup: Path, target: str, table: str) -> None:
    if table == "app_user":
        migrate(target)
        execute(target, "INSERT INTO app_user (issuer, subject) VALUES ('x', 'y')")
    else:
        execute(target, f"CREATE TABLE {table} (id int)")
    before = rows(target)
    with pytest.raises(Sorry, match="This installation isn't empty"):
        restore(backup, "", backup.parent / "new")
    assert rows(target) == before


def test_an_installation_that_was_started_and_never_used_counts_as_empty(
    backup: Path, target: str, owner_url: str
) -> None:
    migrate(target)
    restore(backup, "", backup.parent / "new")
    assert rows(target) == rows(owner_url)


def test_a_running_installation_is_left_alone(backup: Path, target: str) -> None:
    with postgres.connect(target) as busy:
        busy.execute("SET application_name = 'pursuit'")
        with pytest.raises(Sorry, match="Pursuit is connected to this database"):
            restore(backup, "", backup.parent / "new")


@pytest.mark.parametrize("moment", ["half", "_end", "migrate"])
def test_a_restore_that_is_killed_is_never_taken_for_whole_and_can_be_repeated(
    backup: Path, target: str, owner_url: str, moment: str
) -> None:
    new = backup.parent / "new"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(backup), str(new), moment], env=dict(os.environ), check=False
    )
    assert killed.returncode == -signal.SIGKILL
    if moment != "migrate":
        with pytest.raises(CannotStart, match="run tracker restore again"):
            schema.migrate(target)
        restore(backup, "", new)
    assert rows(target) == rows(owner_url)
    assert structure(target) == structure(owner_url)


def test_another_owner_gets_the_tables_of_the_first(
    backup: Path, target: str, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute(target, "CREATE ROLE pursuit_other SUPERUSER LOGIN PASSWORD 'other'")
    try:
        monkeypatch.setenv("DATABASE_URL", at(target, user="pursuit_other", password="other"))
        restore(backup, "", backup.parent / "new")
        owners = (
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'pursuit_other'"
        )
        assert number(target, owners) == 0
        wanted = structure(owner_url)
        restored_structure = structure(target)
        assert restored_structure["policies"] == wanted["policies"]
        assert [name for name, *_ in restored_structure["functions"]] == [
            name for name, *_ in wanted["functions"]
        ]
        theirs = "SELECT count(*) FROM pg_proc p JOIN pg_roles r ON r.oid = proowner WHERE rolname = 'tracker_search'"
        assert number(target, theirs) == number(owner_url, theirs) > 0
    finally:
        execute(target, "REASSIGN OWNED BY pursuit_other TO CURRENT_USER; DROP OWNED BY pursuit_other")
        execute(target, "DROP ROLE pursuit_other")


def test_an_external_server_needs_no_superuser(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with embedded.scratch_folder() as first, embedded.scratch_folder() as second, ExitStack() as servers:
        old, new = (servers.enter_context(embedded.start_postgres(folder)) for folder in (first, second))
        source, target = owned_by("app", old.url, "BYPASSRLS"), owned_by("other", new.url)
        migrate(source)
        execute(source, "INSERT INTO app_user (issuer, subject) VALUES ('x', 'y')")
        monkeypatch.setenv("DATABASE_URL", source)
        backup = back_up(data, data.parent / "backup.zip").path
        monkeypatch.setenv("DATABASE_URL", target)
        restore(backup, "", data.parent / "new")
        assert rows(at(new.url, dbname="shop")) == rows(source)
        assert structure(target)["policies"] == structure(source)["policies"]
        forced = "SELECT count(*) FROM pg_class WHERE relforcerowsecurity"
        assert number(target, forced) == number(source, forced) > 20
        assert number(target, "SELECT count(*) FROM pg_tables WHERE tableowner = 'app'") == 0


def owned_by(role: str, url: str, more: str = "") -> str:
    """Yield a database owned by a role that is no superuser."""
    execute(url, f"CREATE ROLE {role} LOGIN PASSWORD 'role' CREATEROLE {more}")
    execute(url, f"CREATE DATABASE shop OWNER {role}")
    return at(url, user=role, password="role", dbname="shop")


def test_a_role_that_row_level_security_holds_back_makes_no_backup_with_holes(
    person: Person, data: Path, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute(owner_url, "CREATE ROLE pursuit_narrow LOGIN PASSWORD 'narrow' IN ROLE tracker_app")
    try:
        monkeypatch.setenv("DATABASE_URL", at(owner_url, user="pursuit_narrow", password="narrow"))
        with pytest.raises(Sorry, match="can't read all users' rows"):
            back_up(data, data.parent / "backup.zip")
    finally:
        execute(owner_url, "DROP ROLE pursuit_narrow")
    assert [path.name for path in data.parent.iterdir()] == ["data"]


def test_a_server_newer_than_pg_dump_is_named(
    person: Person, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "BUNDLED_VERSION", 17)
    with pytest.raises(Sorry, match=r"PostgreSQL 18, newer than the pg_dump that comes with Pursuit \(17\)"):
        back_up(data, data.parent / "backup.zip")


def test_the_programs_that_come_with_pursuit_are_of_the_version_it_says() -> None:
    result = subprocess.run(
        [postgres._program("pg_dump"), "--version"], capture_output=True, text=True, check=True
    )
    assert result.stdout.split()[-1].split(".")[0] == str(postgres.BUNDLED_VERSION)


def test_the_dump_and_the_secrets_are_files_that_other_programs_read(backup: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(backup), str(tmp_path / "out")], check=True)
    listed = subprocess.run(
        [postgres._program("pg_restore"), "--list", str(tmp_path / "out" / "database.dump")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "TABLE DATA public application" in listed.stdout
    with opened(backup, "") as reader:
        assert reader.manifest.rows["alembic_version"] == 1


def secrets(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (folder / "secrets").iterdir()}


def number(url: str, query: str) -> int:
    with postgres.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
        return int(row[0]) if row else -1
