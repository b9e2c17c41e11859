"""Atomic file writes: written under a temporary name, flushed to disk, then renamed."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from tracker.errors import Sorry

UNFINISHED = ".unfinished"
"""Suffix of unfinished files."""


@contextmanager
def atomic_file(path: Path, *, replace: bool = False) -> Iterator[BinaryIO]:
    """Write a file that only its owner can read; it gets its name when the block succeeds."""
    if path.exists() and not replace:
        raise _exists_error(path)
    unfinished = path.with_name(f".{path.name}.{token_hex(4)}{UNFINISHED}")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _name(unfinished, path, replace=replace)
        sync_folder(path.parent)
    except OSError as error:
        raise Sorry(f"{path} couldn't be written: {_reason(error)}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # Some network file systems can't.
            os.fsync(number)
    finally:
        os.close(number)


def _name(unfinished: Path, path: Path, *, replace: bool) -> None:
    if replace:
        unfinished.replace(path)
        return
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        raise _exists_error(path) from None
    except OSError:  # A file system without hard links.
        if path.exists():
            raise _exists_error(path) from None
        unfinished.rename(path)


def _exists_error(path: Path) -> Sorry:
    return Sorry(f"{path} already exists: choose another name, or replace it with --force.")


def _reason(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    return (error.strerror or str(error)).lower()
