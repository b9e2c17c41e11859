"""Outages of what Pursuit stands on, told apart from defects of Pursuit's own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from functools import cache

from redis.exceptions import BusyLoadingError, OutOfMemoryError, RedisError, ResponseError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from tracker.services import health

CONNECTION_CLASSES = ("08", "57P", "53300")
"""SQLSTATEs of a database that is starting, stopping, unreachable or out of connections."""
DISK_FULL = ("53100", "58030")
PROBE_SECONDS = 1.0


class Outage(StrEnum):
    """What is away, in the words a person reads."""

    DATABASE = "The database isn't answering."
    STORE = "The session store isn't answering."
    DISK = "The server's disk is full."
    STORE_FULL = "The session store is full."

    @property
    def is_full(self) -> bool:
        """Whether it lasts until somebody makes room, however long one waits."""
        return self in (Outage.DISK, Outage.STORE_FULL)


ERRORS = (DBAPIError, PoolTimeout, RedisError)
"""The kinds of errors that may tell of an outage."""


def outage_of(error: BaseException) -> Outage | None:
    """Return what is away when this error tells of an outage; None for any other error."""
    if isinstance(error, PoolTimeout):
        return Outage.DATABASE
    if isinstance(error, DBAPIError):
        return _database_outage(error)
    if isinstance(error, OutOfMemoryError):
        return Outage.STORE_FULL
    if isinstance(error, ResponseError) and "MISCONF" in str(error):
        return Outage.DISK
    if isinstance(error, BusyLoadingError) or (
        isinstance(error, RedisError) and not isinstance(error, ResponseError)
    ):
        return Outage.STORE
    return None


def passing_outage_of(error: BaseException) -> Outage | None:
    """Return what is away when waiting until it answers again is all there is to do."""
    outage = outage_of(error)
    return None if outage is None or outage.is_full else outage


async def probe() -> Outage | None:
    """Return what doesn't answer within a second; each service is asked in a thread of its own, which may hang."""
    for outage, ask in ((Outage.DATABASE, health.database_trouble), (Outage.STORE, health.redis_trouble)):
        try:
            if await asyncio.wait_for(asyncio.shield(_asked(outage, ask)), PROBE_SECONDS):
                return outage
        except TimeoutError:
            return outage
    return None


def _asked(outage: Outage, ask: Callable[[], str]) -> asyncio.Future[str]:
    """The question that is under way, or a new one: one that hangs isn't followed by others behind it."""
    pending = _pending.get(outage)
    if pending is None or pending.done():
        pending = asyncio.get_running_loop().run_in_executor(_threads(outage), ask)
        _pending[outage] = pending
    return pending


_pending: dict[Outage, asyncio.Future[str]] = {}


@cache
def _threads(outage: Outage) -> ThreadPoolExecutor:
    """One thread a service: the pool that all actions share may be waiting as a whole."""
    return ThreadPoolExecutor(1, thread_name_prefix=f"probe-{outage.name.lower()}")


def _database_outage(error: DBAPIError) -> Outage | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    if state in DISK_FULL:
        return Outage.DISK
    if error.connection_invalidated or state.startswith(CONNECTION_CLASSES):
        return Outage.DATABASE
    # Without a state no server has spoken: the connection was refused or timed out.
    is_unreachable = type(error.orig).__name__ == "OperationalError" and not state
    return Outage.DATABASE if is_unreachable else None
