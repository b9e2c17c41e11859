"""The database's schema: brought to this version, and never touched when a newer version made it."""

import logging
import os

import sqlalchemy
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError

from alembic import command
from tracker.launch import CannotStart, roles
from tracker.settings import CHECKOUT

NEWER = (
    "The data was made by a newer Pursuit (schema {revision}, unknown to this version): "
    "nothing was changed; start the newer version again."
)
UNFINISHED_RESTORE = "unfinished restore"
"""What stands in place of the revision until a backup is restored whole."""
UNFINISHED = "A backup was being restored into this database and isn't all there: run tracker restore again."


def migrate(url: str) -> str:
    """Brings the database at `url` to this version's schema and returns its revision; refuses a newer one."""
    current_revision(url)
    rules = _rules(url)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    command.upgrade(rules, "head")
    return ScriptDirectory.from_config(rules).get_current_head() or "none"


def owner_url() -> str:
    """The address of the role that owns the tables: MIGRATION_DATABASE_URL, else the application's own."""
    return os.environ.get("MIGRATION_DATABASE_URL") or os.environ["DATABASE_URL"]


def bring_up() -> str:
    """Migrate as the owner, then let the application's role in; returns the schema's revision."""
    owner, application = owner_url(), os.environ["DATABASE_URL"]
    revision = migrate(owner)
    if owner != application:
        roles.allow(owner, application)
    return revision


def current_revision(url: str) -> str:
    """The revision the database is at, empty for a new one; refuses one that this version doesn't know."""
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
    try:
        with engine.connect() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
    except sqlalchemy.exc.OperationalError as error:
        raise CannotStart(
            f"The database doesn't answer: {str(error.orig).strip().splitlines()[0]}"
        ) from error
    finally:
        engine.dispose()
    if revision == UNFINISHED_RESTORE:
        raise CannotStart(UNFINISHED)
    if revision and not knows(revision):
        raise CannotStart(NEWER.format(revision=revision))
    return revision or ""


def knows(revision: str) -> bool:
    """Tell whether this version has the migration of this revision."""
    try:
        return bool(ScriptDirectory.from_config(_rules("")).get_revision(revision))
    except CommandError:
        return False


def head() -> str:
    """The revision that this version's migrations lead to."""
    return ScriptDirectory.from_config(_rules("")).get_current_head() or ""


def _rules(url: str) -> Config:
    rules = Config(str(CHECKOUT / "alembic.ini"))
    options = {
        "script_location": str(CHECKOUT / "alembic"),
        "prepend_sys_path": str(CHECKOUT),
        "sqlalchemy.url": url,
    }
    for name, value in options.items():
        rules.set_main_option(name, value.replace("%", "%%"))
    return rules
