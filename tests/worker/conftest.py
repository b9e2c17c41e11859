"""Fixtures of these tests: servers of their own, people there, workers to start, and a gate to hold a job at."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.worker.stand import Gate, Process, Servers, named
from tracker import embedded


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    """Servers that nobody else uses, named by the settings until the last test of the module."""
    with embedded.scratch_folder() as folder:
        started = Servers(folder)
        with named(started):
            yield started
        started.stop()


@pytest.fixture(scope="module")
def database_url(servers: Servers) -> str:
    """In place of the database of all other tests."""
    return servers.postgres.url


@pytest.fixture(scope="module")
def redis_url(servers: Servers) -> str:
    """In place of the Redis of all other tests."""
    return servers.valkey.url


@pytest.fixture
def start(servers: Servers, tmp_path: Path) -> Iterator[Callable[[], Process]]:
    """Starts workers, and ends those that a test left running."""
    started: list[Process] = []

    def begin() -> Process:
        started.append(Process(tmp_path / f"worker{len(started)}.log"))
        return started[-1]

    yield begin
    for one in started:
        one.kill()


@pytest.fixture
def gate(servers: Servers) -> Iterator[Gate]:
    """A gate that is shut until the test opens it."""
    shut = Gate(time.monotonic_ns() % 2**31)
    yield shut
    shut.open()
