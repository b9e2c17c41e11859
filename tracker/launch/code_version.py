"""Hashes of the code and the packages, by which the supervisor notices an update such as `git pull`."""

import hashlib
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

from tracker.settings import CHECKOUT

PROGRAMS = ("tracker/**/*.py", "worker/**/*.py", "alembic/versions/*.py", "rxconfig.py")
PACKAGES = ("requirements.lock",)


def programs_hash() -> str:
    """Return a hash of the programs' code."""
    return _digest(path for pattern in PROGRAMS for path in sorted(CHECKOUT.glob(pattern)))


def packages_hash() -> str:
    """Return a hash of the lock file."""
    return _digest(CHECKOUT / name for name in PACKAGES)


def restart(environment: Mapping[str, str]) -> NoReturn:
    """Replace this process with the command that started it, in the given environment."""
    os.execve(sys.executable, sys.orig_argv, dict(environment))  # noqa: S606


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        try:
            digest.update(f"{path.relative_to(CHECKOUT)}\0".encode() + path.read_bytes())
        except OSError:  # Such as a file that is being replaced right now.
            digest.update(b"\0unreadable")
    return digest.hexdigest()[:20]
