"""Files that are there whole or not at all: written beside their place, flushed to disk, then named."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from tracker.errors import Sorry

UNFINISHED = ".unfinished"
"""How the name of a file ends until it is whole."""


@contextmanager
def whole(path: Path, *, replace: bool = False) -> Iterator[BinaryIO]:
    """Write a file readable by its owner only; it gets its name at the end of the block, and no name on an error."""
    if path.exists() and not replace:
        raise _taken(path)
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
    """Flush the names in a folder to disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems can't
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
        raise _taken(path) from None
    except OSError:  # a file system without links
        if path.exists():
            raise _taken(path) from None
        unfinished.rename(path)


def _taken(path: Path) -> Sorry:
    return Sorry(f"{path} exists already: choose another name, or replace it with --force.")


def _reason(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    return (error.strerror or str(error)).lower()
