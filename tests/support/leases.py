"""Web processes of a test that lease tab states from one Redis."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import Redis
from reflex.istate.manager.token import BaseStateToken
from reflex.state import BaseState

from tests.support.coroutines import run
from tracker.framework.tab_states import TabStates
from tracker.state.base import Notices


@asynccontextmanager
async def process(url: str) -> AsyncIterator[TabStates]:
    """Yield the tab states of one web process, subscribed to lock requests of others."""
    states = TabStates(redis=Redis.from_url(url), token_expiration=600)
    await states._ensure_lock_task_subscribed()
    try:
        yield states
    finally:
        await states.close()


def in_processes(url: str, number: int, steps: Callable[..., Coroutine[Any, Any, None]]) -> None:
    """Run the steps with this number of web processes."""

    async def opened(*processes: TabStates) -> None:
        if len(processes) == number:
            await steps(*processes)
            return
        async with process(url) as next_process:
            await opened(*processes, next_process)

    run(opened())


def notices(state: BaseState) -> Notices:
    """Return the substate that these events read and assign."""
    part = state.get_substate(Notices.get_full_name().split("."))
    assert isinstance(part, Notices)
    return part


async def add(states: TabStates, token: BaseStateToken, text: str = "x") -> str:
    """Run an event that appends to the state's text; return the text before."""
    async with states.modify_state(token) as state:
        part = notices(state)
        before = part.wrong
        part.wrong = before + text
        return before


async def stored_text(states: TabStates, token: BaseStateToken) -> str:
    """Return the state's text, read by another event."""
    return await add(states, token, "")


@asynccontextmanager
async def working(states: TabStates, token: BaseStateToken) -> AsyncIterator[None]:
    """Run an event that holds the tab's state until the block ends."""
    started, may_end = asyncio.Event(), asyncio.Event()

    async def event() -> None:
        async with states.modify_state(token) as state:
            started.set()
            await may_end.wait()
            notices(state).wrong += "worked"

    running = asyncio.create_task(event())
    await started.wait()
    try:
        yield
    finally:
        may_end.set()
        await running
