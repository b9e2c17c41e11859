"""An event that is cancelled at any moment leaves its tab's state unlocked."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

import pytest
import redis
import reflex as rx
from redis.asyncio import Redis
from reflex.istate.manager.token import BaseStateToken

from tests.support.coroutines import run
from tests.support.live_pages import SOON, wait_until
from tracker.framework.tab_states import TabStates

STEPS = range(1, 40)
"""Turns of the event loop after which an event is cut off: while it takes the lock, holds it, and gives it back."""


@pytest.mark.parametrize("steps", STEPS)
def test_an_event_that_is_cut_off_leaves_no_lock(redis_url: str, steps: int) -> None:
    token = BaseStateToken(ident=uuid4().hex, cls=rx.State)
    with redis.Redis.from_url(redis_url) as store:
        run(cut_off(redis_url, token, steps, lambda: not store.exists(f"{token.lock_key}_lock")))


async def cut_off(url: str, token: BaseStateToken, steps: int, is_free: Callable[[], bool]) -> None:
    """Begin an event on a state, cancel it after so many loop turns, and wait until the state is free."""
    async with Redis.from_url(url) as connected:
        manager = TabStates(redis=connected)
        await connected.ping()

        async def event() -> None:
            async with manager._lock(token):
                await asyncio.sleep(0)

        running = asyncio.create_task(event())
        for _ in range(steps):
            await asyncio.sleep(0)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await asyncio.to_thread(wait_until, is_free, SOON)
        if manager._lock_task:
            manager._lock_task.cancel()
