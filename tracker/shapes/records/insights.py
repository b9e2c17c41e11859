"""Next actions, scores, figures and snapshots as programs read them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from tracker.shapes.enumerations import (
    ActionKind,
    Stage,
)
from tracker.shapes.records.examples import documented, example_id


@dataclass(frozen=True, kw_only=True)
class ActionRecord:
    """An action: what to do next, and why. `kind`, `application_id` and `about` identify it."""

    kind: ActionKind
    about: str
    """The occurrence: a date, an interview or a field. A snoozed action returns with a new one."""
    application_id: UUID
    interview_id: UUID | None
    company: str
    role: str
    label: str
    why: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class ActionGroupRecord:
    """Actions of one kind, or those to do first, the most important first."""

    name: str
    label: str
    count: int
    """Number of actions of the group; `actions` may be fewer."""
    actions: list[ActionRecord]


@dataclass(frozen=True, kw_only=True)
class ActionsRecord:
    """The next actions: the three to do first, then the others by kind."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        groups=[{
            "name": "first", "label": "Do these first", "count": 1,
            "actions": [{
                "kind": "follow_up", "about": "2026-11-03", "application_id": example_id(1), "interview_id": None, "company": "Linear",
                "role": "Backend engineer", "label": "Follow up", "why": "Applied 8 days ago without an answer", "is_late": True,
            }],
        }],
    )  # fmt: skip
    groups: list[ActionGroupRecord]


@dataclass(frozen=True, kw_only=True)
class ReasonRecord:
    """A reason of a score: its points, and a sentence."""

    factor: str
    points: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class ScoreRecord:
    """A priority score from 0 to 100, equal to the sum of its reasons' points."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        score=62, reasons=[{"factor": "base", "points": 50, "sentence": "Every application starts with 50"}]
    )
    score: int
    reasons: list[ReasonRecord]


@dataclass(frozen=True, kw_only=True)
class RateRecord:
    """A share of applications with Wilson's 95 % interval; null below five applications."""

    name: str
    label: str
    count: int
    of: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class StayRecord:
    """Time in a stage: the median of completed stays in days, and the applications still there."""

    stage: Stage
    median_days: float | None
    completed: int
    still_there: int


@dataclass(frozen=True, kw_only=True)
class AnalyticsRecord:
    """The figures of a selection of applications."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        applications=60, sent=48, reached={"applied": 48, "interviewing": 9},
        rates=[{"name": "response", "label": "Response rate", "count": 12, "of": 48, "share": 0.25, "low": 0.15, "high": 0.39}],
        stays=[{"stage": "applied", "median_days": 8.5, "completed": 20, "still_there": 10}],
    )  # fmt: skip
    applications: int
    sent: int
    reached: dict[str, int]
    """How many ever reached each stage."""
    rates: list[RateRecord]
    stays: list[StayRecord]


@dataclass(frozen=True, kw_only=True)
class SnapshotRecord:
    """The pipeline at the end of a past day, and that day's activity."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(day="2026-11-02", saved=3, applied=12, sent=2)
    day: date
    saved: int
    applied: int
    screening: int
    interviewing: int
    offer: int
    accepted: int
    declined: int
    rejected: int
    withdrawn: int
    no_response: int
    expired: int
    sent: int
    answered: int
    actions: int
