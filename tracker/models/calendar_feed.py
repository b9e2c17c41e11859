"""Calendar feeds: the secret address from which calendars read a user's entries."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from tracker.models.base import owner, timestamp


def _true_by_default() -> Any:
    return Field(default=True, sa_type=Boolean, sa_column_kwargs={"server_default": text("true")})


class CalendarFeed(SQLModel, table=True):
    """A user's feed; only the hash of the token in its address is stored."""

    __tablename__ = "calendar_feed"
    __table_args__ = (UniqueConstraint("token_hash"),)

    user_id: UUID = owner()
    token_hash: bytes = Field(sa_type=LargeBinary)
    has_interviews: bool = _true_by_default()
    has_deadlines: bool = _true_by_default()
    has_follow_ups: bool = _true_by_default()
    has_reminders: bool = _true_by_default()
    created_at: datetime = timestamp(now=True)
    fetched_at: datetime | None = timestamp(required=False)
    """When a calendar last read it, within an hour."""
