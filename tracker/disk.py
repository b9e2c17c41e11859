"""How much room the disk of a folder has."""

import shutil
from pathlib import Path

FULL_BELOW_MB = 20
"""Less than PostgreSQL needs for its next file, which has 16 MB."""


def free_mb(folder: Path) -> int:
    """Return the megabytes that are free for this account on the disk of `folder`."""
    return shutil.disk_usage(folder).free // 1_000_000


def is_full(folder: Path) -> bool:
    """Whether the servers on this disk have run out of room, or are about to."""
    return free_mb(folder) < FULL_BELOW_MB
