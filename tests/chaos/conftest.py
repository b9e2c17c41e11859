"""The whole of Pursuit as `tracker up` starts it, with somebody who writes all the time."""

import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from world import newcomer

from tracker import cache, db, embedded
from tracker.db import scoped
from tracker.launch.visit import running_servers
from tracker.services.applications import adding
from tracker.settings import CHECKOUT, settings
from tracker.shapes.people import Who

PATIENCE = 240
"""Seconds, since the interface may have to be built first."""


class Installation:
    """A running `tracker up`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder / "data", embedded.free_port()
        self.log = folder / "terminal.log"
        given = {
            name: value
            for name, value in os.environ.items()
            if not name.endswith(("DATABASE_URL", "REDIS_URL"))
        }
        command = ["-m", "tracker", "up", "--port", str(self.port), "--data-dir", str(self.folder)]
        with self.log.open("wb") as terminal:
            self.process = subprocess.Popen(
                [sys.executable, *command], cwd=CHECKOUT, env=given, stdout=terminal, stderr=subprocess.STDOUT
            )

    @property
    def said(self) -> str:
        """What the terminal shows."""
        return self.log.read_text()

    @property
    def is_ready(self) -> bool:
        """Whether it says that it can serve."""
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz") as answer:
            return bool(answer.status == 200)
        return False

    def child(self, name: str) -> psutil.Process:
        """The process that leads the child `name`."""
        return psutil.Process(json.loads((self.folder / "run" / f"{name}.json").read_text())["pid"])

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Waits for something to hold, while it runs."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.1)


class Writer(threading.Thread):
    """Somebody who adds applications without a pause, and counts those that were accepted."""

    def __init__(self, who: Who) -> None:
        super().__init__(daemon=True)
        self.who, self.accepted, self.refused = who, 0, 0
        self.is_over = threading.Event()

    def run(self) -> None:
        """Write until told to stop; what fails is tried no second time."""
        while not self.is_over.is_set():
            try:
                with scoped(self.who) as scope:
                    adding.add(scope, {"company": f"Company {self.accepted}", "role": "Engineer"}, "saved")
                self.accepted += 1
            except Exception:
                self.refused += 1
                time.sleep(0.05)

    def goes_on(self) -> bool:
        """Whether something more is accepted from here on."""
        before = self.accepted
        deadline = time.monotonic() + 5
        while self.accepted == before and time.monotonic() < deadline:
            time.sleep(0.05)
        return self.accepted > before


@pytest.fixture(scope="module")
def running() -> Iterator[Installation]:
    """One installation for all tests of the module, with its addresses in the settings."""
    before = {name: os.environ.get(name) for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL", "REDIS_URL")}
    with embedded.scratch_folder() as folder:
        installation = Installation(folder)
        installation.wait_until(lambda: "ready:" in installation.said)
        for name in before:
            os.environ.pop(name, None)
        name_servers(running_servers(installation.folder))
        yield installation
        name_servers(before)
        installation.process.terminate()
        assert installation.process.wait(60) == 0, installation.said


@pytest.fixture
def writer(running: Installation) -> Iterator[Writer]:
    """Somebody who writes meanwhile; nothing that was accepted may be missing in the end."""
    writing = Writer(newcomer("Alice"))
    writing.start()
    yield writing
    writing.is_over.set()
    writing.join(30)
    with scoped(writing.who) as scope:
        [row] = scope.read("SELECT count(*) AS kept FROM application", [])
    assert writing.accepted > 0
    assert writing.accepted <= row["kept"] <= writing.accepted + writing.refused


def name_servers(addresses: dict[str, str] | dict[str, str | None]) -> None:
    """Have this process use these servers."""
    if db.engine.cache_info().currsize:
        db.engine().dispose()
    for name, value in addresses.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    for kept in (settings, db.engine, cache.valkey):
        kept.cache_clear()
