"""An installation to back up, databases to restore into, and what there is to compare."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.support.people import Person
from tracker.backup import age, postgres
from tracker.backup.making import back_up
from tracker.launch import roles
from tracker.settings import settings

CATALOG = {
    "columns": "SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull, attacl::text "
    "FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0",
    "tables": "SELECT relname, relkind, relrowsecurity, relforcerowsecurity, reloptions, relacl::text "
    "FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    "constraints": "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "policies": "SELECT tablename, policyname, roles, cmd, qual, with_check FROM pg_policies",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT p.oid::regprocedure::text, r.rolname, p.proacl::text, p.prosrc FROM pg_proc p "
    "JOIN pg_roles r ON r.oid = p.proowner WHERE p.pronamespace = 'public'::regnamespace",
    "sequences": "SELECT sequencename, last_value FROM pg_sequences",
    "extensions": "SELECT extname, extversion FROM pg_extension",
}
"""What a database is made of beside its rows."""


def rows(url: str) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with postgres.connect(url) as connection:
        return {table: _rows_of(connection, table) for table in postgres.table_names(connection)}


def structure(url: str) -> dict[str, list[Any]]:
    """Tables, functions, rights and whatever else isn't a row, as they are once the application is let in again."""
    if app_url := os.environ.get("APP_URL"):
        roles.allow(url, app_url)
    with postgres.connect(url) as connection:
        return {
            what: sorted(connection.execute(query.encode()).fetchall(), key=str)
            for what, query in CATALOG.items()
        }


def execute(url: str, statement: str) -> None:
    with postgres.connect(url) as connection:
        connection.execute(statement.encode())


@pytest.fixture(autouse=True)
def quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase takes milliseconds to try."""
    monkeypatch.setattr(age, "WORK_FACTOR", 10)


@pytest.fixture(autouse=True)
def one_role(owner_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One role does everything, as with a server of the operator's own."""
    if os.environ["DATABASE_URL"] != owner_url:
        monkeypatch.setenv("APP_URL", os.environ["DATABASE_URL"])
    monkeypatch.setenv("DATABASE_URL", owner_url)
    monkeypatch.delenv("MIGRATION_DATABASE_URL")


@pytest.fixture
def person(alice: Person) -> Person:
    """Somebody whose rows are backed up."""
    for company in ("Linear", "Zoë & Söhne", "日本語"):
        alice.adds(company)
    return alice


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of this test's own, which the settings name."""
    folder = tmp_path / "data"
    (folder / "secrets").mkdir(parents=True)
    (folder / "secrets" / "sealing").write_text("s" * 43)
    monkeypatch.setenv("PURSUIT_DATA_DIR", str(folder))
    monkeypatch.delenv("PURSUIT_SECRET", raising=False)
    settings.cache_clear()
    yield folder
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def backup(person: Person, data: Path, tmp_path: Path) -> Path:
    """A backup of the database of the tests."""
    return back_up(data, tmp_path / "backup.zip").path


@pytest.fixture
def target(person: Person, owner_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database of the same server, which the environment names."""
    with new_database(owner_url) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        yield url


@contextmanager
def new_database(beside: str) -> Iterator[str]:
    """The address of an empty database beside another, dropped at the end."""
    name = f"pursuit_restored_{os.getpid()}_{uuid4().hex[:8]}"
    execute(beside, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield at(beside, dbname=name)
    finally:
        execute(beside, f'DROP DATABASE "{name}" WITH (FORCE)')


def at(url: str, **changed: str) -> str:
    """The same address with another database, role or password."""
    plain = url.replace("+psycopg", "", 1)
    return f"postgresql+psycopg:///?{urlencode({**psycopg.conninfo.conninfo_to_dict(plain), **changed})}"


def _rows_of(connection: psycopg.Connection, table: str) -> list[str]:
    query = sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(table))
    return [row for (row,) in connection.execute(query)]
