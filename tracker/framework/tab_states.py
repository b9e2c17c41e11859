"""Where the state of each tab is kept: in Redis, and between events that follow closely in this process as well.

For Reflex 0.10.1, in the place of its `StateManagerRedis`.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Unpack

from redis.exceptions import RedisError
from reflex.istate.manager import StateManager, StateModificationContext
from reflex.istate.manager.redis import StateManagerRedis
from reflex.istate.manager.token import TOKEN_TYPE, StateToken
from reflex.state import BaseState
from reflex_base.event.context import EventContext
from reflex_base.utils.exceptions import LockExpiredError

STRANGER_SECONDS = 600
MAX_STRANGERS = 10_000
LEASE_MS = 1_000
"""How long this process keeps a tab's state to itself: what the interface may forget when the process is killed."""
RETRY_SECONDS = 0.5
_strangers: OrderedDict[str, None] = OrderedDict()


def note_owner(*, is_stranger: bool) -> None:
    """Say of the tab whose event is running whether it is a stranger's."""
    token = EventContext.get().token
    _strangers.pop(token, None)
    if is_stranger:
        _strangers[token] = None
        if len(_strangers) > MAX_STRANGERS:
            _strangers.popitem(last=False)


class TabStates(StateManagerRedis):
    """Keeps the states of tabs: a working day for a person, minutes for a stranger.

    A tab's state is leased to the process that handles its events, so that most events need nothing of Redis. Before
    another process handles one, and at the latest after `LEASE_MS`, it is written back.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, oplock_hold_time_ms=LEASE_MS)
        self._oplock_enabled, self._is_closing = True, False

    @classmethod
    def in_place_of(cls, manager: StateManager) -> StateManager:
        """Return one over the same Redis and with the same times; where the interface is only built there is no Redis."""
        if not isinstance(manager, StateManagerRedis):
            return manager
        times = ("token_expiration", "lock_expiration", "lock_warning_threshold")
        return cls(redis=manager.redis, **{name: getattr(manager, name) for name in times})

    @property
    def token_expiration(self) -> int:
        """Seconds until what is written now expires, by whose event writes it."""
        lasts: int = self.__dict__["token_expiration"]
        try:
            is_stranger = EventContext.get().token in _strangers
        except LookupError:
            is_stranger = False
        return min(STRANGER_SECONDS, lasts) if is_stranger else lasts

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
        """Write a state to Redis; one that was leased waits there until Redis is back, since its events are over."""
        while True:
            try:
                return await super().set_state(token, state, lock_id=lock_id, **context)
            except (LockExpiredError, RedisError, OSError) as error:
                if self._is_closing or lock_id is None or token.lock_key not in self._local_leases:
                    raise
                if not isinstance(error, LockExpiredError):
                    await asyncio.sleep(RETRY_SECONDS)
                elif not await self._try_get_lock(self._lock_key(token), lock_id):
                    raise  # another process has the state and may have changed it

    async def write_back(self, token: StateToken[Any]) -> None:
        """Have Redis hold the tab's state as it is now, whichever process has leased it."""
        if lease := self._local_leases.get(token.lock_key):
            lease.cancel()
            await asyncio.wait([lease])
        async with self._lock(token):
            pass

    async def close(self) -> None:
        """Write back what is leased, once, and let go of Redis."""
        self._is_closing = True
        await super().close()

    async def _create_lease_break_task(self, token: StateToken[Any], *args: Any, **options: Any) -> Any:
        """Lease a state; when the lease is over nothing is kept here of its tab."""
        lease = await super()._create_lease_break_task(token, *args, **options)
        if lease:
            lease.add_done_callback(lambda _: self._forget(token.lock_key))
        return lease

    def _forget(self, key: str) -> None:
        lock = self._cached_states_locks.get(key)
        if lock and key not in self._local_leases and not lock.locked() and not lock._waiters:
            del self._cached_states_locks[key]


@dataclass(frozen=True)
class _Contents:
    """What one state of the tree held at a moment. Handlers assign and never change a value in place, so that a shallow copy is enough."""

    state: BaseState
    values: dict[str, Any]
    substates: dict[str, BaseState]
    dirty: tuple[frozenset[str], frozenset[str], bool]

    @classmethod
    def of(cls, state: BaseState) -> "_Contents":
        """Return what the state holds now."""
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
