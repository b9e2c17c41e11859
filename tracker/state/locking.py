"""The lock of a tab's state: an event that is cut off while it takes the lock, or gives it back, leaves none behind."""

import asyncio
from typing import Any

from reflex.istate.manager import StateManager
from reflex.istate.manager.redis import StateManagerRedis

_giving_back: set[asyncio.Task[None]] = set()
"""Held here, since the event loop itself holds no task."""


def give_back(manager: StateManager) -> None:
    """Have both steps go on to their end when the event is cut off, as by a newer search or navigation, or a tab that closes.

    The framework asks for the lock and learns that it has it in one step of the event's own. Cut off in between, Redis keeps
    a lock that nobody knows of, and the tab's next event waits for ten seconds until it runs out.
    """
    if not isinstance(manager, StateManagerRedis):
        return
    take, let_go = manager._try_get_lock, manager.redis.getdel

    async def try_get_lock(key: bytes, lock_id: bytes) -> bool | None:
        taking = asyncio.ensure_future(take(key, lock_id))
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            task = asyncio.create_task(undo(taking, key))
            _giving_back.add(task)
            task.add_done_callback(_giving_back.discard)
            raise

    async def undo(taking: asyncio.Task[bool | None], key: bytes) -> None:
        if await taking:
            await let_go(key)
            manager._notify_next_waiter(key)

    async def getdel(key: Any) -> Any:
        return await asyncio.shield(let_go(key))

    manager._try_get_lock = try_get_lock  # type: ignore[assignment, method-assign]
    manager.redis.getdel = getdel  # type: ignore[assignment, method-assign]
