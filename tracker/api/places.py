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

from tracker.api.limits import MINUTE, address_of
from tracker.cache import valkey
from tracker.cookies import token_in
from tracker.services.sessions import fingerprint
from tracker.settings import settings

STRANGERS = "strangers"
TOO_MANY_TABS = "too-many-tabs"
CROWDED = "crowded"
"""What the page is told when its socket has no place."""
PROCESSES = "pursuit:web-processes"
LIFE, SIGN_OF_LIFE = 60, 20
"""Seconds for which a process that says nothing counts as alive, and between two signs that it lives."""
PATIENCE, REST = 0.5, 5.0
"""Seconds that a socket waits for Redis, and after which Redis is asked again when it didn't answer."""
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
"""Counts one more of each name for this process, and returns how many all live processes have of each; of a second key,
how often it was counted.
"""
log = logging.getLogger(__name__)
Limit = tuple[str, int, str]
"""What is counted, how many there may be, and what to say past that."""


class Crowd:
    """The sockets open in this process, counted in Redis together with those of the others.

    Strangers never take a place from a person who is signed in, whose sockets count for their session alone. While
    Redis doesn't answer, this process counts its own.
    """

    def __init__(self) -> None:
        self._id = uuid4().hex
        self._open: Counter[str] = Counter()
        self._opened: Counter[str] = Counter()
        self._minute, self._away_until, self._is_out_of_step = 0, 0.0, False

    @asynccontextmanager
    async def place(self, scope: Scope, given: Headers, *, is_member: bool) -> AsyncIterator[str]:
        """Yield the reason to refuse a socket, or an empty string while it holds a place."""
        limits = _limits_of(scope, given, is_member=is_member)
        names = [name for name, _, _ in limits]
        self._open.update(names)
        refusal = ""
        try:
            refusal = await self._refusal(limits, is_member=is_member)
            if not refusal:
                yield ""
        finally:
            self._open.subtract(names)
            self._open = +self._open
            await asyncio.shield(asyncio.create_task(self._leave(names)))
        if refusal:
            yield refusal

    async def keep_alive(self) -> None:
        """Show the other processes that this one lives, and what it has open where Redis has lost that."""
        while True:
            await asyncio.sleep(SIGN_OF_LIFE)
            await self._ask(self._show)

    async def _refusal(self, limits: list[Limit], *, is_member: bool) -> str:
        """Return why a socket that is counted already has no place; empty when it has one."""
        names = [name for name, _, _ in limits]
        counts = [self._open[name] for name in names]
        opened = []
        if not is_member:
            counts.append(self._opened_this_minute(names[0]))
            opened.append(f"pursuit:opened:{names[0]}:{int(time.time()) // MINUTE}")
            limits = [*limits, ("", settings().sockets_per_minute, CROWDED)]
        counts = await self._ask(lambda: self._count(names, opened)) or counts
        return next((why for (_, most, why), count in zip(limits, counts, strict=True) if count > most), "")

    async def _leave(self, names: list[str]) -> None:
        if await self._ask(lambda: self._uncount(names)) is None:
            self._is_out_of_step = True

    def _count(self, names: list[str], opened: list[str]) -> list[int]:
        sums: Any = valkey().eval(_COUNT, 1 + len(opened), PROCESSES, *opened, self._id, str(LIFE), *names)
        return [int(number) for number in sums]

    def _uncount(self, names: list[str]) -> bool:
        with valkey().pipeline() as pipe:
            for name in names:
                pipe.hincrby(self._own, name, -1)
            pipe.execute()
        return True

    def _show(self) -> bool:
        now: Any = valkey().time()
        with valkey().pipeline() as pipe:
            pipe.zadd(PROCESSES, {self._id: now[0]})
            pipe.expire(self._own, LIFE)
            is_known = pipe.execute()[1]
            if self._open and (self._is_out_of_step or not is_known):
                pipe.delete(self._own)
                pipe.hset(self._own, mapping=dict(self._open))
                pipe.expire(self._own, LIFE)
                pipe.execute()
        self._is_out_of_step = False
        return True

    @property
    def _own(self) -> str:
        return f"{PROCESSES}:{self._id}"

    async def _ask(self, question: Callable[[], Any]) -> Any:
        """Return what Redis answers to a question; None where it doesn't in time, and for a while after that."""
        if time.monotonic() < self._away_until:
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.to_thread(question)
        except (redis.RedisError, TimeoutError) as error:
            log.warning("Sockets are counted by each process alone for now: %r", error)
            self._away_until, self._is_out_of_step = time.monotonic() + REST, True
            return None

    def _opened_this_minute(self, name: str) -> int:
        """Return how many sockets this address has opened in this process within the minute."""
        minute = int(time.monotonic()) // MINUTE
        if minute != self._minute:
            self._minute = minute
            self._opened.clear()
        self._opened[name] += 1
        return self._opened[name]


def _limits_of(scope: Scope, given: Headers, *, is_member: bool) -> list[Limit]:
    allowed = settings()
    if is_member:
        name = f"session {fingerprint(token_in(given.get('cookie', '')))}"
        return [(name, allowed.sockets_per_session, TOO_MANY_TABS)]
    address = hashlib.sha256(address_of(scope, given).encode()).hexdigest()[:32]
    return [
        (f"address {address}", allowed.sockets_per_address, CROWDED),
        (STRANGERS, allowed.sockets_of_strangers, CROWDED),
    ]
