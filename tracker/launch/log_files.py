"""The children's logs: begun anew at each start, and moved on by size while they are written to."""

import contextlib
import os
import shutil
from pathlib import Path

MOST_BYTES = 10_000_000
KEPT = 3
"""Older files of each log, `.1` the newest."""


def move_on(log: Path) -> None:
    """Keep what a log holds as `.1`, the older ones counting up, and empty it under the child that appends to it.

    A line written between copy and emptying is lost. Where the disk has no room for a copy, the log is emptied alone.
    """
    for number in range(KEPT, 1, -1):
        with contextlib.suppress(OSError):
            _older(log, number - 1).replace(_older(log, number))
    with contextlib.suppress(OSError):
        shutil.copyfile(log, _older(log, 1))
        _older(log, 1).chmod(0o600)
    os.truncate(log, 0)


def move_on_all(folder: Path, most_bytes: int = 0) -> None:
    """Move on every log of the data folder that has grown beyond `most_bytes`."""
    for log in (folder / "log").glob("*.log"):
        with contextlib.suppress(OSError):
            if log.stat().st_size > most_bytes:
                move_on(log)


def _older(log: Path, number: int) -> Path:
    return log.with_name(f"{log.name}.{number}")
