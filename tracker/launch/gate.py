"""A gate in the data folder, at which programs wait until the database is prepared."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "PURSUIT_STARTS_AFTER"
"""The environment variable that names the gate a program waits at."""


def environment(folder: Path) -> dict[str, str]:
    """Return what has a program wait at the gate of a data folder."""
    return {VARIABLE: str(_path(folder))}


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Keep the gate closed; the kernel opens it when this process ends, however it ends."""
    with _path(folder).open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def wait() -> None:
    """Wait until the gate that this process was given is open; return at once where it has none."""
    path = os.environ.get(VARIABLE)
    if path and Path(path).exists():
        with Path(path).open() as gate:
            fcntl.flock(gate, fcntl.LOCK_SH)


def _path(folder: Path) -> Path:
    return folder / "run" / "gate"
