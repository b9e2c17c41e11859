"""Memory of the web process while people come, look at pages, and go."""

import asyncio
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

from bench.servers import WebServer
from bench.start import proportional_set_size
from bench.tab import Tab

PAGES = ("/", "/applications", "/interviews", "/applications?view=board", "/contacts", "/analytics")
PAUSE = 1.0
"""Seconds between two page loads."""
SAMPLES = 7


@dataclass(frozen=True)
class Sample:
    """Memory of all processes of the web server, in MiB with their share of shared pages."""

    minutes: float
    loads: int
    megabytes: float


async def measure(server: WebServer, cookies: Sequence[str], seconds: float) -> list[Sample]:
    """Load every page in one new tab after another, and sample memory at equal intervals."""
    began, loads, samples = time.monotonic(), 0, [_sample(server, 0, 0)]
    for cookie in itertools.cycle(cookies):
        async with Tab(server, cookie) as tab:
            for page in PAGES:
                await tab.visit(page)
                loads += 1
                await asyncio.sleep(PAUSE)
        elapsed = time.monotonic() - began
        if elapsed >= seconds * len(samples) / (SAMPLES - 1):
            samples.append(_sample(server, elapsed, loads))
        if len(samples) == SAMPLES:
            break
    return samples


def _sample(server: WebServer, elapsed: float, loads: int) -> Sample:
    parent = psutil.Process(server.process.pid)
    processes = [parent, *parent.children(recursive=True)]
    return Sample(elapsed / 60, loads, sum(map(proportional_set_size, processes)))
