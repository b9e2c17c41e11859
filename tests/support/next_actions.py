"""Next actions, as the page of today shows them."""

from datetime import datetime
from typing import Any

import time_machine

from tests.support.people import Person
from tracker.services.actions import due

Clock = time_machine.Traveller


def found(person: Person, sent: int = 99) -> dict[str, list[tuple[str, str]]]:
    """What is due but for missing facts, which test_missing_facts is about."""
    seen = {
        group.name: [(item.kind, item.company) for item in group.first if item.kind != "complete"]
        for group in person.does(due.groups, sent)
    }
    return {name: items for name, items in seen.items() if items}


def first(person: Person, sent: int = 99) -> Any:
    return next(item for group in person.does(due.groups, sent) for item in group.first)


def on(clock: Clock, day: str) -> None:
    clock.move_to(datetime.fromisoformat(f"{day}T10:00:00+00:00"))
