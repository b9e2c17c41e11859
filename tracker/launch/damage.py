"""Moves the files of a Valkey that can't read them out of its way: what it holds may be lost."""

import re
import signal
from datetime import datetime
from pathlib import Path

from tracker import clock

KEPT_DATA = ("appendonlydir", "dump.rdb")
_STOPPED_BY_OTHERS = (0, -signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT)
_NOT_THE_DATA = re.compile(
    r"Address already in use|No space left|Disk quota|Permission denied|FATAL CONFIG", re.I
)


def set_aside(home: Path, said: str, status: int | None) -> dict[Path, Path]:
    """Rename what a Valkey had kept that ended at its start; where each file was and is.

    Nothing when its log `said`, or its exit `status`, that something else was the cause.
    """
    if status is None or status in _STOPPED_BY_OTHERS or _NOT_THE_DATA.search(said):
        return {}
    moment = clock.now()
    kept = [home / name for name in KEPT_DATA if (home / name).exists()]
    return {path: path.rename(_free_name(path, moment)) for path in kept}


def put_back(moved: dict[Path, Path]) -> None:
    """Undo `set_aside`, when it didn't help."""
    for before, now in moved.items():
        if not before.exists():
            now.rename(before)


def _free_name(path: Path, moment: datetime) -> Path:
    return path.with_name(f"{path.name}.damaged-{moment:%Y-%m-%dT%H%M%S.%f}")
