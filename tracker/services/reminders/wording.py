"""A reminder in words: a line for the page, and a letter for the mail."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tracker.db import Row, Scope
from tracker.services.interviews.lines import duration, link, own_time
from tracker.settings import settings
from tracker.shapes.dates import moment_in_words
from tracker.shapes.waiting import Reminded
from tracker.shapes.words import InterviewKind


@dataclass(frozen=True)
class Letter:
    """One reminder as an e-mail; `key` names it for ever, so that one sent twice is known for the same."""

    interview_id: UUID
    lead: str
    starts_at: datetime
    key: str
    to: str
    subject: str
    body: str


def line(scope: Scope, row: Row) -> Reminded:
    """One reminder as every page shows it."""
    return Reminded(
        key=_key(row),
        interview_id=str(row["id"]),
        title=f"{InterviewKind(row['kind']).label}: {row['role']} at {row['company']}",
        when=_when(scope, row),
        address=f"/interviews/{row['id']}",
        link=link(row["place"]),
    )


def letter(scope: Scope, row: Row) -> Letter:
    """One reminder as an e-mail: what, when on both clocks, where, with whom, and the person's own notes."""
    kind, when = InterviewKind(row["kind"]).label, _when(scope, row)
    facts = (
        ("Where", row["place"]),
        ("With", row["interviewers"]),
        ("Length", duration(row["minutes"])),
        ("Page", f"{settings().origin}/interviews/{row['id']}"),
    )
    told = "\n".join(f"{name}: {_one_line(value)}" for name, value in facts if value)
    notes = f"\n\nYour notes\n\n{row['preparation']}" if row["preparation"] else ""
    return Letter(
        interview_id=row["id"],
        lead=row["lead"],
        starts_at=row["starts_at"],
        key=_key(row),
        to=row["mail_to"],
        subject=_one_line(f"{when}: {kind}, {row['role']} at {row['company']}"),
        body=f"{kind}, round {row['round']}: {row['role']} at {row['company']}\n{when}\n\n{told}{notes}\n",
    )


def _when(scope: Scope, row: Row) -> str:
    there = own_time(row["starts_at"], row["zone"], scope.who.zone, scope.who.locale)
    here = moment_in_words(row["starts_at"], scope.who.zone, scope.today, scope.who.locale)
    return f"{here} ({there})" if there else here


def _key(row: Row) -> str:
    return f"{row['id']}-{row['lead']}-{int(row['starts_at'].timestamp())}"


def _one_line(value: str) -> str:
    return " ".join(str(value).split())
