"""Interviews to prepare for."""

from tests.support.people import Person
from tracker.services.interviews.scheduling import schedule
from tracker.services.preparation.practice_page import practice_page
from tracker.shapes.preparation import PractisedQuestion

AT = {"starts_at": "2026-11-20T14:30", "zone": "Europe/Berlin", "kind": "technical"}


def meeting(person: Person, role: str = "Backend engineer", **more: str) -> str:
    return person.does(schedule, person.adds("Brightwater", role, **more), AT)


def listed(person: Person, of: str) -> list[PractisedQuestion]:
    return [one for group in person.does(practice_page, of).groups for one in group.questions]
