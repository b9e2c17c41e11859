"""Alembic on a database of the test."""

import os
from collections.abc import Iterator
from uuid import uuid4

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, create_engine, text

import tracker.models  # noqa: F401
from alembic import command
from tests.support.owner import owner_engine
from tracker.settings import CHECKOUT


def address_of(name: str) -> URL:
    """Return the server's URL with another database, which the path or the query may name."""
    url = owner_engine().url
    return url.update_query_dict({"dbname": name}) if "dbname" in url.query else url.set(database=name)


def new_database() -> Iterator[str]:
    """Yield the URL of an empty database, dropped at the end."""
    name = f"pursuit_migrations_{os.getpid()}_{uuid4().hex[:8]}"
    with owner_engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
        yield address_of(name).render_as_string(hide_password=False)
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


def database_before(revision: str, statements: str) -> Iterator[str]:
    """Yield the URL of a database of the version before a revision, after these statements."""
    for address in new_database():
        script = ScriptDirectory.from_config(migrations(address)).get_revision(revision)
        assert script
        command.upgrade(migrations(address), str(script.down_revision))
        engine = create_engine(address)
        with engine.begin() as connection:
            connection.execute(text(statements))
        engine.dispose()
        yield address


def migrations(address: str) -> Config:
    config = Config(str(CHECKOUT / "alembic.ini"))
    config.set_main_option("sqlalchemy.url", address.replace("%", "%%"))
    return config
