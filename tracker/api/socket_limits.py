"""Limits of open sockets by session, by network and in total, over all web processes."""

import asyncio
import hashlib
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import redis
from starlette.datastructures import Headers
from starlette.types import Scope

from tracker.api.rate_limits import WINDOW
from tracker.api.sign_in_limits import client_address
from tracker.cache import valkey
from tracker.cookies import token_in
from tracker.services.sessions import token_hash
from tracker.settings import settings

ANONYMOUS = "strangers"
TOO_MANY_TABS = "too-many-tabs"
CROWDED = "crowded"
"""Reasons sent to the page when its socket is refused."""
PROCESSES = "pursuit:web-processes"
PROCESS_TTL, HEARTBEAT_INTERVAL = 60, 20
"""Seconds after which a process without a heartbeat counts as dead, and between two heartbeats."""
REDIS_TIMEOUT, RETRY_DELAY = 0.5, 5.0
"""Seconds to wait for Redis, and until Redis is tried again after it didn't answer."""
_COUNT = """
local own, life, now = ARGV[1], tonumber(ARGV[2]), tonumber(redis.call('TIME')[1])
redis.call('ZADD', KEYS[1], now, own)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - life)
local sums = {}
for place = 3, #ARGV do
  redis.call('HINCRBY', KEYS[1] .. ':' .. own, ARGV[place], 1)
  local sum = 0
  for _, process in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    sum = sum + math.max(0, tonumber(redis.call('HGET', KEYS[1] .. ':' .. process, ARGV[place]) or 0))
  end
  sums[#sums + 1] = sum
end
redis.call('EXPIRE', KEYS[1] .. ':' .. own, life)
if KEYS[2] then
  sums[#sums + 1] = redis.call('INCR', KEYS[2])
  redis.call('EXPIRE', KEYS[2], 120)
end
return sums
"""
"""Adds one to each of this process's counters and returns their sums over all live processes; with a second key, also
that counter's new value.
"""
log = logging.getLogger(__name__)
Limit = tuple[str, int, str]
"""A counter's name, its limit, and the reason to send when it is exceeded."""


class OpenSockets:
    """The open sockets of this process, counted in Redis together with those of other processes.

    A signed-in user's sockets count for the session alone, so anonymous clients can't use up their limit. While Redis is
    unavailable, each process counts only its own sockets.
    """

    def __init__(self) -> None:
        self._id = uuid4().hex
        self._open: Counter[str] = Counter()
        self._opened: Counter[str] = Counter()
        self._minute, self._unavailable_until, self._is_out_of_step = 0, 0.0, False

    @asynccontextmanager
    async def slot(self, scope: Scope, headers: Headers, *, is_signed_in: bool) -> AsyncIterator[str]:
        """Count a socket while it is open; yield the reason to refuse it, or an empty string."""
        limits = _limits_of(scope, headers, is_signed_in=is_signed_in)
        names = [name for name, _, _ in limits]
        self._open.update(names)
        refusal = ""
        try:
            refusal = await self._refusal(limits, is_signed_in=is_signed_in)
            if not refusal:
                yield ""
        finally:
            self._open.subtract(names)
            self._open = +self._open
            await asyncio.shield(asyncio.create_task(self._leave(names)))
        if refusal:
            yield refusal

    async def keep_alive(self) -> None:
        """Send heartbeats to Redis for ever, and restore counters that Redis lost."""
        while True:
            await asyncio.sleep(HEARTBEAT_INTERVAL)
            await self._query(self._send_heartbeat)

    async def _refusal(self, limits: list[Limit], *, is_signed_in: bool) -> str:
        """Return the reason to refuse a socket that is already counted; empty when it is within the limits."""
        names = [name for name, _, _ in limits]
        counts = [self._open[name] for name in names]
        opened = []
        if not is_signed_in:
            counts.append(self._opened_this_minute(names[0]))
            opened.append(f"pursuit:opened:{names[0]}:{int(time.time()) // WINDOW}")
            limits = [*limits, ("", settings().sockets_per_minute, CROWDED)]
        if (
            self._is_out_of_step
        ):  # Until a heartbeat has settled it, since more may have been missed meanwhile.
            others = self._open - Counter(names)
            await self._query(lambda: self._restore(others))
        counts = await self._query(lambda: self._count(names, opened)) or counts
        pairs = zip(limits, counts, strict=True)
        return next((reason for (_, maximum, reason), count in pairs if count > maximum), "")

    async def _leave(self, names: list[str]) -> None:
        if await self._query(lambda: self._uncount(names)) is None:
            self._is_out_of_step = True

    def _count(self, names: list[str], opened: list[str]) -> list[int]:
        sums: Any = valkey().eval(
            _COUNT, 1 + len(opened), PROCESSES, *opened, self._id, str(PROCESS_TTL), *names
        )
        return [int(number) for number in sums]

    def _uncount(self, names: list[str]) -> bool:
        with valkey().pipeline() as pipe:
            for name in names:
                pipe.hincrby(self._counters, name, -1)
            pipe.execute()
        return True

    def _send_heartbeat(self) -> bool:
        now: Any = valkey().time()
        with valkey().pipeline() as pipe:
            pipe.zadd(PROCESSES, {self._id: now[0]})
            pipe.expire(self._counters, PROCESS_TTL)
            is_known = pipe.execute()[1]
        if self._is_out_of_step or not is_known:
            self._restore(self._open)
        self._is_out_of_step = False
        return True

    def _restore(self, sockets: Counter[str]) -> bool:
        """Replace this process's counters in Redis, which may have missed that sockets opened or closed."""
        with valkey().pipeline() as pipe:
            pipe.delete(self._counters)
            if sockets:
                pipe.hset(self._counters, mapping=dict(sockets))
                pipe.expire(self._counters, PROCESS_TTL)
            pipe.execute()
        return True

    @property
    def _counters(self) -> str:
        return f"{PROCESSES}:{self._id}"

    async def _query(self, query: Callable[[], Any]) -> Any:
        """Run a Redis query in a thread; return None when it fails, and for RETRY_DELAY seconds after that."""
        if time.monotonic() < self._unavailable_until:
            return None
        try:
            async with asyncio.timeout(REDIS_TIMEOUT):
                return await asyncio.to_thread(query)
        except (redis.RedisError, TimeoutError) as error:
            log.warning("Redis is unavailable: each process counts only its own sockets: %r", error)
            self._unavailable_until, self._is_out_of_step = time.monotonic() + RETRY_DELAY, True
            return None

    def _opened_this_minute(self, name: str) -> int:
        """Count a socket and return how many this address opened in this process within the minute."""
        minute = int(time.monotonic()) // WINDOW
        if minute != self._minute:
            self._minute = minute
            self._opened.clear()
        self._opened[name] += 1
        return self._opened[name]


def _limits_of(scope: Scope, headers: Headers, *, is_signed_in: bool) -> list[Limit]:
    config = settings()
    if is_signed_in:
        name = f"session {token_hash(token_in(headers.get('cookie', '')))}"
        return [(name, config.sockets_per_session, TOO_MANY_TABS)]
    address = hashlib.sha256(client_address(scope, headers).encode()).hexdigest()[:32]
    return [
        (f"address {address}", config.sockets_per_address, CROWDED),
        (ANONYMOUS, config.sockets_of_strangers, CROWDED),
    ]
