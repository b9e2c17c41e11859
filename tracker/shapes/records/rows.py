"""Applications, interviews, contacts, events and letters as programs read them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from tracker.shapes.enumerations import (
    Door,
    Employment,
    EventKind,
    InterviewKind,
    InterviewState,
    Outcome,
    Period,
    Stage,
    Workplace,
)
from tracker.shapes.letters import Length, Tone, Writer
from tracker.shapes.priority import CompanySize
from tracker.shapes.records.examples import documented, example_id


@dataclass(frozen=True, kw_only=True)
class ApplicationRecord:
    """An application: a job, and the pursuit of it."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        id=example_id(1), company="Linear", role="Backend engineer", stage="applied", furthest="applied",
        location="Berlin", country="DE", workplace="hybrid", salary_from=70000, salary_to=85000, currency="EUR",
        salary_period="year", posting_url="https://jobs.lever.co/linear/1", source="Lever", tags=["python"], applied_on="2026-11-03",
    )  # fmt: skip
    id: UUID
    company: str
    role: str
    location: str
    country: str | None
    """ISO 3166-1 code of two letters."""
    workplace: Workplace | None
    employment: Employment | None
    salary_from: float | None
    salary_to: float | None
    currency: str | None
    """ISO 4217 code."""
    salary_period: Period | None
    posting_url: str
    posting_text: str
    source: str
    industry: str
    company_size: CompanySize | None
    stage: Stage
    outcome: Outcome | None
    """How it ended; only when closed."""
    furthest: Stage
    """The furthest stage it ever reached."""
    stage_since: datetime
    excitement: int | None
    """From 1 to 5."""
    tags: list[str]
    deadline: date | None
    applied_on: date | None
    follow_up_on: date | None
    applied_at: datetime | None
    """When it first reached each stage; null for skipped ones."""
    screening_at: datetime | None
    interviewing_at: datetime | None
    offer_at: datetime | None
    notes: str
    """Markdown."""
    created_at: datetime
    touched_at: datetime
    """Last activity."""


@dataclass(frozen=True, kw_only=True)
class InterviewRecord:
    """An interview: one meeting of one round."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        id=example_id(2), application_id=example_id(1), kind="technical", state="scheduled", round=2,
        starts_at="2026-11-05T14:30:00+01:00", time_zone="Europe/Berlin", minutes=60,
    )  # fmt: skip
    id: UUID
    application_id: UUID
    round: int
    kind: InterviewKind
    state: InterviewState
    starts_at: datetime
    """The start on the clock of `time_zone`, with its UTC offset."""
    time_zone: str
    """IANA name of the zone in which the time was agreed."""
    minutes: int
    place: str
    """A place or a link."""
    interviewers: str
    preparation: str
    debrief: str
    rating: int | None
    """The user's impression, from 1 to 5."""
    thanked_at: datetime | None
    created_at: datetime
    touched_at: datetime


@dataclass(frozen=True, kw_only=True)
class ContactRecord:
    """A contact: a person at a company, or one who helps with the search."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        id=example_id(3), name="Maria Ortiz", role="Recruiter", company="Linear", email="maria@example.com",
        application_ids=[example_id(1)],
    )  # fmt: skip
    id: UUID
    name: str
    role: str
    company: str
    email: str
    phone: str
    link: str
    notes: str
    application_ids: list[UUID]
    """Applications the contact is linked to."""
    created_at: datetime
    touched_at: datetime


@dataclass(frozen=True, kw_only=True)
class EventRecord:
    """An event of the log: what happened, when, and through which entry point."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        id=example_id(4), application_id=example_id(1), kind="stage.changed", at="2026-11-03T10:00:00Z", door="web",
        sentence="Moved from Saved to Applied",
    )  # fmt: skip
    id: UUID
    application_id: UUID | None
    kind: EventKind
    at: datetime
    door: Door
    sentence: str
    undo_batch: UUID
    """Events of one action share it; an undo takes all of them back."""
    undone_at: datetime | None
    particulars: dict[str, Any]
    """Values before and after, by kind of event."""


@dataclass(frozen=True, kw_only=True)
class LetterRecord:
    """A version of a cover letter."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        id=example_id(5),
        application_id=example_id(1),
        writer="template",
        tone="plain",
        length="medium",
        text="Dear team, …",
    )
    id: UUID
    application_id: UUID
    writer: Writer
    tone: Tone
    length: Length
    language: str
    text: str
    sent_on: date | None
    created_at: datetime
    touched_at: datetime
