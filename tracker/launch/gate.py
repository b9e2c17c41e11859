"""Startup gate: a lock in the data folder that programs wait for until the database is ready."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "PURSUIT_STARTS_AFTER"
"""Environment variable with the path of the gate that a program waits for."""


def environment(folder: Path) -> dict[str, str]:
    """Return the environment that makes a program wait for the gate of a data folder."""
    return {VARIABLE: str(_path(folder))}


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Keep the gate closed; the kernel opens it when this process ends."""
    with _path(folder).open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def wait() -> None:
    """Wait until this process's gate is open; return at once when it has none."""
    path = os.environ.get(VARIABLE)
    if path and Path(path).exists():
        with Path(path).open() as gate:
            fcntl.flock(gate, fcntl.LOCK_SH)


def _path(folder: Path) -> Path:
    return folder / "run" / "gate"
