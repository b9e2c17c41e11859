"""The user's decisions about actions: snooze, dismiss, or mark as done."""

from datetime import date, timedelta

from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope
from tracker.errors import Invalid, NotFound
from tracker.models import HiddenAction
from tracker.services import timeline
from tracker.services.applications.stage_moves import locked_applications
from tracker.services.interviews.scheduling import locked_interview, touch
from tracker.shapes.enumerations import ActionKind, EventKind, InterviewKind

MAX_DAYS = 90
"""Maximum number of days to snooze an action."""


def snooze(scope: Scope, application_id: str, kind: str, about: str, days: int) -> str:
    """Snooze an action for 1 to 90 days; later occurrences aren't affected."""
    if not isinstance(days, int) or not 1 <= days <= MAX_DAYS:
        raise Invalid({"days": f"Snooze it for 1 to {MAX_DAYS} days."})
    action = _hide(scope, application_id, kind, about, scope.today + timedelta(days=days))
    return f"{action.label}: snoozed for {days} day{'' if days == 1 else 's'}"


def dismiss(scope: Scope, application_id: str, kind: str, about: str) -> str:
    """Dismiss an action; later occurrences aren't affected."""
    return f"{_hide(scope, application_id, kind, about, None).label}: dismissed"


def mark_thanked(scope: Scope, interview_id: str) -> str:
    """Store that the interviewers were thanked."""
    row = locked_interview(scope, interview_id)
    if row.thanked_at is None:
        row.thanked_at = scope.now
        touch(scope, row)
        timeline.record(
            scope, EventKind.INTERVIEW_THANKED, row.application_id, id=str(row.id), interview=row.kind
        )
    return f"Thank-you note for the {InterviewKind(row.kind).noun} marked as sent"


def _hide(scope: Scope, application_id: str, kind: str, about: str, until: date | None) -> ActionKind:
    if kind not in set(ActionKind) or not 1 <= len(about) <= 60:
        raise NotFound("action")
    row, action = locked_applications(scope, [application_id])[0], ActionKind(kind)
    values = {"user_id": scope.user_id, "application_id": row.id, "kind": action.value, "about": about}
    upsert = insert(HiddenAction).values(**values, until=until, set_at=scope.now)
    upsert = upsert.on_conflict_do_update(
        index_elements=list(values), set_={"until": upsert.excluded.until, "set_at": upsert.excluded.set_at}
    )
    scope.session.execute(upsert)
    event_kind = EventKind.ACTION_DISMISSED if until is None else EventKind.ACTION_SNOOZED
    timeline.record(scope, event_kind, row.id, name=action.label.lower(), action=action.value, about=about)
    return action
