"""Reminders of interviews, including those that the user doesn't want."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, DateTime, ForeignKeyConstraint, Text, text
from sqlmodel import Field, SQLModel

from tracker.models.base import max_length, one_of, owner, text_column, timestamp
from tracker.shapes.enumerations import Lead


class Reminder(SQLModel, table=True):
    """A reminder of one time of an interview; a moved interview gets new reminders."""

    __tablename__ = "reminder"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "interview_id"], ["interview.user_id", "interview.id"], ondelete="CASCADE"
        ),
        one_of("lead", Lead),
        max_length("mail_to", 320),
        CheckConstraint("mailed_at IS NULL OR mail_to != ''", name="mailed_to_somebody"),
    )

    user_id: UUID = owner()
    interview_id: UUID = Field(primary_key=True)
    lead: str = Field(primary_key=True, sa_type=Text)
    starts_at: datetime = Field(primary_key=True, sa_type=DateTime(timezone=True))
    """The time of the interview that it was made for."""
    made_at: datetime = timestamp(now=True)
    is_silent: bool = Field(
        default=False, sa_type=Boolean, sa_column_kwargs={"server_default": text("false")}
    )
    """The user wants no reminder of this lead time; stored so that it isn't created later."""
    mail_to: str = text_column()
    """The email address, empty if it isn't mailed."""
    mailed_at: datetime | None = timestamp(required=False)
    dismissed_at: datetime | None = timestamp(required=False)
