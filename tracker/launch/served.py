"""What Granian loads in its worker process."""

from importlib import import_module
from typing import Any

from tracker.launch.parent_death import die_with_parent


def app() -> Any:
    """Make the application, in a process that ends with the Granian that started it."""
    die_with_parent()
    return import_module("tracker.tracker").app()
