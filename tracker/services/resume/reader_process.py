"""The process that opens a file: it takes bytes, returns JSON, and has limited memory and time.

It gets no settings and no credentials. Where the system allows it, it has no network and an empty file system, so that an
exploit finds nothing.
"""

import json
import os
import resource
import subprocess
import sys
from contextlib import suppress
from typing import Any

from tracker.services.resume.file_types import Unreadable
from tracker.services.resume.parsed_resume import ParsedResume
from tracker.settings import CHECKOUT

SECONDS, MEMORY = 30, 1024 * 1024 * 1024
PROTECTIONS = "--protections"
TOO_MUCH = "This file takes more time or memory to read than a resume should. Paste its text instead."


def read_isolated(content: bytes) -> ParsedResume:
    """Parse a resume's file in an isolated process; raises Unreadable with the reason."""
    answer = _run_child(content)
    if problem := str(answer.get("problem", "")):
        raise Unreadable(problem[:500])
    return ParsedResume.of_plain(answer.get("resume"))


def protections() -> str:
    """Return the protections of the isolated process, as it reports them."""
    answer = _run_child(b"", PROTECTIONS)
    return str(answer.get("protections") or "didn't start")


def _run_child(content: bytes, *options: str) -> dict[str, Any]:
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
    try:
        process = subprocess.run(
            [sys.executable, "-m", "tracker.services.resume.reader_process", *options],
            input=content, capture_output=True, timeout=SECONDS, cwd=CHECKOUT, env=environment, check=False,
        )  # fmt: skip
        answer: Any = json.loads(process.stdout) if process.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError):
        answer = {}
    return answer if isinstance(answer, dict) and answer else {"problem": TOO_MUCH}


def _limit() -> None:
    limits = (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    )
    for limit, most in limits:
        # macOS has no memory limit; the time limit applies there too.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def _main() -> None:
    from tracker.parent_death import die_with_parent
    from tracker.services.resume.file_text import preload
    from tracker.services.resume.isolation import isolate
    from tracker.services.resume.parse import parse_resume

    preload()
    content = sys.stdin.buffer.read()
    in_force = isolate()
    die_with_parent()  # After the isolation: the kernel clears it when the account changes.
    _limit()
    try:
        if PROTECTIONS in sys.argv:
            answer: dict[str, Any] = {"protections": in_force.sentence}
        else:
            answer = {"resume": parse_resume(content).as_plain()}
    except Unreadable as error:
        answer = {"problem": error.message}
    except (MemoryError, RecursionError):
        answer = {"problem": TOO_MUCH}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main()
