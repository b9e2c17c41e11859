"""The dialogs: add an application, contact or position, schedule or move an interview."""

from tracker.db import Scope
from tracker.services.applications import creation
from tracker.services.contacts import contact_changes as contacts
from tracker.services.idempotency import run_once
from tracker.services.interviews import scheduling
from tracker.services.profile import edits as profile
from tracker.services.profile import profile_page
from tracker.services.undo import undoable_batch
from tracker.shapes.notice import Done
from tracker.shapes.profile_page import AddedPosition
from tracker.shapes.words import InterviewKind, Stage


def add_application(scope: Scope, typed: dict[str, str], key: str) -> Done[None]:
    """Add an application; Invalid names each wrong field."""
    return Done(run_once(scope, key, _add_application, typed), "", None)


def add_contact(scope: Scope, typed: dict[str, str], application_id: str, key: str) -> Done[None]:
    """Add a contact, linked to an application where one is named; Invalid names each wrong field."""
    return Done(run_once(scope, key, _add_contact, typed, application_id), "", None)


def schedule_interview(scope: Scope, application_id: str, typed: dict[str, str], key: str) -> Done[None]:
    """Put an interview on the calendar; Invalid names each wrong field."""
    return Done(*run_once(scope, key, _schedule_interview, application_id, typed), None)


def move_interview(scope: Scope, interview_id: str, typed: dict[str, str]) -> Done[None]:
    """Give an interview another time; Invalid names each wrong field."""
    return Done(scheduling.move(scope, interview_id, typed), str(scope.batch), None)


def add_position(scope: Scope, typed: dict[str, str], key: str) -> Done[AddedPosition]:
    """Add a position to the profile; its identifier, and the profile with it."""
    position_id, batch = run_once(scope, key, _add_position, typed)
    scope.look_again()
    added = AddedPosition(position_id, profile_page.page(scope))
    return Done(f"{typed['title'].strip()} added", batch, added)


def blank_interview(scope: Scope, application_id: str) -> dict[str, str]:
    """Return the first values of the form; without an application, one hour in the user's zone."""
    if application_id:
        return scheduling.blank(scope, application_id)
    return {
        "kind": InterviewKind.RECRUITER_SCREEN.value,
        "round": "1",
        "starts_at": "",
        "zone": scope.who.timezone or "UTC",
        "fold": "",
        "minutes": "60",
    }


def _add_application(scope: Scope, typed: dict[str, str]) -> str:
    creation.add(scope, typed, typed.get("stage", Stage.SAVED.value))
    return f"{typed['role'].strip()} at {typed['company'].strip()} added"


def _add_contact(scope: Scope, typed: dict[str, str], application_id: str) -> str:
    contacts.add(scope, typed, application_id)
    return f"{typed.get('name', '').strip()} added"


def _schedule_interview(scope: Scope, application_id: str, typed: dict[str, str]) -> tuple[str, str]:
    scheduling.schedule(scope, application_id, typed)
    return f"{InterviewKind(typed.get('kind') or 'other').label} scheduled", str(scope.batch)


def _add_position(scope: Scope, typed: dict[str, str]) -> tuple[str, str]:
    return profile.add_position(scope, typed), undoable_batch(scope)
