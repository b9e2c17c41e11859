"""A process that opens an untrusted file, takes bytes and returns JSON.

It has limited memory and time, and gets no settings and no credentials. Where the system allows it, it has no network and an empty file system, so that an
exploit finds nothing.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tracker.errors import Sorry
from tracker.services.isolation import Protections, isolate
from tracker.settings import CHECKOUT

SECONDS, MEMORY = 30, 1024 * 1024 * 1024
PROTECTIONS = "--protections"


class Unreadable(Sorry):
    """A file that can't be read, with the reason."""


def run(module: str, content: bytes, *options: str) -> dict[str, Any]:
    """Run a module in an isolated process on a file; return its answer, empty if it was stopped."""
    try:
        answer: Any = json.loads(output(module, content, *options) or b"{}")
    except ValueError:
        answer = {}
    return answer if isinstance(answer, dict) else {}


def output(module: str, content: bytes, *options: str, seconds: int | None = None) -> bytes:
    """Run a module in an isolated process on a file; return what it writes, empty if it was stopped."""
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
    try:
        process = subprocess.run(
            [sys.executable, "-m", module, *options],
            input=content, capture_output=True, timeout=seconds or SECONDS, cwd=CHECKOUT, env=environment, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return b""
    return process.stdout if process.returncode == 0 else b""


def serve(preload: Callable[[], None], read: Callable[[bytes, list[str]], dict[str, Any]]) -> None:
    """Read the bytes of standard input, isolated, and write the answer or the problem as JSON.

    An empty answer says that the file took too much memory.
    """
    content, in_force = isolated_input(preload)
    try:
        if PROTECTIONS in sys.argv:
            answer: dict[str, Any] = {"protections": in_force.sentence}
        else:
            answer = read(content, sys.argv[1:])
    except Unreadable as error:
        answer = {"problem": error.message}
    except (MemoryError, RecursionError):
        answer = {}
    sys.stdout.write(json.dumps(answer))


def isolated_input(
    preload: Callable[[], None], seconds: int = SECONDS, memory: int = MEMORY
) -> tuple[bytes, Protections]:
    """Isolate this process and limit it; return the bytes of its standard input, and the protections.

    `preload` loads everything that reading may need, since the isolated process has no file system.
    """
    from tracker.parent_death import die_with_parent

    preload()
    content = sys.stdin.buffer.read()
    in_force = isolate()
    die_with_parent()  # After the isolation: the kernel clears it when the account changes.
    _limit(seconds, memory)
    return content, in_force


def _limit(seconds: int, memory: int) -> None:
    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    )
    for limit, most in limits:
        # macOS has no memory limit; the time limit applies there too.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))
