"""Applications whose steps have dates."""

from datetime import UTC, datetime, timedelta

import time_machine

from tests.support.people import Person
from tracker.services.applications.field_edits import edit
from tracker.services.applications.stage_moves import move

STAGES = ("saved", "applied", "screening", "interviewing", "offer")


def at(day: int, minute: int = 0) -> datetime:
    """Return nine in the morning of a day of October 2026, in Berlin; 34 is 3 November."""
    return datetime(2026, 9, 30, 7, minute, tzinfo=UTC) + timedelta(days=day)


def story(person: Person, company: str, *steps: tuple[int, str], **added: str) -> str:
    """Add an application in the stage of the first step, and move it through the others, by October day."""
    (began, stage), *moves = steps
    with time_machine.travel(at(began), tick=False) as clock:
        row_id = person.add_application(company, stage=stage, **added)
        for day, step in moves:
            clock.move_to(at(day, 30))
            if step.startswith("sent "):
                before = person.row("application", row_id)["applied_on"]
                person.call(edit, row_id, "applied_on", step[5:], str(before or ""))
            elif step in STAGES:
                person.call(move, [row_id], step)
            else:
                person.call(move, [row_id], "closed", step)
    return row_id
