"""Application factory that Granian calls in its worker processes."""

import contextlib
import resource
from importlib import import_module
from typing import Any

from tracker import logs
from tracker.launch import garbage_collector, gate
from tracker.parent_death import die_with_parent

OPEN_FILES = 16_384
"""Enough open files for every connection of the web server and for its own files."""


def app() -> Any:
    """Create the application in a process that ends with its parent."""
    die_with_parent()
    raise_open_files()
    logs.configure()
    with garbage_collector.paused_while_loading():
        application = import_module("tracker.tracker").app()
    gate.wait()
    return application


def raise_open_files() -> None:
    """Raise the limit of open files to OPEN_FILES, or as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    target = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < target:
        with contextlib.suppress(OSError, ValueError):  # macOS caps it below an unlimited hard limit
            resource.setrlimit(resource.RLIMIT_NOFILE, (target, hard))
