"""Snoozed and dismissed actions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Date, ForeignKeyConstraint, Text
from sqlmodel import Field, SQLModel

from tracker.models.base import one_of, owner, timestamp
from tracker.shapes.enumerations import ActionKind


class HiddenAction(SQLModel, table=True):
    """An action that is snoozed until a day, or dismissed if `until` is null.

    A later occurrence of the action has another `about`.
    """

    __tablename__ = "set_aside"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "application_id"], ["application.user_id", "application.id"], ondelete="CASCADE"
        ),
        one_of("kind", ActionKind),
    )

    user_id: UUID = owner()
    application_id: UUID = Field(primary_key=True)
    kind: str = Field(primary_key=True, sa_type=Text)
    about: str = Field(primary_key=True, sa_type=Text)
    until: date | None = Field(default=None, sa_column=Column("until", Date, nullable=True))
    set_at: datetime = timestamp(now=True)
