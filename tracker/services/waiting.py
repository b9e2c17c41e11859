"""What waits for the person whichever page they are on: how much is due, and which interview comes near."""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import DateTime, Uuid, column, select, text, true, update

from tracker import zones
from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Reminder, reminders
from tracker.services.actions import due
from tracker.services.prepared_queries import prepared_query
from tracker.services.reminders.reminder_texts import as_item
from tracker.shapes.waiting import Waiting

_SHOWN = text("""
SELECT DISTINCT ON (i.starts_at, i.id) i.id, r.lead, i.kind, i.starts_at, i.zone, i.place, a.company, a.role
FROM reminder r
JOIN interview i ON i.user_id = r.user_id AND i.id = r.interview_id
JOIN application a ON a.user_id = i.user_id AND a.id = i.application_id
WHERE r.user_id = :scope_user_id AND NOT r.is_silent AND r.dismissed_at IS NULL
  AND r.starts_at > :scope_now AND i.starts_at = r.starts_at AND i.state = 'scheduled' AND a.deleted_at IS NULL
ORDER BY i.starts_at, i.id, r.made_at DESC
LIMIT 5
""").columns(
    column("id", Uuid()),
    *map(column, ("lead", "kind")),
    column("starts_at", DateTime(timezone=True)),
    *map(column, ("zone", "place", "company", "role")),
)
_NEXT = text("""
SELECT min(v.moment) AS next_moment
FROM interview i, LATERAL (VALUES (i.starts_at), (i.starts_at + make_interval(mins => i.minutes))) AS v(moment)
WHERE i.user_id = :scope_user_id AND i.state = 'scheduled' AND v.moment > :scope_now
  AND i.starts_at BETWEEN :scope_now - interval '24 hours' AND :scope_now + interval '24 hours'
""").columns(column("next_moment", DateTime(timezone=True)))


def waiting(scope: Scope) -> Waiting:
    """How many things are due by today, and the reminders that weren't dismissed, of interviews still to begin."""
    rows = _asked(scope)
    reminded = [as_item(scope, row) for row in rows if row["id"]]
    return Waiting(rows[0]["due"], _changes_in(scope, rows[0]["next_moment"]), reminded)


@prepared_query
def _asked(scope: Scope) -> Any:
    """All of it in one statement, a row a reminder or one without any, since every page asks it."""
    near, then = _SHOWN.subquery(), _NEXT.subquery()
    every = select(due.number(scope).label("due"), then.c.next_moment).subquery()
    beside = every.outerjoin(near, true())
    return select(every, near).select_from(beside).order_by(near.c.starts_at, near.c.id)


def dismiss(scope: Scope, interview_id: str) -> None:
    """Take an interview's reminders off every page; the next one, nearer to it, comes all the same."""
    mine = (reminders.user_id == scope.user_id, reminders.interview_id == as_uuid(interview_id, Reminder))
    gone = update(Reminder).where(*mine, reminders.dismissed_at.is_(None)).values(dismissed_at=scope.now)
    if not scope.rows(gone.returning(reminders.lead)):
        raise NotFound("reminder")


def _changes_in(scope: Scope, of_interviews: datetime | None) -> int:
    """Seconds until the next interview begins or ends, or the day does where the person lives."""
    tomorrow = zones.day_begins(scope.today + timedelta(days=1), scope.who.zone)
    nearest = min(of_interviews or tomorrow, tomorrow)
    return max(1, ceil((nearest - scope.now).total_seconds()))
