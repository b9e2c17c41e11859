"""What Granian loads in its worker process."""

from importlib import import_module
from typing import Any

from tracker import logs
from tracker.launch.parent_death import die_with_parent


def app() -> Any:
    """Make the application, in a process that ends with its Granian and logs safely."""
    die_with_parent()
    logs.configure()
    return import_module("tracker.tracker").app()
