"""Many tabs at once, each sending its next action as soon as the last one is answered."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

from bench.actions import FLOOR, LIST, Action, sets
from bench.servers import WebServer
from bench.tab import Tab
from bench.timings import percentile


@dataclass(frozen=True)
class Throughput:
    """Answers per second of all tabs together, and the seconds that one answer took."""

    name: str
    per_second: float
    p50: float
    p95: float

    def renamed(self, name: str) -> "Throughput":
        """Return the same figures under another name."""
        return replace(self, name=name)


async def turn_pages(server: WebServer, cookies: Sequence[str], seconds: float) -> Throughput:
    """Turn the pages of the list in every tab, forward and back."""
    turns = [
        Action("", handler=f"{LIST}.turn_page", until=sets("cards"), payload={"forward": forward})
        for forward in (True, False)
    ]
    return await _run_tabs("next page", server, cookies, "/applications", turns, seconds)


async def open_lists(server: WebServer, cookies: Sequence[str], seconds: float) -> Throughput:
    """Open the list again and again in every tab."""
    visit = [Action("", page="/applications")]
    return await _run_tabs("open the list", server, cookies, "/applications", visit, seconds)


async def floor(server: WebServer, number: int, seconds: float) -> Throughput:
    """Increment the minimal app's counter in every tab."""
    return await _run_tabs(FLOOR.name, server, [""] * number, "/", [FLOOR], seconds)


async def _run_tabs(
    name: str, server: WebServer, cookies: Sequence[str], page: str, actions: list[Action], seconds: float
) -> Throughput:
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(Tab(server, cookie)) for cookie in cookies]
        await asyncio.gather(*(tab.visit(page) for tab in tabs))
        started = time.perf_counter()
        seconds_by_tab = await asyncio.gather(*(_repeat(tab, actions, started + seconds) for tab in tabs))
        timings = [seconds_taken for tab_seconds in seconds_by_tab for seconds_taken in tab_seconds]
        duration = time.perf_counter() - started
    return Throughput(name, len(timings) / duration, percentile(timings, 0.5), percentile(timings, 0.95))


async def _repeat(tab: Tab, actions: list[Action], until: float) -> list[float]:
    timings: list[float] = []
    while time.perf_counter() < until:
        timings.extend([(await action.act(tab)).seconds for action in actions])
    return timings
