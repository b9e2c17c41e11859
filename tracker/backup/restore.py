"""Restore of a backup; Pursuit doesn't start on a database until its restore is complete."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import Connection, sql
from sqlmodel import SQLModel

import tracker.models  # noqa: F401 - registers all tables
from tracker.backup import Unusable, postgres
from tracker.backup.archive import DUMP, Manifest, Reader, opened
from tracker.backup.files import atomic_file
from tracker.errors import Sorry
from tracker.launch import embedded, schema
from tracker.launch import folder as folders

VERSION_TABLE = "alembic_version"
_CLEAR = """
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC
"""
_CONNECTED = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'pursuit'
"""
_OWNED = """
SELECT 'TABLE', oid::regclass::text FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm') AND relowner = (SELECT oid FROM pg_roles WHERE rolname = %(owner)s)
UNION ALL
SELECT 'ROUTINE', oid::regprocedure::text FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND proowner = (SELECT oid FROM pg_roles WHERE rolname = %(owner)s)
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
"""
"""The tables and routines that a role owns, except those of extensions; names come quoted."""


def restore(path: Path, passphrase: str, folder: Path) -> Manifest:
    """Restore `path` into the data folder and into DATABASE_URL, else the folder's own database.

    Nothing is changed before the backup file is verified. Raises Unusable when it can't be restored by this version,
    and Sorry when the installation isn't empty.
    """
    with opened(path, passphrase) as backup:
        _require_known_schema(backup.manifest)
        entries = postgres.entries(backup.pieces(DUMP))
        with _database(folder, backup) as url:
            try:
                _load(url, folder, backup, entries)
            except psycopg.Error as error:
                raise Sorry(f"The database couldn't be restored: {postgres.reason(error)}") from error
        return backup.manifest


def _require_known_schema(manifest: Manifest) -> None:
    if not schema.knows(manifest.revision):
        raise Unusable(
            f"This backup is from Pursuit {manifest.version}, whose schema {manifest.revision} is newer than this "
            f"version's ({schema.head()}): restore it with that version."
        )


@contextmanager
def _database(folder: Path, backup: Reader) -> Iterator[str]:
    """Yield the URL of the database to restore into, with the data folder locked."""
    folders.prepare(folder)
    with folders.owned(folder, "a backup is being restored into it"):
        if os.environ.get("DATABASE_URL"):
            yield schema.owner_url()
            return
        if not _has_cluster(folder):
            _restore_secrets(folder, backup, ["postgres"])
        with embedded.start_postgres(folder) as server:
            yield server.url


def _load(url: str, folder: Path, backup: Reader, entries: list[str]) -> None:
    manifest = backup.manifest
    wanted = [entry for entry in entries if not re.search(rf"\b{VERSION_TABLE}\b", entry)]
    with postgres.connect(url) as connection:
        connection.execute("SET lock_timeout = '10s'")
        _require_empty(connection, manifest)
        with connection.transaction():
            _begin(connection, manifest)
        _restore_secrets(folder, backup, [name for name in backup.secrets() if _is_restored(folder, name)])
        postgres.restore(url, backup.pieces(DUMP), wanted)
        with connection.transaction():
            _end(connection, manifest)
        schema.migrate(url)
        connection.execute("ANALYZE")


def _require_empty(connection: Connection, manifest: Manifest) -> None:
    """Raise Sorry for a database with rows or unknown tables; an unfinished restore is allowed."""
    version = connection.info.server_version // 10_000
    if version < manifest.postgres:
        raise Sorry(
            f"This backup is from PostgreSQL {manifest.postgres}, but this server is PostgreSQL {version}."
        )
    connected = connection.execute(_CONNECTED).fetchone()
    if connected and connected[0]:
        raise Sorry("Pursuit is connected to this database: stop it before restoring.")
    tables = postgres.table_names(connection)
    if VERSION_TABLE in tables and _revision(connection) == schema.UNFINISHED_RESTORE:
        return
    full = [table for table in tables if table != VERSION_TABLE and _count(connection, table)]
    foreign = set(tables) - set(SQLModel.metadata.tables) - {VERSION_TABLE}
    if full or foreign:
        raise Sorry(
            "This installation isn't empty: restore into a new one, for example with another --data-dir."
        )


def _begin(connection: Connection, manifest: Manifest) -> None:
    """Clear the database, mark its restore as unfinished, and create the roles that the dump names."""
    if postgres.table_names(connection):
        connection.execute(_CLEAR.encode())
    connection.execute(
        f"CREATE TABLE {VERSION_TABLE} (version_num varchar(32) CONSTRAINT alembic_version_pkc PRIMARY KEY)".encode()
    )
    _set_revision(connection, schema.UNFINISHED_RESTORE)
    for name in manifest.roles:
        role = sql.Identifier(name)
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
        if name != connection.info.user:
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
            connection.execute(sql.SQL("GRANT CREATE ON SCHEMA public TO {}").format(role))


def _end(connection: Connection, manifest: Manifest) -> None:
    """Make the current role the tables' owner, check row counts, and mark the restore as complete."""
    others = [name for name in manifest.roles if name != connection.info.user]
    for name in others:
        connection.execute(sql.SQL("REVOKE CREATE ON SCHEMA public FROM {}").format(sql.Identifier(name)))
    if manifest.owner in others:
        for kind, name in connection.execute(_OWNED, {"owner": manifest.owner}).fetchall():
            connection.execute(f"ALTER {kind} {name} OWNER TO CURRENT_USER".encode())
    for table, rows in manifest.rows.items():
        if _count(connection, table) != rows:
            raise Unusable(f"The restored table {table} doesn't have the {rows:,} rows that were backed up.")
    _set_revision(connection, manifest.revision)


def _count(connection: Connection, table: str) -> int:
    """Count all users' rows, with row-level security lifted for the owner."""
    with connection.transaction(force_rollback=True):
        lifted = sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier("public", table))
        connection.execute(lifted)
        return postgres.count_rows(connection, table)


def _revision(connection: Connection) -> str:
    row = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}".encode()).fetchone()
    return str(row[0]) if row else ""


def _set_revision(connection: Connection, revision: str) -> None:
    connection.execute(f"DELETE FROM {VERSION_TABLE}".encode())
    connection.execute(f"INSERT INTO {VERSION_TABLE} VALUES (%s)".encode(), [revision])


def _has_cluster(folder: Path) -> bool:
    return (folder / "postgres" / "cluster").exists()


def _is_restored(folder: Path, secret: str) -> bool:
    """Return True for a secret to restore; an existing database keeps its password."""
    return secret != "postgres" or not _has_cluster(folder)  # noqa: S105


def _restore_secrets(folder: Path, backup: Reader, names: list[str]) -> None:
    """Write secrets of the backup into the data folder."""
    secrets_folder = folder / "secrets"
    secrets_folder.mkdir(mode=0o700, exist_ok=True)
    for name, content in backup.secrets().items():
        if name in names:
            with atomic_file(secrets_folder / name, replace=True) as file:
                file.write(content)
