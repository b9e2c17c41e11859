"""Recovery of a Valkey that can't read its data files: they are renamed."""

import re
import signal
from datetime import datetime
from pathlib import Path

from tracker import clock

DATA_FILES = ("appendonlydir", "dump.rdb")
_STOPPED_BY_OTHERS = (0, -signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT)
_NOT_THE_DATA = re.compile(
    r"Address already in use|No space left|Disk quota|Permission denied|FATAL CONFIG", re.I
)


def move_damaged_files(home: Path, output: str, status: int | None) -> dict[Path, Path]:
    """Rename the data files of a Valkey that ended at its start; return each old path with its new one.

    Nothing is renamed when the log's `output` or the exit `status` shows another cause.
    """
    if status is None or status in _STOPPED_BY_OTHERS or _NOT_THE_DATA.search(output):
        return {}
    moment = clock.now()
    files = [home / name for name in DATA_FILES if (home / name).exists()]
    return {path: path.rename(_free_name(path, moment)) for path in files}


def restore_files(moved: dict[Path, Path]) -> None:
    """Undo `move_damaged_files`."""
    for before, now in moved.items():
        if not before.exists():
            now.rename(before)


def _free_name(path: Path, moment: datetime) -> Path:
    return path.with_name(f"{path.name}.damaged-{moment:%Y-%m-%dT%H%M%S.%f}")
