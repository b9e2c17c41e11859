"""An interview: one meeting of one round."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    Text,
    text,
)
from sqlmodel import Field

from tracker.models.base import Owned, at_most, moment, one_of, words
from tracker.shapes.words import InterviewKind, InterviewState


class Interview(Owned, table=True):
    """A meeting at a time agreed on the clocks of a zone, and the instant that is by the zone's present rules."""

    __tablename__ = "interview"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "application_id"], ["application.user_id", "application.id"], ondelete="CASCADE"
        ),
        one_of("kind", InterviewKind),
        one_of("state", InterviewState),
        CheckConstraint("round BETWEEN 1 AND 50", name="round"),
        CheckConstraint("minutes BETWEEN 5 AND 1440", name="minutes"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        CheckConstraint("fold IN (0, 1)", name="fold"),
        at_most("place", 2000),
        at_most("interviewers", 1000),
        at_most("preparation", 100_000),
        at_most("debrief", 100_000),
        Index("ix_interview_starts", "user_id", "starts_at"),
        Index("ix_interview_application", "user_id", "application_id", "starts_at"),
        Index("ix_interview_coming", "starts_at", postgresql_where=text("state = 'scheduled'")),
        Index("ix_interview_debrief", "user_id", "starts_at", postgresql_where=text("debrief = ''")),
    )

    application_id: UUID
    round: int = Field(default=1, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("1")})
    kind: str = Field(sa_type=Text)
    state: str = words("scheduled")
    starts_at: datetime = moment()
    zone: str = Field(sa_type=Text)
    wall_time: datetime = Field(sa_type=DateTime(timezone=False))
    """The time agreed, as the clocks of `zone` show it; it stays when the zone's rules change, and `starts_at` moves."""
    fold: int = Field(default=0, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("0")})
    """1 for the second of the two times that the clocks show it, where they are set back."""
    minutes: int = Field(default=60, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("60")})
    place: str = words()
    interviewers: str = words()
    preparation: str = words()
    debrief: str = words()
    rating: int | None = Field(default=None, sa_column=Column("rating", SmallInteger, nullable=True))
    placed_at: datetime = moment(now=True)
    """When it was given its time: nobody is reminded of what they have just written down."""
    thanked_at: datetime | None = moment(required=False)
    touched_at: datetime = moment(now=True)
