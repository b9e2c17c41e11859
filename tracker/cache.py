"""The door to Redis: what is kept there may be lost at any moment without losing what was accepted."""

from functools import lru_cache

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tracker.settings import settings

PATIENCE = 1.4
"""Seconds for one try, so that two end within three."""


@lru_cache
def valkey() -> redis.Redis:
    """The process's connections to Redis, opened on first use; each answer within three seconds, or an error.

    A connection that died in the pool is replaced once, at once: whoever acts doesn't wait for a server that is away.
    """
    once = Retry(NoBackoff(), 1)
    return redis.Redis.from_url(
        settings().redis_url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=once
    )
