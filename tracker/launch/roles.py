"""The application's database role: it owns no table and can't bypass row-level security."""

from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from tracker.launch import CannotStart

_GROUPS = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'tracker\\_%' AND NOT rolcanlogin"
_FUNCTIONS = (
    "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner "
    "WHERE r.rolname = 'tracker_sign_in' AND p.prosecdef"
)
_BYPASSING_ROLES = "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND pg_has_role(session_user, oid, 'MEMBER')"
_RESTRICTIONS = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION NOINHERIT"


WARNING = (
    "Pursuit connects to the database with the rights of {power}, which bypasses row-level security: "
    "see 'Database roles' in docs/operations.md."
)


def make(owner_url: str, app_url: str) -> None:
    """Create or update the role and password of `app_url`, as the role of `owner_url`."""
    parts = urlsplit(app_url)
    name, password = sql.Identifier(unquote(parts.username or "")), unquote(parts.password or "")
    with _connected(owner_url) as owner:
        if not owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [parts.username]).fetchone():
            owner.execute(sql.SQL("CREATE ROLE {}").format(name))
        restrict = sql.SQL(f"ALTER ROLE {{}} {_RESTRICTIONS} PASSWORD {{}}")
        owner.execute(restrict.format(name, sql.Literal(password)))


def allow(owner_url: str, app_url: str) -> None:
    """Grant Pursuit's group roles, and nothing else, to the role of `app_url`."""
    role = sql.Identifier(unquote(urlsplit(app_url).username or ""))
    with _connected(owner_url) as owner:
        groups = [sql.Identifier(str(row[0])) for row in owner.execute(_GROUPS)]
        functions = [sql.SQL(str(row[0])) for row in owner.execute(_FUNCTIONS)]
        owner.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
        owner.execute(sql.SQL("GRANT SELECT ON alembic_version TO {}").format(role))
        for group in groups:
            owner.execute(sql.SQL("GRANT {} TO {}").format(group, role))
        for function in functions:
            owner.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(function, role))


def has_revision(url: str, revision: str) -> bool:
    """Return True when the database at `url` has this schema revision."""
    with _connected(url) as connection:
        try:
            return connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(revision,)]
        except psycopg.errors.UndefinedTable:
            return False


def bypassing_role(url: str) -> str:
    """Return a role that bypasses row-level security and that `url` has or can assume; empty if none."""
    with _connected(url) as connection:
        powers = [str(row[0]) for row in connection.execute(_BYPASSING_ROLES)]
        row = connection.execute("SELECT session_user").fetchone()
    own = str(row[0]) if row else ""
    return own if own in powers else next(iter(sorted(powers)), "")


def _connected(url: str) -> psycopg.Connection[tuple[object, ...]]:
    libpq_url = url.replace("postgresql+psycopg://", "postgresql://", 1)
    try:
        return psycopg.connect(libpq_url, connect_timeout=5)
    except psycopg.OperationalError as error:
        raise CannotStart(f"The database doesn't answer: {str(error).strip().splitlines()[0]}") from error
