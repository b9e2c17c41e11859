"""Interviews: one meeting of one round."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Text,
    text,
)
from sqlmodel import Field

from tracker.models.base import Owned, max_length, one_of, text_column, timestamp
from tracker.shapes.enumerations import InterviewKind, InterviewState


class Interview(Owned, table=True):
    """A meeting at an agreed local time in a zone; `starts_at` is its instant by current zone rules."""

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
        max_length("place", 2000),
        max_length("interviewers", 1000),
        max_length("preparation", 100_000),
        max_length("debrief", 100_000),
        Index("ix_interview_starts", "user_id", "starts_at"),
        Index("ix_interview_application", "user_id", "application_id", "starts_at"),
        Index("ix_interview_coming", "starts_at", postgresql_where=text("state = 'scheduled'")),
        max_length("invitation_uid", 1000),
        Index(
            "ix_interview_invitation",
            "user_id",
            "invitation_uid",
            postgresql_where=text("invitation_uid != ''"),
        ),
        Index("ix_interview_debrief", "user_id", "starts_at", postgresql_where=text("debrief = ''")),
    )

    application_id: UUID
    round: int = Field(default=1, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("1")})
    kind: str = Field(sa_type=Text)
    state: str = text_column("scheduled")
    starts_at: datetime = timestamp()
    zone: str = Field(sa_type=Text)
    wall_time: datetime = Field(sa_type=DateTime(timezone=False))
    """The agreed local time in `zone`. It stays when the zone's rules change, and `starts_at` moves."""
    fold: int = Field(default=0, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("0")})
    """1 for the second occurrence of an ambiguous local time, when clocks are set back."""
    minutes: int = Field(default=60, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("60")})
    place: str = text_column()
    interviewers: str = text_column()
    preparation: str = text_column()
    debrief: str = text_column()
    rating: int | None = Field(default=None, sa_column=Column("rating", SmallInteger, nullable=True))
    placed_at: datetime = timestamp(now=True)
    """When its time was set: an interview scheduled within a lead time gets no reminder for it."""
    thanked_at: datetime | None = timestamp(required=False)
    touched_at: datetime = timestamp(now=True)
    invitation_uid: str = text_column()
    """The UID of the invitation it was imported from; a later version of the invitation changes this interview."""
    invitation_sequence: int = Field(
        default=0, sa_type=Integer, sa_column_kwargs={"server_default": text("0")}
    )
    """The invitation's SEQUENCE; with `invitation_stamp`, its DTSTAMP, it orders versions of an invitation."""
    invitation_stamp: datetime | None = timestamp(required=False)
