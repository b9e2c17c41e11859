"""Free disk space."""

import shutil
from pathlib import Path

FULL_BELOW_MB = 20
"""A disk with less free space counts as full; PostgreSQL's next file needs 16 MB."""


def free_mb(folder: Path) -> int:
    """Return the free megabytes of the disk of `folder`."""
    return shutil.disk_usage(folder).free // 1_000_000


def is_full(folder: Path) -> bool:
    """Return True when the disk of `folder` is full or nearly full."""
    return free_mb(folder) < FULL_BELOW_MB
