"""Many tabs at once, each asking for its next page as soon as it has the last."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

from bench.actions import FLOOR, LIST, Action, sets
from bench.measure import percentile
from bench.servers import Served
from bench.tab import Tab


@dataclass(frozen=True)
class Crowd:
    """How many answers a second all tabs had together, and how long one of them waited."""

    name: str
    each_second: float
    p50: float
    p95: float

    def named(self, name: str) -> "Crowd":
        """The same by another name."""
        return replace(self, name=name)


async def pages_turned(served: Served, cookies: Sequence[str], seconds: float) -> Crowd:
    """Every tab turns the pages of its list, forward and back."""
    turns = [
        Action("", handler=f"{LIST}.turn", until=sets("cards"), payload={"forward": forward})
        for forward in (True, False)
    ]
    return await _together("list pages turned", served, cookies, "/applications", turns, seconds)


async def lists_opened(served: Served, cookies: Sequence[str], seconds: float) -> Crowd:
    """Every tab goes to its list again and again, with all that a page's load does."""
    visit = [Action("", page="/applications")]
    return await _together("lists opened", served, cookies, "/applications", visit, seconds)


async def floor(served: Served, number: int, seconds: float) -> Crowd:
    """Every tab adds one to its counter."""
    return await _together(FLOOR.name, served, [""] * number, "/", [FLOOR], seconds)


async def _together(
    name: str, served: Served, cookies: Sequence[str], page: str, actions: list[Action], seconds: float
) -> Crowd:
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(Tab(served, cookie)) for cookie in cookies]
        await asyncio.gather(*(tab.visit(page) for tab in tabs))
        begun = time.perf_counter()
        taken = await asyncio.gather(*(_busy(tab, actions, begun + seconds) for tab in tabs))
        every = [one for of_tab in taken for one in of_tab]
        lasted = time.perf_counter() - begun
    return Crowd(name, len(every) / lasted, percentile(every, 0.5), percentile(every, 0.95))


async def _busy(tab: Tab, actions: list[Action], until: float) -> list[float]:
    taken: list[float] = []
    while time.perf_counter() < until:
        for action in actions:
            taken.append((await action.act(tab)).seconds)
    return taken
