"""Servers to stop, empty and start; workers to kill; a gate at which a job waits."""

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
from tracker.launch import embedded, roles
from tracker.settings import settings

TIMEOUT = 30
LEASE = "1.5"
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.support.counting_worker"])


class Servers:
    """Embedded servers, each of which restarts on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres, self.valkey = embedded.start_postgres(folder), embedded.start_valkey(folder)

    def restart_postgres(self) -> None:
        """End every connection and restart PostgreSQL."""
        self.postgres.stop()
        self.postgres = embedded.start_postgres(self.folder, self.postgres.port)

    @contextmanager
    def without_valkey(self) -> Iterator[None]:
        """Stop Valkey meanwhile; it restarts empty."""
        self.valkey.stop()
        shutil.rmtree(self.folder / "valkey")
        yield
        self.valkey = embedded.start_valkey(self.folder, self.valkey.port)

    def stop(self) -> None:
        """Stop both."""
        self.postgres.stop()
        self.valkey.stop()


class Process:
    """Worker in a process of its own, forked from one that has imported the code."""

    def __init__(self, log: Path) -> None:
        self.log = log
        log.touch()
        self.process = _FORKS.Process(target=counting_worker.serve, args=(dict(os.environ), str(log)))
        self.process.start()

    @property
    def is_alive(self) -> bool:
        """Return whether it runs."""
        return self.process.is_alive()

    @property
    def pid(self) -> int:
        """Return its process id."""
        return self.process.pid or 0

    @property
    def horses(self) -> list[psutil.Process]:
        """Return the processes that run a job now."""
        return psutil.Process(self.pid).children()

    def output(self) -> str:
        """Return its log."""
        return self.log.read_text()

    def kill(self) -> None:
        """Kill it and its children."""
        if self.is_alive:
            for horse in self.horses:
                horse.kill()
            self.process.kill()
            self.process.join()

    def terminate(self) -> None:
        """Ask it to stop, as a supervisor does."""
        self.process.terminate()

    def end(self) -> int | None:
        """Wait for its end and return its exit status."""
        self.process.join(TIMEOUT)
        return self.process.exitcode


class Gate:
    """Advisory lock at which a job waits in the middle of its transaction."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._connection = psycopg.connect(settings().database_url.replace("+psycopg", ""), autocommit=True)
        self._connection.execute("SELECT pg_advisory_lock(%s)", [number])

    @property
    def waiting(self) -> int:
        """Return how many jobs wait."""
        query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
        with psycopg.connect(settings().database_url.replace("+psycopg", "")) as other:
            row = other.execute(query, [self.number]).fetchone()
        return int(row[0]) if row else 0

    def open(self) -> None:
        """Let all jobs through."""
        self._connection.close()


def wait_until(condition: Callable[[], Any], about: Callable[[], Any] = str) -> None:
    """Wait for a condition, up to a timeout."""
    deadline = time.monotonic() + TIMEOUT
    while not condition():
        assert time.monotonic() < deadline, f"still waiting: {about()}"
        time.sleep(0.03)


@contextmanager
def settings_for(servers: Servers) -> Iterator[None]:
    """Set the settings to these servers, with short delays and a current schema."""
    variables = {
        "DATABASE_URL": servers.postgres.app_url, "MIGRATION_DATABASE_URL": servers.postgres.url, "REDIS_URL": servers.valkey.url, "JOB_LEASE": LEASE, "JOB_REST": "0.1",
    }  # fmt: skip
    before = {name: os.environ.get(name) for name in variables}
    set_variables(variables)
    migrate(servers.postgres.url)
    roles.allow(servers.postgres.url, servers.postgres.app_url)
    yield
    set_variables(before)
