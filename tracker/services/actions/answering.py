"""What a person does with a next action: put it off, dismiss it, or say that it is done."""

from datetime import date, timedelta

from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope
from tracker.errors import Invalid, NotFound
from tracker.models import HiddenAction
from tracker.services import timeline
from tracker.services.applications.stage_moves import locked_applications
from tracker.services.interviews.scheduling import locked_interview, touch
from tracker.shapes.words import ActionKind, EventKind, InterviewKind

LONGEST = 90
"""Days for which an action may be put off."""


def snooze(scope: Scope, application_id: str, kind: str, about: str, days: int) -> str:
    """Put an action off for 1 to 90 days; the next occasion of its kind isn't meant."""
    if not isinstance(days, int) or not 1 <= days <= LONGEST:
        raise Invalid({"days": f"Put it off for 1 to {LONGEST} days."})
    word = _keep(scope, application_id, kind, about, scope.today + timedelta(days=days))
    return f"{word.label}: put off for {days} day{'' if days == 1 else 's'}"


def dismiss(scope: Scope, application_id: str, kind: str, about: str) -> str:
    """Take an action off the list for good; the next occasion of its kind isn't meant."""
    return f"{_keep(scope, application_id, kind, about, None).label}: dismissed"


def thank(scope: Scope, interview_id: str) -> str:
    """Say that those one has met were thanked."""
    row = locked_interview(scope, interview_id)
    if row.thanked_at is None:
        row.thanked_at = scope.now
        touch(scope, row)
        timeline.record(
            scope, EventKind.INTERVIEW_THANKED, row.application_id, id=str(row.id), interview=row.kind
        )
    return f"Thank-you for the {InterviewKind(row.kind).label.lower()} noted"


def _keep(scope: Scope, application_id: str, kind: str, about: str, until: date | None) -> ActionKind:
    if kind not in set(ActionKind) or not 1 <= len(about) <= 60:
        raise NotFound("action")
    row, word = locked_applications(scope, [application_id])[0], ActionKind(kind)
    values = {"user_id": scope.user_id, "application_id": row.id, "kind": word.value, "about": about}
    made = insert(HiddenAction).values(**values, until=until, set_at=scope.now)
    made = made.on_conflict_do_update(
        index_elements=list(values), set_={"until": made.excluded.until, "set_at": made.excluded.set_at}
    )
    scope.session.execute(made)
    what = EventKind.ACTION_DISMISSED if until is None else EventKind.ACTION_SNOOZED
    timeline.record(scope, what, row.id, name=word.label.lower(), action=word.value, about=about)
    return word
