"""Which code Pursuit runs: so that a supervisor notices that it was replaced, as by `git pull`, under it."""

import hashlib
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

from tracker.settings import CHECKOUT

PROGRAMS = ("tracker/**/*.py", "worker/**/*.py", "alembic/versions/*.py", "rxconfig.py")
PACKAGES = ("requirements.lock",)


def programs() -> str:
    """Return what the programs are made of, as one short word."""
    return _digest(path for pattern in PROGRAMS for path in sorted(CHECKOUT.glob(pattern)))


def packages() -> str:
    """Return what packages they need, as one short word."""
    return _digest(CHECKOUT / name for name in PACKAGES)


def start_again(environment: Mapping[str, str]) -> NoReturn:
    """Turn this process into the command that it was started with, in the environment it was started with."""
    os.execve(sys.executable, sys.orig_argv, dict(environment))  # noqa: S606


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        try:
            digest.update(f"{path.relative_to(CHECKOUT)}\0".encode() + path.read_bytes())
        except OSError:  # such as one that is being replaced at this moment
            digest.update(b"\0unreadable")
    return digest.hexdigest()[:20]
