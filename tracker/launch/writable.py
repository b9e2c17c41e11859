"""Whether a folder can be written to, and in plain words why not."""

import errno
import os
import pwd
import tempfile
from pathlib import Path


def problem(folder: Path) -> str:
    """Return why no file can be made in `folder`, for people; empty when one can."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return reason(folder, error)


def reason(path: Path, error: OSError) -> str:
    """Word a failed write to `path`: read-only, full, someone else's, or what the system says."""
    match error.errno:
        case errno.EROFS:
            return "its file system is read-only"
        case errno.ENOSPC | errno.EDQUOT:
            return "its disk is full"
        case errno.EACCES | errno.EPERM:
            return f"it belongs to {_owner(path)}"
        case _:
            return (error.strerror or str(error)).lower()


def _owner(path: Path) -> str:
    """The account that owns `path`, or what of it exists."""
    existing = next((one for one in (path, *path.parents) if _exists(one)), Path("/"))
    owner = existing.stat().st_uid
    if owner == os.geteuid():
        return "this account, which took away its own right to write"
    try:
        return f"the account {pwd.getpwuid(owner).pw_name}"
    except KeyError:
        return f"the account with number {owner}"


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
