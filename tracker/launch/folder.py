"""The data folder: where it lies, that one start at a time owns it, and that there is room."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tracker.disk import free_mb
from tracker.launch import CannotStart, writable
from tracker.launch.account import SHARED, reaches, unprivileged
from tracker.settings import CHECKOUT, Settings

LEAST_FREE_MB = 300
"""What a start asks for."""


class AlreadyRuns(CannotStart):
    """Another process owns the data folder; `address` is where it serves, empty for a command that doesn't."""

    def __init__(self, folder: Path) -> None:
        known = _known(folder)
        owner = f"{known['address']} (process {known['pid']})" if known else "it is just starting"
        super().__init__(f"Pursuit already runs on {folder}: {owner}.")
        self.address = _served(known)


def data_folder(given: Settings) -> Path:
    """The operator's folder, else `data` in the checkout, or as root a shared one if need be."""
    if os.environ.get("PURSUIT_DATA_DIR"):
        return given.data_dir.expanduser().resolve()
    account = unprivileged()
    if account and not reaches(account, CHECKOUT):
        return SHARED
    return given.data_dir.resolve()


def prepare(folder: Path) -> None:
    """Makes the folder, ours alone (others may pass through root's); refuses when the disk is nearly full."""
    try:
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True)
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        (folder / "run").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, writable.reason(folder, error)) from error
    if why := writable.problem(folder) or writable.problem(folder / "run"):
        raise _unwritable(folder, why)
    free = free_mb(folder)
    if free < LEAST_FREE_MB:
        raise CannotStart(
            f"The disk of {folder} is nearly full: {free} MB free, {LEAST_FREE_MB} MB needed; "
            f"make room or choose another --data-dir."
        )


def _unwritable(folder: Path, why: str) -> CannotStart:
    return CannotStart(
        f"Pursuit can't write to the data folder {folder}: {why}; choose another with --data-dir."
    )


@contextmanager
def owned(folder: Path, address: str) -> Iterator[None]:
    """Holds the folder for this process alone; the kernel lets go of it however the process ends."""
    with (folder / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRuns(folder) from None
        lock.truncate(0)
        lock.write(json.dumps({"address": address, "pid": os.getpid()}))
        lock.flush()
        yield


def running_address(folder: Path) -> str:
    """Return where the owner of the folder serves; empty when nobody owns it, or a command that serves nothing."""
    try:
        with (folder / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _served(_known(folder))
    except OSError:
        return ""
    return ""


def _served(known: Mapping[str, str]) -> str:
    """The address that the owner of a folder noted; a command notes in words what it is at."""
    address = known.get("address", "")
    return address if address.startswith(("http://", "https://")) else ""


def _known(folder: Path) -> dict[str, str]:
    """Return what the owner of the folder wrote of itself; nothing while it is just starting."""
    try:
        known = json.loads((folder / "lock").read_text())
        return {name: str(known[name]) for name in ("address", "pid")}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
