"""Users, their preferences and their sessions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from tracker.models.base import at_most, moment, own_id, owner, words


def _on() -> Any:
    return Field(default=True, sa_type=Boolean, sa_column_kwargs={"server_default": text("true")})


class User(SQLModel, table=True):
    """A person, who is an issuer's subject and never an e-mail address."""

    __tablename__ = "app_user"
    __table_args__ = (UniqueConstraint("issuer", "subject"), at_most("name", 200), at_most("email", 320))

    id: UUID = own_id()
    issuer: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    name: str = words()
    email: str = words()
    created_at: datetime = moment(now=True)


class Preferences(SQLModel, table=True):
    """How one person wants Pursuit to count, name and show things."""

    __tablename__ = "preferences"
    __table_args__ = (
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint("weekly_goal BETWEEN 0 AND 200", name="weekly_goal"),
        CheckConstraint("week_start IN (1, 6, 7)", name="week_start"),
        at_most("mail_to", 320),
    )

    user_id: UUID = owner()
    timezone: str = words()
    locale: str = words("en-GB")
    currency: str = words("USD")
    weekly_goal: int = Field(default=5, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("5")})
    week_start: int = Field(default=1, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("1")})
    columns: list[str] = Field(
        default_factory=list,
        sa_column=Column("columns", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    )
    cadence: dict[str, Any] = Field(
        default_factory=dict,
        sa_column=Column("cadence", JSONB, nullable=False, server_default=text("'{}'")),
    )
    remind_day: bool = _on()
    remind_hour: bool = _on()
    remind_by_mail: bool = _on()
    mail_to: str = words()
    """Where the local account's reminders go; everyone else's go to the address their provider vouches for."""


class UserSession(SQLModel, table=True):
    """One browser's sign-in; only the hash of its token is kept."""

    __tablename__ = "user_session"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index(None, "user_id", "expires_at"),
        at_most("browser", 300),
        at_most("logout_hint", 8000),
    )

    user_id: UUID = owner()
    id: UUID = own_id()
    token_hash: bytes = Field(sa_type=LargeBinary)
    browser: str = words()
    created_at: datetime = moment(now=True)
    seen_at: datetime = moment(now=True)
    expires_at: datetime = moment()
    logout_hint: str = words()
    """The sealed ID token, which the provider wants to see when the person signs out; empty without such a provider."""
