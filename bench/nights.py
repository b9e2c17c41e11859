"""What it costs to tell a long search's days anew from its log, and to take one night's row."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from tracker.db import Scope, scoped
from tracker.services import snapshots
from tracker.shapes.people import Who


def told(person: UUID, rounds: int = 5) -> str:
    """A line for each: all days anew, one night, and a night when nothing is missing."""
    who = Who(person, timezone="Europe/Berlin")
    verbs: dict[str, Callable[[Scope], Any]] = {
        "rebuild every day": snapshots.rebuild,
        "take last night's row": lambda scope: snapshots.take(scope, scope.today - timedelta(days=1)),
        "fill in when nothing is missing": snapshots.fill,
    }
    return "\n".join(f"{name}: {_median(who, verb, rounds)}" for name, verb in verbs.items())


def kept(person: UUID) -> None:
    """The snapshots of every day that is over, as the worker keeps them night by night."""
    with scoped(Who(person, timezone="Europe/Berlin")) as scope:
        snapshots.fill(scope)


def _median(who: Who, verb: Callable[[Scope], Any], rounds: int) -> str:
    took, said = [], None
    for _ in range(rounds):
        begun = time.perf_counter()
        with scoped(who) as scope:
            said = verb(scope)
        took.append(time.perf_counter() - begun)
    days = f", {said} days" if type(said) is int and said else ""
    return f"{1000 * sorted(took)[rounds // 2]:.0f} ms{days}"
