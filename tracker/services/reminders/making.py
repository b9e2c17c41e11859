"""Reminders made once for each time of an interview, by whichever worker comes first, and what is to be mailed of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text, update

from tracker import clock
from tracker.db import Scope, scoped, upkeep
from tracker.models import Reminder, reminders
from tracker.services.jobs.job_requests import request
from tracker.services.reminders.wording import Letter, letter
from tracker.settings import settings
from tracker.shapes.people import Who
from tracker.shapes.words import Door, JobKind, Lead

_COMING = """
FROM interview i
CROSS JOIN (VALUES
  ('hour', interval '0', interval '1 hour'), ('day', interval '1 hour', interval '24 hours')
) AS l(lead, least, most)
WHERE i.state = 'scheduled' AND i.starts_at > :now + l.least AND i.starts_at <= :now + l.most
  AND i.starts_at <= :now + interval '24 hours' AND i.placed_at <= i.starts_at - l.most
  AND NOT EXISTS (SELECT FROM reminder r WHERE r.user_id = i.user_id AND r.interview_id = i.id
    AND r.lead = l.lead AND r.starts_at = i.starts_at)
"""
# Within the last hour the day's reminder comes too late, and only the hour's is made. What was put on the calendar less
# than a lead before it begins is in its person's mind. Hours, since a day's length depends on the session's time zone.

_WHOSE = text(f"SELECT DISTINCT i.user_id {_COMING}")
_MAKE = text(f"""
INSERT INTO reminder (user_id, interview_id, lead, starts_at, is_silent, mail_to)
SELECT i.user_id, i.id, l.lead, i.starts_at, NOT is_wanted,
  CASE WHEN is_wanted AND p.remind_by_mail AND :can_mail THEN
    CASE WHEN u.issuer = 'local' THEN p.mail_to ELSE u.email END ELSE '' END
{
    _COMING.replace(
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
_TO_MAIL = text("""
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
# A day's reminder that the mail server kept waiting has nothing to add to the hour's.


def ask() -> int:
    """Ask for the reminders of everyone one of whose interviews has come within a day or an hour; how many people."""
    with upkeep() as session:
        whose: list[UUID] = list(session.scalars(_WHOSE, {"now": clock.now()}))
    for user_id in whose:
        with scoped(Who(user_id), Door.WORKER) as scope:
            request(scope, JobKind.REMIND)
    return len(whose)


def make(scope: Scope) -> None:
    """Make the reminders that are due, once each, whoever else does it at the same time; each to be mailed asks for its job."""
    values = {"now": scope.now, "user_id": scope.user_id, "can_mail": bool(settings().smtp_host)}
    for made in scope.rows(_MAKE, values):
        if made["mail_to"]:
            which = {"lead": made["lead"], "starts_at": made["starts_at"].isoformat()}
            request(scope, JobKind.MAIL_REMINDER, made["interview_id"], **which)


def letter_of(scope: Scope, interview_id: UUID | None, which: dict[str, Any]) -> Letter | None:
    """The reminder of a lead and a time as an e-mail; None when it was mailed, or the interview has begun, moved or been called off."""
    values = {
        "user_id": scope.user_id,
        "now": scope.now,
        "interview_id": interview_id,
        "lead": Lead(which["lead"]).value,
        "starts_at": datetime.fromisoformat(which["starts_at"]),
    }
    found = scope.rows(_TO_MAIL, values)
    return letter(scope, found[0]) if found else None


def noted(scope: Scope, sent: Letter) -> None:
    """Note that a reminder has been mailed."""
    mine = (reminders.user_id == scope.user_id, reminders.interview_id == sent.interview_id)
    which = (reminders.lead == Lead(sent.lead).value, reminders.starts_at == sent.starts_at)
    scope.session.execute(update(Reminder).where(*mine, *which).values(mailed_at=scope.now))
