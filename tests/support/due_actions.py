"""Due actions, as the page of today shows them."""

from datetime import datetime
from typing import Any

import time_machine

from tests.support.people import Person
from tracker.services.actions import action_list

Clock = time_machine.Traveller


def due_actions(person: Person, sent: int = 99) -> dict[str, list[tuple[str, str]]]:
    """Return due actions by period, those for missing facts left out."""
    items = [item for group in person.call(action_list.groups, sent) for item in group.first]
    periods: dict[str, list[tuple[str, str]]] = {}
    for name in ("late", "today", "ahead", "tidy"):
        due = [(item.kind, item.company) for item in items if item.period == name and item.kind != "complete"]
        periods |= {name: due} if due else {}
    return periods


def first(person: Person, sent: int = 99) -> Any:
    return next(item for group in person.call(action_list.groups, sent) for item in group.first)


def travel_to(clock: Clock, day: str) -> None:
    clock.move_to(datetime.fromisoformat(f"{day}T10:00:00+00:00"))
