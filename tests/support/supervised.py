"""Supervisor in a process of its own, and what tests wait for."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from tracker.launch.process_search import MARK
from tracker.settings import CHECKOUT

SMALL = CHECKOUT / "tests" / "support" / "small_installation.py"


TIMEOUT = 30


class Installation:
    """Supervisor in a process of its own, with its output so far."""

    def __init__(self, folder: Path, port: int, kind: str) -> None:
        self.folder, self.port = folder, port
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [sys.executable, str(SMALL), str(folder), str(port), kind],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )
        self.output = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, text: str) -> None:
        """Wait until the output contains `text`."""
        wait_until(lambda: text in self.output or self.process.poll() is not None, self)
        assert text in self.output, self.output

    def end(self, number: int = signal.SIGINT) -> int:
        """Send a signal, wait for the end and return the exit status."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Wait for the end, read the rest of the output, and return the exit status."""
        status = self.process.wait(TIMEOUT)
        self._reader.join(TIMEOUT)
        return status

    def child(self, name: str) -> psutil.Process:
        """Return the process of the child `name` in the supervisor's record."""
        return psutil.Process(self.record(name)["pid"])

    def record(self, name: str) -> dict[str, int]:
        """Return the supervisor's record of the child `name`."""
        return dict(json.loads((self.folder / "run" / f"{name}.json").read_text()))

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.output += line
        self.process.stdout.close()


def wait_until(condition: Callable[[], bool], about: object = "") -> None:
    """Wait for a condition, up to a timeout."""
    deadline = time.monotonic() + TIMEOUT
    while not condition():
        assert time.monotonic() < deadline, f"still waiting: {getattr(about, 'output', about)}"
        time.sleep(0.02)


def processes_of(folder: Path) -> list[str]:
    """Return the commands of processes started for `folder`, found by mark or working directory."""
    commands = []
    for process in psutil.process_iter():
        try:
            is_ours = process.environ().get(MARK) == str(folder) or Path(process.cwd()).is_relative_to(folder)
            if is_ours and process.status() != psutil.STATUS_ZOMBIE:
                commands.append(" ".join(process.cmdline()) or process.name())
        except psutil.Error:
            continue
    return commands
