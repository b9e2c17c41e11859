"""The badge and the reminders that every page shows."""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import DateTime, Uuid, column, select, text, true, update

from tracker import zones
from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Reminder, reminders
from tracker.services.actions import action_list
from tracker.services.prepared_queries import prepared_query
from tracker.services.reminders.reminder_texts import as_item
from tracker.shapes.badge import BadgeAndReminders

_REMINDERS = text("""
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
_NEXT_MOMENT = text("""
SELECT min(v.moment) AS next_moment
FROM interview i, LATERAL (VALUES (i.starts_at), (i.starts_at + make_interval(mins => i.minutes))) AS v(moment)
WHERE i.user_id = :scope_user_id AND i.state = 'scheduled' AND v.moment > :scope_now
  AND i.starts_at BETWEEN :scope_now - interval '24 hours' AND :scope_now + interval '24 hours'
""").columns(column("next_moment", DateTime(timezone=True)))


def badge_and_reminders(scope: Scope) -> BadgeAndReminders:
    """Return the number of due actions, and the reminders of upcoming interviews that weren't dismissed."""
    rows = _badge_rows(scope)
    items = [as_item(scope, row) for row in rows if row["id"]]
    return BadgeAndReminders(rows[0]["due"], _changes_in(scope, rows[0]["next_moment"]), items)


@prepared_query
def _badge_rows(scope: Scope) -> Any:
    """Return the badge and the reminders: one row per reminder, or a single row without any.

    It is one query, since every page runs it.
    """
    reminder_rows, next_moment = _REMINDERS.subquery(), _NEXT_MOMENT.subquery()
    badge = select(action_list.due_count(scope).label("due"), next_moment.c.next_moment).subquery()
    joined = badge.outerjoin(reminder_rows, true())
    return (
        select(badge, reminder_rows)
        .select_from(joined)
        .order_by(reminder_rows.c.starts_at, reminder_rows.c.id)
    )


def dismiss(scope: Scope, interview_id: str) -> None:
    """Dismiss an interview's reminders; the next one, closer to it, still appears."""
    own_reminders = (
        reminders.user_id == scope.user_id,
        reminders.interview_id == as_uuid(interview_id, Reminder),
    )
    statement = (
        update(Reminder)
        .where(*own_reminders, reminders.dismissed_at.is_(None))
        .values(dismissed_at=scope.now)
    )
    if not scope.rows(statement.returning(reminders.lead)):
        raise NotFound("reminder")


def _changes_in(scope: Scope, interview_moment: datetime | None) -> int:
    """Return the seconds until the next interview starts or ends, or until the user's day ends."""
    tomorrow = zones.day_begins(scope.today + timedelta(days=1), scope.who.zone)
    nearest = min(interview_moment or tomorrow, tomorrow)
    return max(1, ceil((nearest - scope.now).total_seconds()))
