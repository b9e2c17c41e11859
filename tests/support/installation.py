"""Complete Pursuit as `tracker up` starts it."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.support.people import newcomer
from tests.support.server_addresses import set_variables
from tests.support.steady_writer import Writer
from tracker.launch import embedded
from tracker.launch.command_servers import running_servers
from tracker.settings import CHECKOUT

PATIENCE = 240
"""Seconds, since the interface may have to be built first."""


class Installation:
    """A running `tracker up`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder / "data", embedded.free_port()
        self.log = folder / "terminal.log"
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.endswith(("DATABASE_URL", "REDIS_URL"))
        }
        command = ["-m", "tracker", "up", "--port", str(self.port), "--data-dir", str(self.folder)]
        with self.log.open("wb") as terminal:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=CHECKOUT,
                env=environment,
                stdout=terminal,
                stderr=subprocess.STDOUT,
            )

    @property
    def output(self) -> str:
        """Return the terminal's output."""
        return self.log.read_text()

    @property
    def origin(self) -> str:
        """Return the address for a browser."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def problems(self) -> list[str]:
        """Return the problems that `/readyz` reports; none when it can serve."""
        try:
            with urllib.request.urlopen(f"{self.origin}/readyz") as answer:
                body = answer.read()
        except urllib.error.HTTPError as response:
            with response:
                body = response.read()
        except OSError:
            return ["It doesn't answer."]
        return list(json.loads(body)["trouble"])

    @property
    def is_ready(self) -> bool:
        """Return whether it reports that it can serve."""
        return not self.problems

    def child(self, name: str) -> psutil.Process:
        """Return the leading process of the child `name`."""
        return psutil.Process(json.loads((self.folder / "run" / f"{name}.json").read_text())["pid"])

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait for a condition while the installation runs."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.1)


@contextmanager
def installed(folder: Path) -> Iterator[Installation]:
    """Yield an installation in a folder, with its addresses in the settings."""
    before = {name: os.environ.get(name) for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL", "REDIS_URL")}
    installation = Installation(folder)
    try:
        installation.wait_until(lambda: "ready:" in installation.output)
        for name in before:
            os.environ.pop(name, None)
        set_variables(running_servers(installation.folder))
        yield installation
    finally:
        set_variables(before)
        installation.process.terminate()
        assert installation.process.wait(60) == 0, installation.output


@contextmanager
def steady_writing(installation: Installation) -> Iterator[Writer]:
    """Write all the time meanwhile; in the end no acknowledged row may be missing or duplicated."""
    writer = Writer(installation, newcomer("Alice").user)
    writer.start()
    try:
        yield writer
    finally:
        writer.is_over.set()
        writer.join(30)
    writer.check()
