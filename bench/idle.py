"""Many tabs that only stand open: what they cost, and how soon they show what changed elsewhere."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psutil
import redis

from bench.actions import sets
from bench.measure import percentile
from bench.servers import Served
from bench.tab import Tab
from tracker import live
from tracker.db import scoped
from tracker.services.applications import creation
from tracker.shapes.people import Who

PAGES = ("/applications", "/", "/contacts", "/interviews")
AT_ONCE = 20


@dataclass(frozen=True)
class Idle:
    """What so many open tabs cost the web process and Redis while nobody does anything, and how news reaches them."""

    tabs: int
    kilobytes_each: float
    processor_percent: float
    processor_percent_without: float
    frames_a_second: float
    commands_a_second: float
    subscriptions: int
    lists: int
    shown_p50: float
    shown_last: float


async def stood(served: Served, cookies: Sequence[str], whose: UUID, valkey: str, seconds: float) -> Idle:
    """Opens the tabs, lets them stand, and then changes something of the one person whose they are."""
    store = redis.Redis.from_url(valkey)
    without, before = await _busy(served, seconds / 3), _memory(served)
    async with AsyncExitStack() as stack:
        windows = [Window(await stack.enter_async_context(Tab(served, cookie)), cookie) for cookie in cookies]
        await _open(windows)
        readers = [asyncio.create_task(window.read()) for window in windows]
        await asyncio.sleep(seconds / 3)
        grown, begun, asked = _memory(served) - before, time.perf_counter(), _commands(store)
        busy = await _busy(served, seconds)
        frames, commands = sum(window.since(begun) for window in windows), _commands(store) - asked - 1
        waits = await _news(
            whose, [one for one in windows if (one.cookie, one.tab.path) == (cookies[0], PAGES[0])]
        )
        subscriptions = store.pubsub_numsub(live.channel())[0][1]
        for reader in readers:
            reader.cancel()
    return Idle(
        tabs=len(windows),
        kilobytes_each=grown / len(windows) / 1000,
        processor_percent=busy,
        processor_percent_without=without,
        frames_a_second=frames / seconds,
        commands_a_second=commands / seconds,
        subscriptions=int(subscriptions),
        lists=len(waits),
        shown_p50=percentile(waits, 0.5),
        shown_last=max(waits),
    )


@dataclass
class Window:
    """A tab that stands open, when each message came to it, and when its list was last sent."""

    tab: Tab
    cookie: str
    came: list[float] = field(default_factory=list)
    listed: float = 0

    async def read(self) -> None:
        """Receive as a browser does; pings are answered, and count as well."""
        while True:
            said = await self.tab.socket.receive_str()
            self.came.append(time.perf_counter())
            if said == "2":
                await self.tab.socket.send_str("3")
            if sets("cards") in said:
                self.listed = self.came[-1]

    def since(self, begun: float) -> int:
        """How many messages came since."""
        return sum(at >= begun for at in self.came)


async def _open(windows: Sequence[Window]) -> None:
    for first in range(0, len(windows), AT_ONCE):
        some = windows[first : first + AT_ONCE]
        await asyncio.gather(*(window.tab.visit(PAGES[n % len(PAGES)]) for n, window in enumerate(some)))


async def _news(whose: UUID, windows: Sequence[Window]) -> list[float]:
    """How long it takes from a change, made in a process of its own, until each list shows it."""
    changed = time.perf_counter()
    await asyncio.to_thread(_change, whose)
    while not all(window.listed > changed for window in windows):
        assert time.perf_counter() < changed + 60, "a tab never showed it"
        await asyncio.sleep(0.005)
    return [window.listed - changed for window in windows]


def _change(whose: UUID) -> None:
    with scoped(Who(whose)) as scope:
        creation.add(scope, {"company": "Latecomer", "role": "Engineer"}, "saved")


def _processes(served: Served) -> list[Any]:
    parent = psutil.Process(served.process.pid)
    return [parent, *parent.children(recursive=True)]


def _memory(served: Served) -> int:
    return sum(one.memory_info().rss for one in _processes(served))


def _commands(store: redis.Redis) -> int:
    return int(store.info("stats")["total_commands_processed"])  # type: ignore[index]


async def _busy(served: Served, seconds: float) -> float:
    """The share of one core that the web process takes, in percent."""
    spent = [sum(one.cpu_times()[:2]) for one in _processes(served)]
    await asyncio.sleep(seconds)
    now = [sum(one.cpu_times()[:2]) for one in _processes(served)]
    return (sum(now) - sum(spent)) / seconds * 100
