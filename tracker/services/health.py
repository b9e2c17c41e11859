"""Health of the database, its schema, Redis and the disk."""

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


def problems() -> list[str]:
    """Return a sentence, without secrets, for each problem that prevents serving."""
    return [sentence for sentence in (_disk_problem(), database_problem(), redis_problem()) if sentence]


def _disk_problem() -> str:
    try:
        full = is_full(settings().data_dir)
    except OSError:
        return ""
    return "The disk is full: nothing can be saved until space is freed." if full else ""


def database_problem() -> str:
    """Return why the database can't serve, or an empty string."""
    try:
        with engine().connect() as connection:
            versions = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    except SQLAlchemyError:
        return "The database doesn't answer, or has no schema yet."
    if versions != [migration_head()]:
        return f"The database is at schema {', '.join(versions) or 'none'}, and this version needs {migration_head()}."
    return ""


def redis_problem() -> str:
    """Return why Redis can't serve, or an empty string."""
    try:
        valkey().ping()
        can_write = _persistence().get("aof_last_write_status", "ok") == "ok"
    except (redis.RedisError, ValueError):
        return "Redis doesn't answer."
    return "" if can_write else "Redis can't write to its disk."


def _persistence() -> dict[str, Any]:
    """Return Redis's persistence status, empty where the server doesn't allow the command."""
    with suppress(redis.ResponseError):
        return dict(valkey().info("persistence"))  # type: ignore[arg-type]
    return {}
