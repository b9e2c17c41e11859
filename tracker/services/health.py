"""Whether what Pursuit stands on is there: the database at this version's schema, and Redis."""

from functools import cache

import redis
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tracker.cache import valkey
from tracker.db import engine
from tracker.settings import CHECKOUT


def trouble() -> list[str]:
    """What keeps Pursuit from serving, a plain sentence each, with no secret in it; nothing when it can."""
    return [said for said in (database_trouble(), redis_trouble()) if said]


def database_trouble() -> str:
    """Why the database can't serve, in a plain sentence; empty when it can."""
    try:
        with engine().connect() as connection:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    except SQLAlchemyError:
        return "The database doesn't answer, or has no schema yet."
    if found != [_head()]:
        return f"The database is at schema {', '.join(found) or 'none'}, and this version needs {_head()}."
    return ""


def redis_trouble() -> str:
    """Why Redis can't serve, in a plain sentence; empty when it can."""
    try:
        valkey().ping()
    except (redis.RedisError, ValueError):
        return "Redis doesn't answer."
    return ""


@cache
def _head() -> str | None:
    scripts = Config(str(CHECKOUT / "alembic.ini"))
    scripts.set_main_option("script_location", str(CHECKOUT / "alembic"))
    return ScriptDirectory.from_config(scripts).get_current_head()
