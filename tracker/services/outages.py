"""Outages of the database, Redis and the disk, distinguished from bugs."""

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
    """Outages, each with the message shown to users."""

    DATABASE = "The database isn't answering."
    STORE = "The session store isn't answering."
    DISK = "The server's disk is full."
    STORE_FULL = "The session store is full."

    @property
    def is_full(self) -> bool:
        """Return True if waiting doesn't help, because space has to be freed."""
        return self in (Outage.DISK, Outage.STORE_FULL)


ERRORS = (DBAPIError, PoolTimeout, RedisError)
"""Types of errors that an outage can cause."""


def outage_of(error: BaseException) -> Outage | None:
    """Return the outage that an error is caused by, or None."""
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


def temporary_outage_of(error: BaseException) -> Outage | None:
    """Return the outage that an error is caused by if it may pass without intervention, or None."""
    outage = outage_of(error)
    return None if outage is None or outage.is_full else outage


async def probe() -> Outage | None:
    """Return the first service that doesn't answer within a second, or None."""
    for outage, check in ((Outage.DATABASE, health.database_problem), (Outage.STORE, health.redis_problem)):
        try:
            if await asyncio.wait_for(asyncio.shield(_pending_check(outage, check)), PROBE_SECONDS):
                return outage
        except TimeoutError:
            return outage
    return None


def _pending_check(outage: Outage, check: Callable[[], str]) -> asyncio.Future[str]:
    """Return the running check of a service, or start one, so that hanging checks don't pile up."""
    pending = _pending.get(outage)
    if pending is None or pending.done():
        pending = asyncio.get_running_loop().run_in_executor(_threads(outage), check)
        _pending[outage] = pending
    return pending


_pending: dict[Outage, asyncio.Future[str]] = {}


@cache
def _threads(outage: Outage) -> ThreadPoolExecutor:
    """Return a thread of its own for each service, since the shared pool may be blocked by the outage."""
    return ThreadPoolExecutor(1, thread_name_prefix=f"probe-{outage.name.lower()}")


def _database_outage(error: DBAPIError) -> Outage | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    if state in DISK_FULL:
        return Outage.DISK
    if error.connection_invalidated or state.startswith(CONNECTION_CLASSES):
        return Outage.DATABASE
    # Without an SQLSTATE the connection was refused or timed out.
    is_unreachable = type(error.orig).__name__ == "OperationalError" and not state
    return Outage.DATABASE if is_unreachable else None
