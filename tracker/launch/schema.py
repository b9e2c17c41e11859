"""Migration of the database's schema."""

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
    "The data is from a newer version of Pursuit (schema {revision}): "
    "nothing was changed; start the newer version again."
)
UNFINISHED_RESTORE = "unfinished restore"
"""Revision of a database until a backup is completely restored."""
UNFINISHED = "A restore into this database wasn't completed: run tracker restore again."


def migrate(url: str) -> str:
    """Migrate the database at `url` and return its revision; raises CannotStart for a newer schema."""
    current_revision(url)
    config = _config(url)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    command.upgrade(config, "head")
    return ScriptDirectory.from_config(config).get_current_head() or "none"


def owner_url() -> str:
    """Return the URL of the role that owns the tables: MIGRATION_DATABASE_URL, else DATABASE_URL."""
    return os.environ.get("MIGRATION_DATABASE_URL") or os.environ["DATABASE_URL"]


def migrate_and_grant() -> str:
    """Migrate as the owner and grant the application's role access; return the revision."""
    owner, application = owner_url(), os.environ["DATABASE_URL"]
    revision = migrate(owner)
    if owner != application:
        roles.allow(owner, application)
    return revision


def current_revision(url: str) -> str:
    """Return the database's revision, empty for a new one; raises CannotStart for an unknown one."""
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
    """Return True when this version has a migration with this revision."""
    try:
        return bool(ScriptDirectory.from_config(_config("")).get_revision(revision))
    except CommandError:
        return False


def head() -> str:
    """Return the latest revision of this version's migrations."""
    return ScriptDirectory.from_config(_config("")).get_current_head() or ""


def _config(url: str) -> Config:
    config = Config(str(CHECKOUT / "alembic.ini"))
    options = {
        "script_location": str(CHECKOUT / "alembic"),
        "prepend_sys_path": str(CHECKOUT),
        "sqlalchemy.url": url,
    }
    for name, value in options.items():
        config.set_main_option(name, value.replace("%", "%%"))
    return config
