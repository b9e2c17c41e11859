"""Dump and restore with PostgreSQL's own programs, as the database's owner."""

import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os import environ
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from tracker.backup.archive import CHUNK_SIZE
from tracker.errors import Sorry
from tracker.launch import children, embedded
from tracker.launch.account import postgres_programs
from tracker.launch.command_servers import running_port

BUNDLED_VERSION = 18
"""Major version of the PostgreSQL programs that come with Pursuit."""
LOCK_TIMEOUT = "60s"
"""Longest wait for a lock, such as a migration's."""
_ROLES = """
SELECT DISTINCT r.rolname FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
WHERE d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND d.refclassid = 'pg_authid'::regclass AND r.rolname NOT LIKE 'pg\\_%'
"""
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"


@dataclass(frozen=True)
class Contents:
    """Schema revision, owner, server version, roles, and rows per table of a database at one moment."""

    revision: str
    owner: str
    postgres: int
    roles: tuple[str, ...]
    rows: dict[str, int]


def owner_url(folder: Path) -> str:
    """Return the URL of the tables' owner, who can read every row.

    A worker has only the application's URL; the embedded server's owner URL is built from the data folder.
    """
    url, port = environ["DATABASE_URL"], running_port(folder, "postgres")
    if configured := environ.get("MIGRATION_DATABASE_URL"):
        return configured
    return embedded.postgres_url(folder, port) if port and url == embedded.app_url(folder, port) else url


def connect(url: str) -> psycopg.Connection:
    """Connect in autocommit mode; raises Sorry when the server doesn't answer."""
    libpq_url = url.replace("postgresql+psycopg://", "postgresql://", 1)
    try:
        return psycopg.connect(
            make_conninfo(libpq_url, application_name="pursuit backup", connect_timeout=10), autocommit=True
        )
    except psycopg.OperationalError as error:
        raise Sorry(f"The database doesn't answer: {reason(error)}") from error


def reason(error: psycopg.Error) -> str:
    """Return the server's error message without the query."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


@contextmanager
def snapshot(connection: psycopg.Connection) -> Iterator[str]:
    """Open a snapshot that other connections can share, and yield its name."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'".encode())
        yield str(_value(connection, "SELECT pg_export_snapshot()"))


def contents(connection: psycopg.Connection) -> Contents:
    """Return the database's contents; raises Sorry for a server or role that can't dump everything."""
    version = connection.info.server_version // 10_000
    if version > BUNDLED_VERSION:
        raise Sorry(
            f"The database server is PostgreSQL {version}, newer than the pg_dump that comes with Pursuit ({BUNDLED_VERSION}): "
            f"back it up with the server's own pg_dump."
        )
    if not _value(connection, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"):
        raise Sorry(
            f"The database role {connection.info.user} can't read all users' rows: "
            f"back up as a superuser, or give the role BYPASSRLS."
        )
    tables = table_names(connection)
    if "alembic_version" not in tables:
        raise Sorry("There is nothing to back up: the database has no tables yet.")
    owner = str(_value(connection, "SELECT tableowner FROM pg_tables WHERE tablename = 'alembic_version'"))
    return Contents(
        revision=str(_value(connection, "SELECT version_num FROM alembic_version")),
        owner=owner,
        postgres=version,
        roles=tuple(sorted({owner, *(name for (name,) in connection.execute(_ROLES))})),
        rows={table: count_rows(connection, table) for table in tables},
    )


def table_names(connection: psycopg.Connection) -> list[str]:
    """Return the names of all tables of the application."""
    return [name for (name,) in connection.execute(_TABLES)]


def count_rows(connection: psycopg.Connection, table: str) -> int:
    """Count the rows of a table."""
    row = connection.execute(
        sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))
    ).fetchone()
    return int(row[0]) if row else 0


@contextmanager
def dumped(url: str, snapshot_name: str) -> Iterator[Iterator[bytes]]:
    """Yield the chunks of a dump in PostgreSQL's custom format; raises Sorry if the dump fails."""
    lock_wait = f"--lock-wait-timeout={LOCK_TIMEOUT}"
    command = [
        _program("pg_dump"),
        "--format=custom",
        f"--snapshot={snapshot_name}",
        lock_wait,
        "--no-password",
    ]
    with tempfile.TemporaryFile() as errors, _started(command, url, errors) as process:
        yield _pieces(process)
        _require_success(process, errors, "The database couldn't be dumped")


def entries(dump: Iterable[bytes]) -> list[str]:
    """Return a dump's table of contents, one entry per line, as pg_restore prints it."""
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as listing:
        with _started([_program("pg_restore"), "--list"], "", errors, output=listing) as process:
            _feed(process, dump)
            _require_success(process, errors, "The dump in this backup can't be read")
        listing.seek(0)
        return listing.read().decode().splitlines()


def restore(url: str, dump: Iterable[bytes], selected: list[str]) -> None:
    """Restore the selected entries of a dump in one transaction."""
    with tempfile.NamedTemporaryFile() as list_file, tempfile.TemporaryFile() as errors:
        list_file.write("\n".join(selected).encode())
        list_file.flush()
        options = ["--single-transaction", "--no-password", f"--use-list={list_file.name}", "--dbname", ""]
        with _started([_program("pg_restore"), *options], url, errors, output=subprocess.DEVNULL) as process:
            _feed(process, dump)
            _require_success(process, errors, "The database couldn't be restored")


@contextmanager
def _started(
    command: list[str], url: str, errors: IO[bytes], output: int | IO[bytes] = subprocess.PIPE
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a PostgreSQL program and kill it at the end of the block."""
    stdin = subprocess.DEVNULL if output == subprocess.PIPE else subprocess.PIPE
    with subprocess.Popen(
        command, stdin=stdin, stdout=output, stderr=errors, env=_environment(url)
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _environment(url: str) -> Mapping[str, str]:
    """Return an environment with the URL in libpq's variables, since arguments are visible to all."""
    libpq_url = url.replace("postgresql+psycopg://", "postgresql://", 1)
    options = Conninfo.parse(libpq_url.encode()) if libpq_url else []
    named = {option.envvar: option.val for option in options if option.envvar and option.val}
    inherited = {
        name: value for name, value in environ.items() if name.startswith("PG") or name in ("PATH", "HOME")
    }
    return {**inherited, **{name.decode(): value.decode() for name, value in named.items()}}


def _program(name: str) -> str:
    return str(postgres_programs(None) / name)


def _pieces(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    while process.stdout and (piece := process.stdout.read(CHUNK_SIZE)):
        yield piece


def _feed(process: subprocess.Popen[bytes], pieces: Iterable[bytes]) -> None:
    """Write to the program until it closes its input."""
    if process.stdin:
        with suppress(BrokenPipeError), process.stdin as stdin:
            for piece in pieces:
                stdin.write(piece)


def _require_success(process: subprocess.Popen[bytes], errors: IO[bytes], failure: str) -> None:
    if process.wait():
        errors.seek(0)
        raise Sorry(f"{failure}: {children.reason(errors.read().decode(errors='replace'))}")


def _value(connection: psycopg.Connection, query: str) -> object:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else ""
