"""Environment variables with the addresses of a test's servers."""

import os
from collections.abc import Mapping

from tracker import cache, db
from tracker.settings import settings


def set_variables(values: Mapping[str, str | None]) -> None:
    """Set variables, or remove those that are None, and clear what was built from the old settings."""
    if db.engine.cache_info().currsize:
        db.engine().dispose()
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    for cached in (settings, db.engine, cache.valkey):
        cached.cache_clear()
