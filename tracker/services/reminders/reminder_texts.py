"""Reminders as a list item of every page, and as an email."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tracker.db import Row, Scope
from tracker.services.interviews.interview_items import duration, time_in_zone
from tracker.services.web_links import first_link
from tracker.settings import settings
from tracker.shapes.badge import ReminderItem
from tracker.shapes.dates import moment_in_words
from tracker.shapes.enumerations import InterviewKind


@dataclass(frozen=True)
class ReminderEmail:
    """One reminder as an email; `key` identifies it, so that a repeated email is recognizable."""

    interview_id: UUID
    lead: str
    starts_at: datetime
    key: str
    to: str
    subject: str
    body: str


def as_item(scope: Scope, row: Row) -> ReminderItem:
    """Return a reminder as every page shows it."""
    return ReminderItem(
        key=_key(row),
        interview_id=str(row["id"]),
        title=f"{InterviewKind(row['kind']).label}: {row['role']} at {row['company']}",
        when=_when(scope, row),
        address=f"/interviews/{row['id']}",
        link=first_link(row["place"]),
    )


def as_email(scope: Scope, row: Row) -> ReminderEmail:
    """Return a reminder as an email: what, when in both time zones, where, interviewers and notes."""
    kind, when = InterviewKind(row["kind"]).label, _when(scope, row)
    facts = (
        ("Where", row["place"]),
        ("With", row["interviewers"]),
        ("Length", duration(row["minutes"])),
        ("Page", f"{settings().origin}/interviews/{row['id']}"),
    )
    facts_text = "\n".join(f"{name}: {_one_line(value)}" for name, value in facts if value)
    notes = f"\n\nYour notes\n\n{row['preparation']}" if row["preparation"] else ""
    return ReminderEmail(
        interview_id=row["id"],
        lead=row["lead"],
        starts_at=row["starts_at"],
        key=_key(row),
        to=row["mail_to"],
        subject=_one_line(f"{when}: {kind}, {row['role']} at {row['company']}"),
        body=f"{kind}, round {row['round']}: {row['role']} at {row['company']}\n{when}\n\n{facts_text}{notes}\n",
    )


def _when(scope: Scope, row: Row) -> str:
    interview_time = time_in_zone(row["starts_at"], row["zone"], scope.who.zone, scope.who.locale)
    user_time = moment_in_words(row["starts_at"], scope.who.zone, scope.today, scope.who.locale)
    return f"{user_time} ({interview_time})" if interview_time else user_time


def _key(row: Row) -> str:
    return f"{row['id']}-{row['lead']}-{int(row['starts_at'].timestamp())}"


def _one_line(value: str) -> str:
    return " ".join(str(value).split())
