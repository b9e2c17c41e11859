"""The jobs: what the background was asked to do, and how far it is. The row is the truth; Redis only carries word of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from tracker.models.base import Owned, at_most, moment, one_of, words
from tracker.shapes.words import JobKind, JobState


def _count() -> Any:
    return Field(default=0, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("0")})


class Job(Owned, table=True):
    """Work for one person: of one kind, perhaps about one thing, or one day that is worked on once only."""

    __tablename__ = "job"
    __table_args__ = (
        one_of("kind", JobKind),
        one_of("state", JobState),
        at_most("reason", 500),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        CheckConstraint("state != 'done' OR next_try_at IS NULL", name="done_for_good"),
        CheckConstraint("(state = 'working') = (claim IS NOT NULL)", name="claimed_while_working"),
        Index(
            "uq_job_waiting",
            "user_id",
            "kind",
            "subject",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("state = 'waiting' AND day IS NULL"),
        ),
        Index("uq_job_day", "user_id", "kind", "day", unique=True, postgresql_where=text("day IS NOT NULL")),
        Index("ix_job_recent", "user_id", "requested_at"),
        Index("ix_job_due", "send_at", postgresql_where=text("next_try_at IS NOT NULL")),
    )

    kind: str = Field(sa_type=Text)
    subject: UUID | None = Field(default=None, nullable=True)
    day: date | None = Field(default=None, nullable=True)
    arguments: dict[str, Any] = Field(
        default_factory=dict,
        sa_column=Column("arguments", JSONB, nullable=False, server_default=text("'{}'")),
    )
    state: str = words("waiting")
    tries: int = _count()
    reason: str = words()
    progress: int = _count()
    """In per cent."""
    requested_at: datetime = moment(now=True)
    started_at: datetime | None = moment(required=False)
    finished_at: datetime | None = moment(required=False)
    next_try_at: datetime | None = moment(required=False, now=True)
    """From when a worker may take it: at once, after a rest, or when whoever works on it has fallen silent; never again
    once it is done or has failed for good."""
    send_at: datetime = moment(now=True)
    """When the sweep sends word of it again, should nobody have taken it by then."""
    claim: UUID | None = Field(default=None, nullable=True)
    """Whose it is while it is worked on: a token of that one try."""
