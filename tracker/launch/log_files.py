"""Log rotation at each start and by size."""

import contextlib
import os
import shutil
from pathlib import Path

MAX_BYTES = 10_000_000
OLD_FILES = 3
"""Number of rotated files of each log; `.1` is the newest."""


def rotate(log: Path) -> None:
    """Copy a log to `.1`, shift older copies, and truncate the log under the child that appends to it.

    A line written between the copy and the truncation is lost. On a full disk, the log is truncated without a copy.
    """
    for number in range(OLD_FILES, 1, -1):
        with contextlib.suppress(OSError):
            _older(log, number - 1).replace(_older(log, number))
    with contextlib.suppress(OSError):
        shutil.copyfile(log, _older(log, 1))
        _older(log, 1).chmod(0o600)
    os.truncate(log, 0)


def rotate_all(folder: Path, max_bytes: int = 0) -> None:
    """Rotate every log of the data folder that is larger than `max_bytes`."""
    for log in (folder / "log").glob("*.log"):
        with contextlib.suppress(OSError):
            if log.stat().st_size > max_bytes:
                rotate(log)


def _older(log: Path, number: int) -> Path:
    return log.with_name(f"{log.name}.{number}")
