"""A supervisor in a process of its own, and what to wait for about it."""

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

from tracker.launch.belonging import MARK
from tracker.settings import CHECKOUT

SMALL = CHECKOUT / "tests" / "support" / "small_installation.py"


PATIENCE = 30


class Installation:
    """A supervisor in a process of its own, and what it has said so far."""

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
        self.said = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, words: str) -> None:
        """Waits until it has said `words`."""
        wait_until(lambda: words in self.said or self.process.poll() is not None, self)
        assert words in self.said, self.said

    def end(self, number: int = signal.SIGINT) -> int:
        """Sends a signal, waits for the end and returns the exit status."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Waits for the end and returns the exit status, with all it said read."""
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return status

    def child(self, name: str) -> psutil.Process:
        """The child `name` as the supervisor's record on disk has it."""
        return psutil.Process(self.record(name)["pid"])

    def record(self, name: str) -> dict[str, int]:
        """What the supervisor noted of the child `name`."""
        return dict(json.loads((self.folder / "run" / f"{name}.json").read_text()))

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
        self.process.stdout.close()


def wait_until(condition: Callable[[], bool], about: object = "") -> None:
    """Waits for a condition, for a bounded time."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"still waiting: {getattr(about, 'said', about)}"
        time.sleep(0.02)


def processes_of(folder: Path) -> list[str]:
    """Every process that was started for `folder`, found by its mark or by where it works."""
    found = []
    for process in psutil.process_iter():
        try:
            ours = process.environ().get(MARK) == str(folder) or Path(process.cwd()).is_relative_to(folder)
            if ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(process.cmdline()) or process.name())
        except psutil.Error:
            continue
    return found
