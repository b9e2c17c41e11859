"""Checks whether a folder is writable, with a reason for people."""

import errno
import os
import pwd
import tempfile
from pathlib import Path


def problem(folder: Path) -> str:
    """Return why no file can be created in `folder`; empty when one can."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return reason(folder, error)


def reason(path: Path, error: OSError) -> str:
    """Describe a failed write to `path`: read-only, full, another account's, or the system's message."""
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
    """Name the account that owns `path` or its nearest existing parent."""
    existing = next((item for item in (path, *path.parents) if _exists(item)), Path("/"))
    owner = existing.stat().st_uid
    if owner == os.geteuid():
        return "this account, which has no write permission"
    try:
        return f"the account {pwd.getpwuid(owner).pw_name}"
    except KeyError:
        return f"the account with ID {owner}"


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
