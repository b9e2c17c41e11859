"""Whether what Pursuit stands on is there: the database at this version's schema, and Redis."""

from contextlib import suppress
from typing import Any

import redis
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tracker.cache import valkey
from tracker.db import engine
from tracker.disk import is_full
from tracker.migration_head import migration_head
from tracker.settings import settings


def trouble() -> list[str]:
    """What keeps Pursuit from serving, a plain sentence each, with no secret in it; nothing when it can."""
    return [said for said in (_disk(), database_trouble(), redis_trouble()) if said]


def _disk() -> str:
    try:
        full = is_full(settings().data_dir)
    except OSError:
        return ""
    return "The disk is full: nothing can be saved until there is room." if full else ""


def database_trouble() -> str:
    """Why the database can't serve, in a plain sentence; empty when it can."""
    try:
        with engine().connect() as connection:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    except SQLAlchemyError:
        return "The database doesn't answer, or has no schema yet."
    if found != [migration_head()]:
        return f"The database is at schema {', '.join(found) or 'none'}, and this version needs {migration_head()}."
    return ""


def redis_trouble() -> str:
    """Why Redis can't serve, in a plain sentence; empty when it can."""
    try:
        valkey().ping()
        writes = _persistence().get("aof_last_write_status", "ok") == "ok"
    except (redis.RedisError, ValueError):
        return "Redis doesn't answer."
    return "" if writes else "Redis can't write to its disk."


def _persistence() -> dict[str, Any]:
    """What Redis says of its files; nothing where it is kept from saying so."""
    with suppress(redis.ResponseError):
        return dict(valkey().info("persistence"))  # type: ignore[arg-type]
    return {}
