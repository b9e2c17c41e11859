"""The data folder: its path, its lock, and a check of free disk space."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tracker.disk import free_mb
from tracker.launch import CannotStart, writable
from tracker.launch.account import SHARED, reaches, unprivileged_account
from tracker.settings import CHECKOUT, Settings

LEAST_FREE_MB = 300
"""Free space needed to start."""


class AlreadyRuns(CannotStart):
    """Another process has the data folder locked; `address` is empty for a command that serves nothing."""

    def __init__(self, folder: Path) -> None:
        owner_record = _known(folder)
        owner = (
            f"{owner_record['address']} (process {owner_record['pid']})" if owner_record else "it is starting"
        )
        super().__init__(f"Pursuit already runs on {folder}: {owner}.")
        self.address = _served(owner_record)


def data_folder(config: Settings) -> Path:
    """Return PURSUIT_DATA_DIR, else `data` in the checkout, else a shared folder when root needs one."""
    if os.environ.get("PURSUIT_DATA_DIR"):
        return config.data_dir.expanduser().resolve()
    account = unprivileged_account()
    if account and not reaches(account, CHECKOUT):
        return SHARED
    return config.data_dir.resolve()


def prepare(folder: Path) -> None:
    """Create the folder with private permissions; raises CannotStart when it isn't writable or full."""
    try:
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True)
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        (folder / "run").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, writable.reason(folder, error)) from error
    if reason := writable.problem(folder) or writable.problem(folder / "run"):
        raise _unwritable(folder, reason)
    free = free_mb(folder)
    if free < LEAST_FREE_MB:
        raise CannotStart(
            f"The disk of {folder} is nearly full: {free} MB free, {LEAST_FREE_MB} MB needed; "
            f"make room or choose another --data-dir."
        )


def _unwritable(folder: Path, reason: str) -> CannotStart:
    return CannotStart(
        f"Pursuit can't write to the data folder {folder}: {reason}; choose another with --data-dir."
    )


@contextmanager
def owned(folder: Path, address: str) -> Iterator[None]:
    """Lock the folder for this process; the kernel releases the lock when the process ends."""
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
    """Return the address of the process that serves this folder; empty when there is none."""
    try:
        with (folder / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _served(_known(folder))
    except OSError:
        return ""
    return ""


def _served(owner_record: Mapping[str, str]) -> str:
    """Return the owner's address; a command writes a description of its task instead."""
    address = owner_record.get("address", "")
    return address if address.startswith(("http://", "https://")) else ""


def _known(folder: Path) -> dict[str, str]:
    """Return what the owner of the folder wrote to its lock file; empty while it is starting."""
    try:
        owner_record = json.loads((folder / "lock").read_text())
        return {name: str(owner_record[name]) for name in ("address", "pid")}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
