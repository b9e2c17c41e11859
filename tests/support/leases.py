"""Web processes of a test's own, that lease the states of tabs from one Redis."""

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
    """The states of tabs in one web process, listening for who else wants them."""
    states = TabStates(redis=Redis.from_url(url), token_expiration=600)
    await states._ensure_lock_task_subscribed()
    try:
        yield states
    finally:
        await states.close()


def in_processes(url: str, number: int, steps: Callable[..., Coroutine[Any, Any, None]]) -> None:
    """Run the steps with so many web processes."""

    async def opened(*processes: TabStates) -> None:
        if len(processes) == number:
            await steps(*processes)
            return
        async with process(url) as another:
            await opened(*processes, another)

    run(opened())


def notices(state: BaseState) -> Notices:
    """The part of the tree that these events read and assign."""
    part = state.get_substate(Notices.get_full_name().split("."))
    assert isinstance(part, Notices)
    return part


async def add(states: TabStates, token: BaseStateToken, word: str = "x") -> str:
    """An event that adds to what the state holds; what it held before."""
    async with states.modify_state(token) as state:
        part = notices(state)
        before = part.wrong
        part.wrong = before + word
        return before


async def held(states: TabStates, token: BaseStateToken) -> str:
    """What the state holds, by another event."""
    return await add(states, token, "")


@asynccontextmanager
async def working(states: TabStates, token: BaseStateToken) -> AsyncIterator[None]:
    """An event that has the tab's state and ends with the block."""
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def event() -> None:
        async with states.modify_state(token) as state:
            begun.set()
            await may_end.wait()
            notices(state).wrong += "worked"

    running = asyncio.create_task(event())
    await begun.wait()
    try:
        yield
    finally:
        may_end.set()
        await running
