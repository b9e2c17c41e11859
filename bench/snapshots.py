"""Timings of rebuilding a user's daily snapshots from the event log, and of taking one."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from tracker.db import Scope, scoped
from tracker.services.figures import snapshots
from tracker.shapes.people import Who


def measured(user_id: UUID, rounds: int = 5) -> str:
    """Return the median times to rebuild all snapshots, to take one, and to fill in none, one per line."""
    user = Who(user_id, timezone="Europe/Berlin")
    services: dict[str, Callable[[Scope], Any]] = {
        "rebuild every day": snapshots.rebuild,
        "take last night's row": lambda scope: snapshots.take(scope, scope.today - timedelta(days=1)),
        "fill in when nothing is missing": snapshots.fill,
    }
    return "\n".join(f"{name}: {_median(user, service, rounds)}" for name, service in services.items())


def fill(user_id: UUID) -> None:
    """Store the snapshots of all past days, as the worker does day by day."""
    with scoped(Who(user_id, timezone="Europe/Berlin")) as scope:
        snapshots.fill(scope)


def _median(user: Who, service: Callable[[Scope], Any], rounds: int) -> str:
    seconds, result = [], None
    for _ in range(rounds):
        started = time.perf_counter()
        with scoped(user) as scope:
            result = service(scope)
        seconds.append(time.perf_counter() - started)
    days = f", {result} days" if type(result) is int and result else ""
    return f"{1000 * sorted(seconds)[rounds // 2]:.0f} ms{days}"
