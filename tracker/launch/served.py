"""What Granian loads in its worker process."""

import contextlib
import resource
from importlib import import_module
from typing import Any

from tracker import logs
from tracker.launch import collection, gate
from tracker.launch.parent_death import die_with_parent

OPEN_FILES = 16_384
"""Enough for every connection that the web server holds, with the files and connections that it opens for them."""


def app() -> Any:
    """Make the application, in a process that ends with its Granian and logs safely."""
    die_with_parent()
    raise_open_files()
    logs.configure()
    with collection.loading():
        application = import_module("tracker.tracker").app()
    gate.wait()
    return application


def raise_open_files() -> None:
    """Allow this process OPEN_FILES open files, or as many as the system lets it have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(OSError, ValueError):  # macOS caps it below an unlimited hard limit
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
