"""State manager with Redis as the store, and a cache in this process while it has the lease.

For Reflex 0.10.1, in the place of its `StateManagerRedis`.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Unpack
from uuid import uuid4

from redis.exceptions import BusyLoadingError, ReadOnlyError, RedisError, ResponseError
from reflex.istate.manager import StateManager, StateModificationContext
from reflex.istate.manager.redis import OplockFound, RedisPubSubMessage, StateManagerRedis
from reflex.istate.manager.token import TOKEN_TYPE, StateToken
from reflex.state import BaseState
from reflex_base.event.context import EventContext
from reflex_base.utils.exceptions import LockExpiredError

ANONYMOUS_SECONDS = 600
MAX_ANONYMOUS = 10_000
LEASE_MS = 1_000
"""How long this process keeps a tab's state to itself: what the interface may forget when the process is killed."""
RETRY_SECONDS = 0.5
GIVE_UP_SECONDS = 600
_ACQUIRE = """
local holder = redis.call('GET', KEYS[1])
if not holder then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
return (not holder or holder == ARGV[1]) and 1 or 0
"""
"""Takes a lock; one that an earlier try of the same holder took, whose answer was lost, counts as taken."""
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end"
_UNAVAILABLE = (RedisError, OSError)
log = logging.getLogger(__name__)
_anonymous_tokens: OrderedDict[str, None] = OrderedDict()


def note_owner(*, is_anonymous: bool) -> None:
    """Note whether the tab of the running event belongs to an anonymous client."""
    token = EventContext.get().token
    _anonymous_tokens.pop(token, None)
    if is_anonymous:
        _anonymous_tokens[token] = None
        if len(_anonymous_tokens) > MAX_ANONYMOUS:
            _anonymous_tokens.popitem(last=False)


