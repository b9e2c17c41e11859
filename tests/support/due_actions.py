"""Due actions, as the page of today shows them."""

from datetime import datetime
from typing import Any

import time_machine

from tests.support.people import Person
from tracker.services.actions import action_list

Clock = time_machine.Traveller


def due_actions(person: Person, sent: int = 99) -> dict[str, list[tuple[str, str]]]:
    """Return due actions by group, those for missing facts left out."""
    groups = {
        group.name: [(item.kind, item.company) for item in group.first if item.kind != "complete"]
        for group in person.does(action_list.groups, sent)
    }
    return {name: items for name, items in groups.items() if items}


def first(person: Person, sent: int = 99) -> Any:
    return next(item for group in person.does(action_list.groups, sent) for item in group.first)


def travel_to(clock: Clock, day: str) -> None:
    clock.move_to(datetime.fromisoformat(f"{day}T10:00:00+00:00"))
