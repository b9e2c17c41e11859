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

from tracker.models.base import generated_id, max_length, owner, text_column, timestamp


def _true_by_default() -> Any:
    return Field(default=True, sa_type=Boolean, sa_column_kwargs={"server_default": text("true")})


def _false_by_default() -> Any:
    return Field(default=False, sa_type=Boolean, sa_column_kwargs={"server_default": text("false")})


class User(SQLModel, table=True):
    """A user, identified by issuer and subject of the ID token, never by email address."""

    __tablename__ = "app_user"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        max_length("name", 200),
        max_length("email", 320),
    )

    id: UUID = generated_id()
    issuer: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    name: str = text_column()
    email: str = text_column()
    created_at: datetime = timestamp(now=True)


class Preferences(SQLModel, table=True):
    """A user's locale settings, columns, cadence and reminder settings."""

    __tablename__ = "preferences"
    __table_args__ = (
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint("weekly_goal BETWEEN 0 AND 200", name="weekly_goal"),
        CheckConstraint("week_start IN (1, 6, 7)", name="week_start"),
        max_length("mail_to", 320),
    )

    user_id: UUID = owner()
    timezone: str = text_column()
    locale: str = text_column("en-GB")
    currency: str = text_column("USD")
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
    remind_day: bool = _true_by_default()
    remind_hour: bool = _true_by_default()
    remind_by_mail: bool = _true_by_default()
    mail_to: str = text_column()
    """Address for the local account's reminders; other users' go to the address that their provider verified."""
    name_skipped: bool = _false_by_default()
    """Whether the user chose not to enter a name."""
    skipped_steps: list[str] = Field(
        default_factory=list,
        sa_column=Column("skipped_steps", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    )
    """The first steps that the user doesn't want to be shown."""
    has_sample: bool = _false_by_default()
    """Whether the account holds the sample data."""


class UserSession(SQLModel, table=True):
    """One browser's sign-in; only the hash of its token is stored."""

    __tablename__ = "user_session"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index(None, "user_id", "expires_at"),
        max_length("browser", 300),
        max_length("logout_hint", 8000),
    )

    user_id: UUID = owner()
    id: UUID = generated_id()
    token_hash: bytes = Field(sa_type=LargeBinary)
    browser: str = text_column()
    created_at: datetime = timestamp(now=True)
    seen_at: datetime = timestamp(now=True)
    expires_at: datetime = timestamp()
    logout_hint: str = text_column()
    """The encrypted ID token that the provider requires at sign-out; empty if it requires none."""
