"""The process that opens a file: it takes bytes, gives JSON, and may use only so much memory and time.

It knows no setting, no database and no network address; whoever breaks into it finds nothing there.
"""

import json
import os
import resource
import subprocess
import sys
from contextlib import suppress
from typing import Any

from tracker.services.profile.resume.found import Found
from tracker.services.profile.resume.kinds import Unreadable
from tracker.settings import CHECKOUT

SECONDS, MEMORY = 30, 1024 * 1024 * 1024
TOO_MUCH = "This file takes more time or memory to read than a resume should. Paste its text instead."


def read_apart(content: bytes) -> Found:
    """What a resume's file holds, read in a process of its own; Unreadable says in words why it can't be read."""
    known = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tracker.services.profile.resume.child"],
            input=content, capture_output=True, timeout=SECONDS, cwd=CHECKOUT, env=known, check=False,
        )  # fmt: skip
        told: Any = json.loads(done.stdout) if done.returncode == 0 else {"trouble": TOO_MUCH}
    except (subprocess.TimeoutExpired, ValueError):
        told = {"trouble": TOO_MUCH}
    if trouble := str(told.get("trouble", "")):
        raise Unreadable(trouble[:500])
    return Found.of_plain(told.get("found"))


def _limit() -> None:
    limits = (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for limit, most in limits:
        # macOS knows no limit of memory; the time limit holds there too.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def _main() -> None:
    from tracker.services.profile.resume.reading import found_in

    _limit()
    try:
        told: dict[str, Any] = {"found": found_in(sys.stdin.buffer.read()).as_plain()}
    except Unreadable as sorry:
        told = {"trouble": sorry.message}
    except (MemoryError, RecursionError):
        told = {"trouble": TOO_MUCH}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    _main()
