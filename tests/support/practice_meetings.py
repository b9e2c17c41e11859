"""Interviews to prepare for."""

from tests.support.people import Person
from tracker.services.interviews.scheduling import schedule
from tracker.services.preparation.practice_page import practice_page
from tracker.shapes.preparation import PractisedQuestion

AT = {"starts_at": "2026-11-20T14:30", "zone": "Europe/Berlin", "kind": "technical"}


def schedule_meeting(person: Person, role: str = "Backend engineer", **more: str) -> str:
    return person.call(schedule, person.add_application("Brightwater", role, **more), AT)


def questions_of(person: Person, interview: str) -> list[PractisedQuestion]:
    return [
        question for group in person.call(practice_page, interview).groups for question in group.questions
    ]
