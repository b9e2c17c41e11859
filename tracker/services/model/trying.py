"""Tries of a connection: so many a minute, since each is a question too, and somebody pays for it."""

import logging
import time
from uuid import UUID

import redis

from tracker.cache import valkey
from tracker.services.model.client import try_connection
from tracker.services.model.streaming import Patience
from tracker.shapes.model import Service, Tested

A_MINUTE = 6
_MINUTE = 60
log = logging.getLogger(__name__)


def try_for(user_id: UUID, service: Service | None, patience: Patience) -> Tested:
    """Ask the service for a word on behalf of a person; whoever has tried six times within this minute is told to wait."""
    if not _may_try(user_id):
        return Tested(False, "You have tried this often just now. Try again in a minute.")
    return try_connection(patience, service)


def _may_try(user_id: UUID) -> bool:
    """All processes count together in Redis; while that is away nobody tries."""
    name = f"model-tries:{user_id}:{int(time.time()) // _MINUTE}"
    try:
        with valkey().pipeline() as pipe:
            pipe.incr(name)
            pipe.expire(name, 2 * _MINUTE)
            return int(pipe.execute()[0]) <= A_MINUTE
    except redis.RedisError:
        log.warning("Tries of a connection aren't counted: Redis doesn't answer")
        return False
