"""Redis connections. Data in Redis may be lost at any time without losing accepted work."""

from functools import lru_cache

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tracker.settings import settings

TIMEOUT = 1.4
"""Seconds per attempt; two attempts end within three seconds."""


@lru_cache
def valkey() -> redis.Redis:
    """Return this process's Redis client, created on first use; it answers or fails within 3 seconds.

    A dead pooled connection is replaced once, without a delay: callers don't wait for an unavailable server.
    """
    retry = Retry(NoBackoff(), 1)
    return redis.Redis.from_url(
        settings().redis_url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=retry
    )
