"""The process that opens a file: it takes bytes, gives JSON, and may use only so much memory and time.

It knows no setting, no database and no network address, and where the system lets it, it has no network and an empty
file system; whoever breaks into it finds nothing there.
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
PROTECTIONS = "--protections"
TOO_MUCH = "This file takes more time or memory to read than a resume should. Paste its text instead."


def read_apart(content: bytes) -> Found:
    """What a resume's file holds, read in a process of its own; Unreadable says in words why it can't be read."""
    told = _child_answers(content)
    if trouble := str(told.get("trouble", "")):
        raise Unreadable(trouble[:500])
    return Found.of_plain(told.get("found"))


def protections() -> str:
    """Say what the process that opens files is cut off from, as that process finds it."""
    told = _child_answers(b"", PROTECTIONS)
    return str(told.get("protections") or "didn't start")


def _child_answers(content: bytes, *options: str) -> dict[str, Any]:
    known = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tracker.services.profile.resume.child", *options],
            input=content, capture_output=True, timeout=SECONDS, cwd=CHECKOUT, env=known, check=False,
        )  # fmt: skip
        told: Any = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError):
        told = {}
    return told if isinstance(told, dict) and told else {"trouble": TOO_MUCH}


def _limit() -> None:
    limits = (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    )
    for limit, most in limits:
        # macOS knows no limit of memory; the time limit holds there too.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def _main() -> None:
    from tracker.launch.parent_death import die_with_parent
    from tracker.services.profile.resume.extracting import preload
    from tracker.services.profile.resume.isolation import isolate
    from tracker.services.profile.resume.reading import found_in

    preload()
    content = sys.stdin.buffer.read()
    in_force = isolate()
    die_with_parent()  # only now: a change of account, as part of the isolation, makes the kernel forget it
    _limit()
    try:
        if PROTECTIONS in sys.argv:
            told: dict[str, Any] = {"protections": in_force.sentence}
        else:
            told = {"found": found_in(content).as_plain()}
    except Unreadable as sorry:
        told = {"trouble": sorry.message}
    except (MemoryError, RecursionError):
        told = {"trouble": TOO_MUCH}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    _main()
