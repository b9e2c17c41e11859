"""A reminder of an interview: that a person was told, or wanted not to be."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, DateTime, ForeignKeyConstraint, Text, text
from sqlmodel import Field, SQLModel

from tracker.models.base import at_most, moment, one_of, owner, words
from tracker.shapes.words import Lead


class Reminder(SQLModel, table=True):
    """One reminder of one time of an interview; an interview that is moved is reminded of anew."""

    __tablename__ = "reminder"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "interview_id"], ["interview.user_id", "interview.id"], ondelete="CASCADE"
        ),
        one_of("lead", Lead),
        at_most("mail_to", 320),
        CheckConstraint("mailed_at IS NULL OR mail_to != ''", name="mailed_to_somebody"),
    )

    user_id: UUID = owner()
    interview_id: UUID = Field(primary_key=True)
    lead: str = Field(primary_key=True, sa_type=Text)
    starts_at: datetime = Field(primary_key=True, sa_type=DateTime(timezone=True))
    """The time it reminds of."""
    made_at: datetime = moment(now=True)
    is_silent: bool = Field(
        default=False, sa_type=Boolean, sa_column_kwargs={"server_default": text("false")}
    )
    """The person wants none of this lead: kept so that it isn't looked for again."""
    mail_to: str = words()
    """Where it is to be mailed, too; empty where it isn't."""
    mailed_at: datetime | None = moment(required=False)
    dismissed_at: datetime | None = moment(required=False)
