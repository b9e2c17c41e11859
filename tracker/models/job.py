"""Background jobs and their state. The row is authoritative; the message in Redis may be lost."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from tracker.models.base import Owned, max_length, one_of, text_column, timestamp
from tracker.shapes.enumerations import JobKind, JobState


def _count() -> Any:
    return Field(default=0, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("0")})


class Job(Owned, table=True):
    """A job of one user and kind, about one subject or, for jobs that run once a day, one day."""

    __tablename__ = "job"
    __table_args__ = (
        one_of("kind", JobKind),
        one_of("state", JobState),
        max_length("reason", 500),
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
    state: str = text_column("waiting")
    tries: int = _count()
    reason: str = text_column()
    progress: int = _count()
    """In percent."""
    requested_at: datetime = timestamp(now=True)
    started_at: datetime | None = timestamp(required=False)
    finished_at: datetime | None = timestamp(required=False)
    next_try_at: datetime | None = timestamp(required=False, now=True)
    """When a worker may claim it: at once, after a backoff, or after the current lease expires; null once it is done or
    has failed for good."""
    send_at: datetime = timestamp(now=True)
    """When the sweep enqueues it again, if no worker has claimed it by then."""
    claim: UUID | None = Field(default=None, nullable=True)
    """The lease token of the current attempt."""
