"""What these tests stand on: servers to stop, empty and start; workers to kill; a gate to hold a job at."""

import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg

from tests.support import counting_worker
from tests.support.schema import migrate
from tests.support.server_addresses import set_variables
from tracker import embedded
from tracker.launch import roles
from tracker.settings import settings

PATIENCE = 30
LEASE = "1.5"
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.support.counting_worker"])


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
    """A worker in a process of its own, forked from one that has read all the code already."""

    def __init__(self, log: Path) -> None:
        self.log = log
        log.touch()
        self.process = _FORKS.Process(target=counting_worker.serve, args=(dict(os.environ), str(log)))
        self.process.start()

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process.is_alive()

    @property
    def pid(self) -> int:
        """Its number."""
        return self.process.pid or 0

    @property
    def horses(self) -> list[psutil.Process]:
        """The processes that do a job at this moment."""
        return psutil.Process(self.pid).children()

    def said(self) -> str:
        """Its log."""
        return self.log.read_text()

    def kill(self) -> None:
        """Ends it and all that it began, without a word."""
        if self.alive:
            for horse in self.horses:
                horse.kill()
            self.process.kill()
            self.process.join()

    def tell_to_stop(self) -> None:
        """Asks it to stop, as a supervisor does."""
        self.process.terminate()

    def end(self) -> int | None:
        """Waits for its end, and gives its exit status."""
        self.process.join(PATIENCE)
        return self.process.exitcode


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


def wait_until(condition: Callable[[], Any], about: Callable[[], Any] = str) -> None:
    """Waits for a condition, for a bounded time."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"still waiting: {about()}"
        time.sleep(0.03)


@contextmanager
def named(servers: Servers) -> Iterator[None]:
    """The settings name these servers meanwhile, and rests that are short; the schema is there."""
    wanted = {
        "DATABASE_URL": servers.postgres.app_url, "MIGRATION_DATABASE_URL": servers.postgres.url, "REDIS_URL": servers.valkey.url, "JOB_LEASE": LEASE, "JOB_REST": "0.1",
    }  # fmt: skip
    before = {name: os.environ.get(name) for name in wanted}
    set_variables(wanted)
    migrate(servers.postgres.url)
    roles.allow(servers.postgres.url, servers.postgres.app_url)
    yield
    set_variables(before)
