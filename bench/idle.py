"""Many idle tabs: their cost, and the time until they show a change made elsewhere."""

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
from bench.servers import WebServer
from bench.tab import Tab
from bench.timings import percentile
from tracker import live
from tracker.db import scoped
from tracker.services.applications import creation
from tracker.shapes.people import Who

PAGES = ("/applications", "/", "/contacts", "/interviews")
BATCH = 20


@dataclass(frozen=True)
class Idle:
    """Cost of open tabs to the web process and Redis, and the seconds until a change shows in them."""

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


async def measure(
    server: WebServer, cookies: Sequence[str], user_id: UUID, valkey: str, seconds: float
) -> Idle:
    """Open the tabs, leave them idle, then change an application of the given user."""
    store = redis.Redis.from_url(valkey)
    processor_before, memory_before = await _processor_percent(server, seconds / 3), _memory(server)
    async with AsyncExitStack() as stack:
        windows = [Window(await stack.enter_async_context(Tab(server, cookie)), cookie) for cookie in cookies]
        await _open(windows)
        readers = [asyncio.create_task(window.read()) for window in windows]
        await asyncio.sleep(seconds / 3)
        memory_growth, started, commands_before = (
            _memory(server) - memory_before,
            time.perf_counter(),
            _commands(store),
        )
        busy = await _processor_percent(server, seconds)
        frames, commands = (
            sum(window.since(started) for window in windows),
            _commands(store) - commands_before - 1,
        )
        waits = await _seconds_to_lists(
            user_id,
            [window for window in windows if (window.cookie, window.tab.path) == (cookies[0], PAGES[0])],
        )
        subscriptions = store.pubsub_numsub(live.channel())[0][1]
        for reader in readers:
            reader.cancel()
    return Idle(
        tabs=len(windows),
        kilobytes_each=memory_growth / len(windows) / 1000,
        processor_percent=busy,
        processor_percent_without=processor_before,
        frames_a_second=frames / seconds,
        commands_a_second=commands / seconds,
        subscriptions=int(subscriptions),
        lists=len(waits),
        shown_p50=percentile(waits, 0.5),
        shown_last=max(waits),
    )


@dataclass
class Window:
    """An idle tab, when each message arrived, and when its list was last sent."""

    tab: Tab
    cookie: str
    arrivals: list[float] = field(default_factory=list)
    list_sent: float = 0

    async def read(self) -> None:
        """Receive messages and answer pings as a browser does; pings count as messages."""
        while True:
            message = await self.tab.socket.receive_str()
            self.arrivals.append(time.perf_counter())
            if message == "2":
                await self.tab.socket.send_str("3")
            if sets("cards") in message:
                self.list_sent = self.arrivals[-1]

    def since(self, started: float) -> int:
        """Return the number of messages since that time."""
        return sum(at >= started for at in self.arrivals)


async def _open(windows: Sequence[Window]) -> None:
    for start in range(0, len(windows), BATCH):
        batch = windows[start : start + BATCH]
        await asyncio.gather(*(window.tab.visit(PAGES[n % len(PAGES)]) for n, window in enumerate(batch)))


async def _seconds_to_lists(user_id: UUID, windows: Sequence[Window]) -> list[float]:
    """Return the seconds from a change made in another process until each list shows it."""
    changed = time.perf_counter()
    await asyncio.to_thread(_change, user_id)
    while not all(window.list_sent > changed for window in windows):
        assert time.perf_counter() < changed + 60, "a tab never showed the change"
        await asyncio.sleep(0.005)
    return [window.list_sent - changed for window in windows]


def _change(user_id: UUID) -> None:
    with scoped(Who(user_id)) as scope:
        creation.add(scope, {"company": "Latecomer", "role": "Engineer"}, "saved")


def _processes(server: WebServer) -> list[Any]:
    parent = psutil.Process(server.process.pid)
    return [parent, *parent.children(recursive=True)]


def _memory(server: WebServer) -> int:
    return sum(process.memory_info().rss for process in _processes(server))


def _commands(store: redis.Redis) -> int:
    return int(store.info("stats")["total_commands_processed"])  # type: ignore[index]


async def _processor_percent(server: WebServer, seconds: float) -> float:
    """Return the share of one core that the web process uses, in percent."""
    before = [sum(process.cpu_times()[:2]) for process in _processes(server)]
    await asyncio.sleep(seconds)
    after = [sum(process.cpu_times()[:2]) for process in _processes(server)]
    return (sum(after) - sum(before)) / seconds * 100
