"""Tests of a connection, rate limited, since each call costs money."""

import logging
import time
from uuid import UUID

import redis

from tracker.cache import valkey
from tracker.services.model.client import check_connection
from tracker.services.model.timed_stream import Timeouts
from tracker.shapes.model import ConnectionTest, Service

A_MINUTE = 6
_MINUTE = 60
log = logging.getLogger(__name__)


def check_connection_for(user_id: UUID, service: Service | None, timeouts: Timeouts) -> ConnectionTest:
    """Test the service for a user; after six tests within a minute, the result asks the user to wait."""
    if not _may_try(user_id):
        return ConnectionTest(False, "You tested this too often. Try again in a minute.")
    return check_connection(timeouts, service)


def _may_try(user_id: UUID) -> bool:
    """Count attempts in Redis across processes; while it is unavailable, refuse all."""
    name = f"model-tries:{user_id}:{int(time.time()) // _MINUTE}"
    try:
        with valkey().pipeline() as pipe:
            pipe.incr(name)
            pipe.expire(name, 2 * _MINUTE)
            return int(pipe.execute()[0]) <= A_MINUTE
    except redis.RedisError:
        log.warning("Tries of a connection aren't counted: Redis doesn't answer")
        return False
