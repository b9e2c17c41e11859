"""Dialogs: add an application, contact or position, and schedule or move an interview."""

from tracker.db import Scope
from tracker.errors import Invalid
from tracker.services import preferences
from tracker.services.applications import application_list, creation
from tracker.services.contacts import contact_changes as contacts
from tracker.services.idempotency import run_once
from tracker.services.interviews import calendar_slots, interview_lists, scheduling
from tracker.services.profile import edits as profile
from tracker.services.profile import profile_page
from tracker.services.undo import undoable_batch
from tracker.shapes.enumerations import InterviewKind, Stage
from tracker.shapes.filters import Filters
from tracker.shapes.interviews import TimeForm
from tracker.shapes.notice import Done
from tracker.shapes.profile_page import AddedPosition

OFFERED = 50
"""Maximum number of applications that the dialog offers."""


def add_application(scope: Scope, typed: dict[str, str], key: str) -> Done[None]:
    """Add an application; raises Invalid, which names every invalid field."""
    return Done(run_once(scope, key, _add_application, typed), "", None)


def add_contact(scope: Scope, typed: dict[str, str], application_id: str, key: str) -> Done[None]:
    """Add a contact, linked to an application if one is given; raises Invalid."""
    return Done(run_once(scope, key, _add_contact, typed, application_id), "", None)


def schedule_interview(scope: Scope, application_id: str, typed: dict[str, str], key: str) -> Done[None]:
    """Schedule an interview; raises Invalid, which names every invalid field."""
    return Done(*run_once(scope, key, _schedule_interview, application_id, typed), None)


def move_interview(scope: Scope, interview_id: str, typed: dict[str, str]) -> Done[None]:
    """Move an interview to another time; raises Invalid, which names every invalid field."""
    return Done(scheduling.move(scope, interview_id, typed), str(scope.batch), None)


def drop_interview(scope: Scope, interview_id: str, starts_at: str) -> Done[None]:
    """Move an interview to a day, or to a local time in the user's time zone."""
    return Done(calendar_slots.drop(scope, interview_id, starts_at), str(scope.batch), None)


def add_position(scope: Scope, typed: dict[str, str], key: str) -> Done[AddedPosition]:
    """Add a position to the profile; return its id and the changed profile."""
    position_id, batch = run_once(scope, key, _add_position, typed)
    scope.reread()
    added = AddedPosition(position_id, profile_page.page(scope))
    return Done(f"{typed['title'].strip()} added", batch, added)


def begin_schedule(scope: Scope, application_id: str, offers: bool, starts_at: str = "") -> TimeForm:
    """Return the form for a new interview; if `offers`, with the latest open applications to choose from.

    `starts_at` is a day, or a local time in the user's time zone.
    """
    typed = blank_interview(scope, application_id)
    if starts_at:
        typed["starts_at"] = calendar_slots.proposed_start(starts_at)
    return time_form(scope, typed, offers=offers)


def begin_move(scope: Scope, interview_id: str) -> TimeForm:
    """Return the form for moving an interview, with its current time."""
    typed = interview_lists.detail(scope, interview_id).typed
    return time_form(scope, typed, interview_id)


def offer_applications(scope: Scope, words: str) -> tuple[list[tuple[str, str]], bool]:
    """Return open applications or matches as (id, label), and whether there are more."""
    filters = Filters(q=words) if words.strip() else Filters(stage="open")
    offered = application_list.page(scope, filters, "", OFFERED)
    return [(card.id, f"{card.role} at {card.company}") for card in offered.cards], bool(offered.after)


def blank_interview(scope: Scope, application_id: str) -> dict[str, str]:
    """Return the initial values of the form; without an application, one hour in the user's time zone."""
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


def time_form(scope: Scope, typed: dict[str, str], except_id: str = "", *, offers: bool = False) -> TimeForm:
    """Return a form with these values; if `offers`, with the latest open applications to choose from.

    The interview `except_id` isn't reported as overlapping.
    """
    starts, zone, minutes, fold = (typed.get(name, "") for name in ("starts_at", "zone", "minutes", "fold"))
    preview = scheduling.preview(scope, starts, zone, minutes, fold, except_id)
    offered, has_more = offer_applications(scope, "") if offers else ([], False)
    return TimeForm(typed, preview, preferences.zones(scope.now, zone), offered, has_more)


def _add_application(scope: Scope, typed: dict[str, str]) -> str:
    company, role, address = (typed.get(name, "") for name in ("company", "role", "posting_url"))
    duplicates = creation.possible_duplicates(scope, company, role, address)
    application_id = creation.add(scope, typed, typed.get("stage", Stage.SAVED.value))
    _add_contact_of_posting(scope, typed, application_id)
    hint = f". You also have {duplicates[0].name} ({duplicates[0].standing})" if duplicates else ""
    return f"{role.strip()} at {company.strip()} added{hint}"


def _add_contact_of_posting(scope: Scope, typed: dict[str, str], application_id: str) -> None:
    """Add the contact that the form names; raises Invalid beside the form's fields."""
    contact = {field: typed.get(f"contact_{field}", "") for field in ("name", "email")}
    if not any(value.strip() for value in contact.values()):
        return
    try:
        contacts.add(scope, {**contact, "company": typed.get("company", "")}, application_id)
    except Invalid as error:
        raise Invalid({f"contact_{field}": message for field, message in error.fields.items()}) from None


def _add_contact(scope: Scope, typed: dict[str, str], application_id: str) -> str:
    contacts.add(scope, typed, application_id)
    return f"{typed.get('name', '').strip()} added"


def _schedule_interview(scope: Scope, application_id: str, typed: dict[str, str]) -> tuple[str, str]:
    scheduling.schedule(scope, application_id, typed)
    return f"{InterviewKind(typed.get('kind') or 'other').noun.capitalize()} scheduled", str(scope.batch)


def _add_position(scope: Scope, typed: dict[str, str]) -> tuple[str, str]:
    return profile.add_position(scope, typed), undoable_batch(scope)
