"""Time until `tracker up` is ready, and its memory when idle."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx2
import psutil

from bench import report
from tracker.launch import embedded

TIMEOUT = 180
IDLE_AFTER = 20
"""Seconds after a start until memory is measured."""


def measure(folder: Path, rounds: int) -> str:
    """Return the times of first and later starts, of importing the application, and idle memory."""
    seconds, megabytes, processes = [], 0.0, 0
    for number in range(rounds + 1):
        with _running(folder / "start") as (process, elapsed):
            seconds.append(elapsed)
            if number == rounds:
                time.sleep(IDLE_AFTER)
                family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
                megabytes, processes = sum(map(proportional_set_size, family)), len(family)
    rows = [
        ("first start, which builds the interface", f"{seconds[0]:.1f} s"),
        ("later starts, median", f"{median(seconds[1:]):.1f} s"),
        ("floor: importing the application", f"{_import_seconds():.1f} s"),
        (f"memory when idle, {processes} processes (PSS)", f"{megabytes:.0f} MiB"),
    ]
    return report.table(["start", "measured"], rows)


@contextmanager
def _running(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    port, begun = embedded.free_port(), time.monotonic()
    command = [sys.executable, "-m", "tracker", "up", "--port", str(port), "--data-dir", str(folder)]
    folder.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "BROWSER": "true"}
    with (folder.parent / "start.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
    try:
        while not _is_ready(port):
            assert process.poll() is None, (folder.parent / "start.log").read_text()
            assert time.monotonic() < begun + TIMEOUT, (folder.parent / "start.log").read_text()
            time.sleep(0.02)
        yield process, time.monotonic() - begun
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(TIMEOUT)


def _is_ready(port: int) -> bool:
    try:
        return httpx2.get(f"http://127.0.0.1:{port}/readyz", timeout=1).status_code == 200
    except httpx2.HTTPError:
        return False


def proportional_set_size(process: psutil.Process) -> float:
    """Return a process's memory in MiB, its share of shared pages included; Linux alone knows it."""
    lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _import_seconds() -> float:
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", "import gc; gc.disable(); import tracker.tracker"], check=True)
    return time.monotonic() - begun
