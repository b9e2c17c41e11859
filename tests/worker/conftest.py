"""Servers of these tests' own, to be stopped, emptied and started; workers in processes of their own, to be killed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from tests.conftest import migrate
from tracker import cache, db, embedded
from tracker.settings import settings

LITTLE = Path(__file__).with_name("little.py")
CHECKOUT = LITTLE.parents[2]
PATIENCE = 30
LEASE = "1.5"


class Servers:
    """The embedded servers, each of which comes back on the port it had."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres, self.valkey = embedded.start_postgres(folder), embedded.start_valkey(folder)

    def restart_postgres(self) -> None:
        """Ends every connection, and comes back."""
        self.postgres.stop()
        self.postgres = embedded.start_postgres(self.folder, self.postgres.port)

    @contextmanager
    def without_valkey(self) -> Iterator[None]:
        """Valkey is away meanwhile, and comes back with nothing."""
        self.valkey.stop()
        shutil.rmtree(self.folder / "valkey")
        yield
        self.valkey = embedded.start_valkey(self.folder, self.valkey.port)

    def stop(self) -> None:
        """Ends both."""
        self.postgres.stop()
        self.valkey.stop()


class Process:
    """A worker in a process of its own."""

    def __init__(self, log: Path) -> None:
        self.log = log
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONUNBUFFERED": "1"}
        with log.open("w") as output:
            command = [sys.executable, str(LITTLE)]
            self.process = subprocess.Popen(
                command, stdout=output, stderr=output, env=environment, cwd=CHECKOUT
            )

    @property
    def horses(self) -> list[psutil.Process]:
        """The processes that do a job at this moment."""
        return psutil.Process(self.process.pid).children()

    def kill(self) -> None:
        """Ends it and all that it began, without a word."""
        for horse in self.horses:
            horse.kill()
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        """Asks it to stop, and gives its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


@pytest.fixture(scope="package")
def servers() -> Iterator[Servers]:
    """Servers that nobody else uses, named by the settings from here to the last test of this folder."""
    before = {name: os.environ.get(name) for name in ("DATABASE_URL", "REDIS_URL", "JOB_LEASE", "JOB_REST")}
    with embedded.scratch_folder() as folder:
        started = Servers(folder)
        named = {"DATABASE_URL": started.postgres.url, "REDIS_URL": started.valkey.url}
        _name({**named, "JOB_LEASE": LEASE, "JOB_REST": "0.1"})
        migrate(started.postgres.url)
        yield started
        _name(before)
        started.stop()


@pytest.fixture(scope="package")
def database_url(servers: Servers) -> str:
    """In place of the database of all other tests."""
    return servers.postgres.url


@pytest.fixture(scope="package")
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
        if one.process.poll() is None:
            one.kill()


class Gate:
    """What a job waits at, in the middle of its transaction."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._connection = psycopg.connect(settings().database_url.replace("+psycopg", ""), autocommit=True)
        self._connection.execute("SELECT pg_advisory_lock(%s)", [number])

    @property
    def waiting(self) -> int:
        """How many stand before it."""
        query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
        with psycopg.connect(settings().database_url.replace("+psycopg", "")) as other:
            row = other.execute(query, [self.number]).fetchone()
        return int(row[0]) if row else 0

    def open(self) -> None:
        """Lets everyone through."""
        self._connection.close()


@pytest.fixture
def gate(servers: Servers) -> Iterator[Gate]:
    """A gate that is shut until the test opens it."""
    shut = Gate(time.monotonic_ns() % 2**31)
    yield shut
    shut.open()


def wait_until(condition: Callable[[], Any], about: Callable[[], Any] = str) -> None:
    """Waits for a condition, for a bounded time."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"still waiting: {about()}"
        time.sleep(0.03)


def _name(values: dict[str, str | None]) -> None:
    db.engine.cache_info().currsize and db.engine().dispose()
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    for kept in (settings, db.engine, cache.valkey):
        kept.cache_clear()
