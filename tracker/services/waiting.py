"""What waits for the person whichever page they are on: how much is due, and which interview comes near."""

from sqlalchemy import text, update

from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Reminder, reminders
from tracker.services.actions import due
from tracker.services.reminders.wording import line
from tracker.shapes.waiting import Reminded, Waiting

_SHOWN = text("""
SELECT DISTINCT ON (i.starts_at, i.id) i.id, r.lead, i.kind, i.starts_at, i.zone, i.place, a.company, a.role
FROM reminder r
JOIN interview i ON i.user_id = r.user_id AND i.id = r.interview_id
JOIN application a ON a.user_id = i.user_id AND a.id = i.application_id
WHERE r.user_id = :user_id AND NOT r.is_silent AND r.dismissed_at IS NULL
  AND r.starts_at > :now AND i.starts_at = r.starts_at AND i.state = 'scheduled' AND a.deleted_at IS NULL
ORDER BY i.starts_at, i.id, r.made_at DESC
LIMIT 5
""")


def waiting(scope: Scope) -> Waiting:
    """How many things are due by today, and the reminders that weren't dismissed, of interviews still to begin."""
    return Waiting(due.number(scope), _reminded(scope))


def dismiss(scope: Scope, interview_id: str) -> None:
    """Take an interview's reminders off every page; the next one, nearer to it, comes all the same."""
    mine = (reminders.user_id == scope.user_id, reminders.interview_id == as_uuid(interview_id, Reminder))
    gone = update(Reminder).where(*mine, reminders.dismissed_at.is_(None)).values(dismissed_at=scope.now)
    if not scope.rows(gone.returning(reminders.lead)):
        raise NotFound("reminder")


def _reminded(scope: Scope) -> list[Reminded]:
    rows = scope.rows(_SHOWN, {"user_id": scope.user_id, "now": scope.now})
    return [line(scope, row) for row in rows]