class TabStates(StateManagerRedis):
    """Store of tab states: a working day for signed-in users, minutes for anonymous clients.

    A tab's state is leased to the process that handles its events, so that most events need nothing of Redis. Before
    another process handles an event of the tab, and at the latest after `LEASE_MS`, it is written back.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, oplock_hold_time_ms=LEASE_MS)
        self._oplock_enabled, self._is_closing = True, False
        self._going_on: set[asyncio.Task[None]] = set()

    @classmethod
    def in_place_of(cls, manager: StateManager) -> StateManager:
        """Return a manager with the same Redis and times; without Redis, as during a build, the original."""
        if not isinstance(manager, StateManagerRedis):
            return manager
        times = ("token_expiration", "lock_expiration", "lock_warning_threshold")
        return cls(redis=manager.redis, **{name: getattr(manager, name) for name in times})

    @property
    def token_expiration(self) -> int:
        """Return the seconds until a state written by the running event expires."""
        lasts: int = self.__dict__["token_expiration"]
        try:
            is_anonymous = EventContext.get().token in _anonymous_tokens
        except LookupError:
            is_anonymous = False
        return min(ANONYMOUS_SECONDS, lasts) if is_anonymous else lasts

    @token_expiration.setter
    def token_expiration(self, seconds: int) -> None:
        self.__dict__["token_expiration"] = seconds

    @asynccontextmanager
    async def modify_state(  # type: ignore[override]
        self, token: StateToken[TOKEN_TYPE], **context: Unpack[StateModificationContext]
    ) -> AsyncIterator[TOKEN_TYPE]:
        """Give an event the state of its tab; an event that fails, or is cut off, leaves it as it was.

        Redis sees nothing of what such an event assigned. A leased state would keep it, and the event do it twice when
        it runs again after an outage.
        """
        async with super().modify_state(token, **context) as state:
            before = [_Contents.of(part) for part in _parts(state)] if isinstance(state, BaseState) else []
            try:
                yield state
            except BaseException:
                for contents in before:
                    contents.put_back()
                raise

    async def set_state(  # type: ignore[override]
        self,
        token: StateToken[TOKEN_TYPE],
        state: TOKEN_TYPE,
        *,
        lock_id: bytes | None = None,
        **context: Unpack[StateModificationContext],
    ) -> None:
        """Write a state to Redis; a leased state waits until Redis is available again."""
        while True:
            try:
                await super().set_state(token, state, lock_id=lock_id, **context)
                return
            except LockExpiredError:
                if not self._is_leased(token) or lock_id is None or not await self._retake(token, lock_id):
                    raise  # another process has the state and may have changed it
            except _UNAVAILABLE as error:
                is_refused = isinstance(error, ResponseError)
                if not self._is_leased(token) or (
                    is_refused and not isinstance(error, BusyLoadingError | ReadOnlyError)
                ):
                    raise
                await asyncio.sleep(RETRY_SECONDS)

    def _is_leased(self, token: StateToken[Any]) -> bool:
        return token.lock_key in self._local_leases and not self._is_closing

    async def _retake(self, token: StateToken[Any], lock_id: bytes) -> bool:
        while True:
            try:
                return await self._acquire(self._lock_key(token), lock_id)
            except _UNAVAILABLE:
                await asyncio.sleep(RETRY_SECONDS)

    async def write_back(self, token: StateToken[Any]) -> None:
        """Store the tab's current state in Redis; raises TimeoutError if the leasing process doesn't answer."""
        async with asyncio.timeout(2 * LEASE_MS / 1000):
            if lease := self._local_leases.get(token.lock_key):
                lease.cancel()
                await asyncio.wait([lease])
            with suppress(OplockFound):  # the next event of this process has it: what was leased is written
                async with self._lock(token):
                    pass

    async def close(self) -> None:
        """Write back leased states, and close the connection to Redis."""
        self._is_closing = True
        await super().close()  # type: ignore[no-untyped-call]

    async def _create_lease_break_task(
        self, token: StateToken[Any], lock_id: bytes, cleanup_ctx: AsyncExitStack, **context: Any
    ) -> Any:
        """Lease a state; once it is written, release its lock and drop the tab from this process."""
        cleanup = AsyncExitStack()
        cleanup.push_async_exit(cleanup_ctx)
        cleanup.push_async_callback(self._finish, token, lock_id, context)
        try:
            return await super()._create_lease_break_task(token, lock_id, cleanup, **context)
        finally:
            if lease := self._local_leases.get(token.lock_key):
                lease.add_done_callback(lambda ended: self._ended(token.lock_key, ended))
            else:
                self._forget(token.lock_key)

    async def _finish(self, token: StateToken[Any], lock_id: bytes, context: Any) -> None:
        """Wait until a lease is written, or write it: Reflex continues at once if the lease is cancelled."""
        writing = asyncio.create_task(self._write(asyncio.current_task(), token, lock_id, context))
        while not writing.done():
            with suppress(asyncio.CancelledError):
                await asyncio.shield(writing)
        writing.result()

    async def _write(self, lease: Any, token: StateToken[Any], lock_id: bytes, context: Any) -> None:
        async with self._cached_states_locks.setdefault(token.lock_key, asyncio.Lock()):
            if self._local_leases.get(token.lock_key) is not lease:
                return
            try:
                if state := self._cached_states.pop(token.lock_key, None):
                    await self.set_state(token, state, lock_id=lock_id, **context)
            finally:
                self._local_leases.pop(token.lock_key, None)

    def _ended(self, key: str, lease: "asyncio.Task[None]") -> None:
        if not lease.cancelled() and (error := lease.exception()):
            log.warning("What the interface of a tab did last wasn't kept: %r", error)
        self._forget(key)

    def _forget(self, key: str) -> None:
        lock = self._cached_states_locks.get(key)
        if lock and key not in self._local_leases and not lock.locked() and not lock._waiters:
            del self._cached_states_locks[key]

    @asynccontextmanager
    async def _lock(self, token: StateToken[Any], event_name: str | None = None) -> AsyncIterator[bytes]:
        """Hold the lock of a tab's state; it is released whatever interrupts this."""
        key, lock_id = self._lock_key(token), f"{event_name or ''}:{uuid4().hex}".encode()
        await self._wait_lock(key, lock_id)
        try:
            yield lock_id
        finally:
            await asyncio.wait([self._go_on(self._release(key, lock_id))], timeout=LEASE_MS / 1000)

    async def _try_get_lock(self, lock_key: bytes, lock_id: bytes) -> bool | None:
        """Ask for a lock; an event that is cut off meanwhile, or never hears the answer, leaves none behind."""
        taking = asyncio.ensure_future(self._acquire(lock_key, lock_id))
        try:
            return await asyncio.shield(taking)
        except (asyncio.CancelledError, *_UNAVAILABLE):
            self._go_on(self._release(lock_key, lock_id, after=taking))
            raise

    async def _acquire(self, lock_key: bytes, lock_id: bytes) -> bool:
        reply: Any = self.redis.eval(_ACQUIRE, 1, lock_key, lock_id, self.lock_expiration)
        return bool(await reply)

    async def _release(
        self, lock_key: bytes, lock_id: bytes, after: "asyncio.Future[bool] | None" = None
    ) -> None:
        """Give a lock back as soon as Redis answers, after an attempt to take it."""
        if after:
            await asyncio.wait([after])
        with suppress(TimeoutError):
            async with asyncio.timeout(GIVE_UP_SECONDS):
                while True:
                    if await self._released(lock_key, lock_id) or self._is_closing:
                        break
                    await asyncio.sleep(RETRY_SECONDS)
        self._notify_next_waiter(lock_key)

    async def _released(self, lock_key: bytes, lock_id: bytes) -> bool:
        reply: Any = self.redis.eval(_RELEASE, 1, lock_key, lock_id)
        try:
            await reply
        except _UNAVAILABLE:
            return False
        return True

    async def _subscribe_lock_updates(self) -> None:
        self._redis_notify_keyspace_events_enabled = False  # a Redis that was started again has forgotten it
        await super()._subscribe_lock_updates()  # type: ignore[no-untyped-call]

    async def _handle_lock_contention(self, message: RedisPubSubMessage) -> None:
        """Write back a state that another process needs, without delaying other tabs' messages."""
        self._go_on(super()._handle_lock_contention(message))

    def _go_on(self, step: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Run a step to its end, whatever becomes of who began it."""
        task = asyncio.create_task(step)
        self._going_on.add(task)  # the event loop itself holds no task
        task.add_done_callback(self._going_on.discard)
        return task


@dataclass(frozen=True)
class _Contents:
    """Shallow copy of a state's values; enough since handlers assign and don't modify values."""

    state: BaseState
    values: dict[str, Any]
    substates: dict[str, BaseState]
    dirty: tuple[frozenset[str], frozenset[str], bool]

    @classmethod
    def of(cls, state: BaseState) -> "_Contents":
        """Return the current values of a state."""
        dirty = (frozenset(state.dirty_vars), frozenset(state.dirty_substates), state._was_touched)
        return cls(state, dict(vars(state)), dict(state.substates), dirty)

    def put_back(self) -> None:
        """Have the state hold this again."""
        vars(self.state).clear()
        vars(self.state).update(self.values)
        self.state.substates.clear()
        self.state.substates.update(self.substates)
        dirty_vars, dirty_substates, self.state._was_touched = self.dirty
        self.state.dirty_vars, self.state.dirty_substates = set(dirty_vars), set(dirty_substates)


def _parts(state: BaseState) -> Iterator[BaseState]:
    yield state
    for below in state.substates.values():
        yield from _parts(below)
