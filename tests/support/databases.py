"""Databases to restore into, and their contents for comparison."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
from psycopg import sql

from tracker.backup import postgres
from tracker.launch import roles

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
"""Queries of a database's structure."""


def rows(url: str) -> dict[str, list[str]]:
    """Return each row of each table, as text."""
    with postgres.connect(url) as connection:
        return {table: _rows_of(connection, table) for table in postgres.table_names(connection)}


def structure(url: str) -> dict[str, list[Any]]:
    """Return tables, functions, rights and all else that isn't a row, after allowing the app's role."""
    if app_url := os.environ.get("APP_URL"):
        roles.allow(url, app_url)
    with postgres.connect(url) as connection:
        return {
            name: sorted(connection.execute(query.encode()).fetchall(), key=str)
            for name, query in CATALOG.items()
        }


def execute(url: str, statement: str) -> None:
    with postgres.connect(url) as connection:
        connection.execute(statement.encode())


@contextmanager
def new_database(url: str) -> Iterator[str]:
    """Yield the URL of an empty database on the same server, dropped at the end."""
    name = f"pursuit_restored_{os.getpid()}_{uuid4().hex[:8]}"
    execute(url, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield at(url, dbname=name)
    finally:
        execute(url, f'DROP DATABASE "{name}" WITH (FORCE)')


def at(url: str, **changed: str) -> str:
    """Return the same URL with another database, role or password."""
    plain = url.replace("+psycopg", "", 1)
    return f"postgresql+psycopg:///?{urlencode({**psycopg.conninfo.conninfo_to_dict(plain), **changed})}"


def _rows_of(connection: psycopg.Connection, table: str) -> list[str]:
    query = sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(table))
    return [row for (row,) in connection.execute(query)]
