"""Due reminders: created once per lead and interview time, shown on every page and mailed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text, update

from tracker import clock
from tracker.db import Scope, scoped, upkeep
from tracker.models import Reminder, reminders
from tracker.services.jobs.job_requests import request
from tracker.services.reminders.reminder_texts import ReminderEmail, as_email
from tracker.settings import settings
from tracker.shapes.enumerations import Door, JobKind, Lead
from tracker.shapes.people import Who

_DUE = """
FROM interview i
CROSS JOIN (VALUES
  ('hour', interval '0', interval '1 hour'), ('day', interval '1 hour', interval '24 hours')
) AS l(lead, least, most)
WHERE i.state = 'scheduled' AND i.starts_at > :now + l.least AND i.starts_at <= :now + l.most
  AND i.starts_at <= :now + interval '24 hours' AND i.placed_at <= i.starts_at - l.most
  AND NOT EXISTS (SELECT FROM reminder r WHERE r.user_id = i.user_id AND r.interview_id = i.id
    AND r.lead = l.lead AND r.starts_at = i.starts_at)
"""
# Within the last hour, only the hour's reminder is created. An interview scheduled within a lead time gets none for it.
# The interval is in hours, since the length of a day depends on the session's time zone.

_USERS_WITH_DUE = text(f"SELECT DISTINCT i.user_id {_DUE}")
_INSERT_DUE = text(f"""
INSERT INTO reminder (user_id, interview_id, lead, starts_at, is_silent, mail_to)
SELECT i.user_id, i.id, l.lead, i.starts_at, NOT is_wanted,
  CASE WHEN is_wanted AND p.remind_by_mail AND :can_mail THEN
    CASE WHEN u.issuer = 'local' THEN p.mail_to ELSE u.email END ELSE '' END
{
    _DUE.replace(
        "WHERE",
        '''
JOIN preferences p ON p.user_id = i.user_id JOIN app_user u ON u.id = i.user_id
JOIN LATERAL (SELECT CASE l.lead WHEN 'day' THEN p.remind_day ELSE p.remind_hour END) AS w(is_wanted) ON true
WHERE i.user_id = :user_id AND''',
        1,
    )
}
ON CONFLICT DO NOTHING
RETURNING interview_id, lead, starts_at, mail_to
""")
_UNSENT_EMAIL = text("""
SELECT i.id, r.lead, r.mail_to, i.kind, i.round, i.starts_at, i.zone, i.minutes, i.place, i.interviewers, i.preparation,
  a.company, a.role
FROM reminder r
JOIN interview i ON i.user_id = r.user_id AND i.id = r.interview_id
JOIN application a ON a.user_id = i.user_id AND a.id = i.application_id
WHERE r.user_id = :user_id AND r.interview_id = :interview_id AND r.lead = :lead AND r.starts_at = :starts_at
  AND r.mail_to != '' AND r.mailed_at IS NULL AND i.state = 'scheduled' AND i.starts_at = r.starts_at
  AND i.starts_at > :now AND a.deleted_at IS NULL
  AND NOT EXISTS (SELECT FROM reminder n WHERE n.user_id = r.user_id AND n.interview_id = r.interview_id
    AND n.starts_at = r.starts_at AND r.lead = 'day' AND n.lead = 'hour')
""")
# A day's reminder that the mail server delayed is dropped once the hour's exists.


def request_jobs() -> int:
    """Request the reminder job of each user with an interview within 24 hours, and return their number."""
    with upkeep() as session:
        user_ids: list[UUID] = list(session.scalars(_USERS_WITH_DUE, {"now": clock.now()}))
    for user_id in user_ids:
        with scoped(Who(user_id), Door.WORKER) as scope:
            request(scope, JobKind.REMIND)
    return len(user_ids)


def create(scope: Scope) -> None:
    """Create the user's due reminders, each once even under concurrency, and request their emails."""
    values = {"now": scope.now, "user_id": scope.user_id, "can_mail": bool(settings().smtp_host)}
    for reminder in scope.rows(_INSERT_DUE, values):
        if reminder["mail_to"]:
            arguments = {"lead": reminder["lead"], "starts_at": reminder["starts_at"].isoformat()}
            request(scope, JobKind.MAIL_REMINDER, reminder["interview_id"], **arguments)


def email_for(scope: Scope, interview_id: UUID | None, arguments: dict[str, Any]) -> ReminderEmail | None:
    """Return the email of a reminder, identified by a job's subject and arguments.

    Returns None when it was mailed already, or when the interview has begun, moved or been cancelled.
    """
    values = {
        "user_id": scope.user_id,
        "now": scope.now,
        "interview_id": interview_id,
        "lead": Lead(arguments["lead"]).value,
        "starts_at": datetime.fromisoformat(arguments["starts_at"]),
    }
    rows = scope.rows(_UNSENT_EMAIL, values)
    return as_email(scope, rows[0]) if rows else None


def mark_mailed(scope: Scope, email: ReminderEmail) -> None:
    """Store that a reminder has been mailed."""
    conditions = (reminders.user_id == scope.user_id, reminders.interview_id == email.interview_id)
    same_time = (reminders.lead == Lead(email.lead).value, reminders.starts_at == email.starts_at)
    scope.session.execute(update(Reminder).where(*conditions, *same_time).values(mailed_at=scope.now))
