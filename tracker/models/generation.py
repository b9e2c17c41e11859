"""Generation requests, model calls, and users' own AI services."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from tracker.models.base import Owned, max_length, one_of, owner, text_column, timestamp
from tracker.shapes.enumerations import Purpose, WritingState
from tracker.shapes.letters import Language, Length, Tone


def _count() -> Any:
    return Field(default=0, sa_type=Integer, sa_column_kwargs={"server_default": text("0")})


def _false_by_default() -> Any:
    return Field(default=False, sa_type=Boolean, sa_column_kwargs={"server_default": text("false")})


class Writing(Owned, table=True):
    """A generation request. An application, or an interview, has at most one open.

    Its job has the progress.
    """

    __tablename__ = "writing"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "application_id"], ["application.user_id", "application.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["user_id", "interview_id"], ["interview.user_id", "interview.id"], ondelete="CASCADE"
        ),
        one_of("purpose", Purpose),
        one_of("tone", Tone),
        one_of("length", Length),
        one_of("language", Language),
        one_of("state", WritingState),
        max_length("instruction", 500),
        max_length("text", 100_000),
        CheckConstraint("(purpose = 'questions') = (interview_id IS NOT NULL)", name="of_an_interview"),
        CheckConstraint(
            "(purpose = 'paragraph') = (letter_id IS NOT NULL AND paragraph >= 0)", name="of_a_paragraph"
        ),
        Index("ix_writing_application", "user_id", "application_id", "id"),
        Index("ix_writing_interview", "user_id", "interview_id", "id"),
        Index(
            "uq_writing_open_letter",
            "user_id",
            "application_id",
            unique=True,
            postgresql_where=text("state = 'open' AND interview_id IS NULL"),
        ),
        Index(
            "uq_writing_open_questions",
            "user_id",
            "interview_id",
            unique=True,
            postgresql_where=text("state = 'open' AND interview_id IS NOT NULL"),
        ),
    )

    application_id: UUID
    interview_id: UUID | None = None
    purpose: str = Field(sa_type=Text)
    tone: str = text_column("plain")
    length: str = text_column("medium")
    language: str = text_column("en")
    instruction: str = text_column()
    letter_id: UUID | None = None
    """The version whose paragraph is rewritten; it may have been removed since."""
    paragraph: int | None = Field(default=None, sa_type=SmallInteger, nullable=True)
    state: str = text_column("open")
    text: str = text_column()
    """The text received so far."""
    made_letter_id: UUID | None = None
    """The resulting version; it may have been removed since."""


class ModelCall(Owned, table=True):
    """One request to a model: prompt, answer and token counts."""

    __tablename__ = "model_call"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "writing_id"], ["writing.user_id", "writing.id"], ondelete="CASCADE"
        ),
        max_length("reason", 500),
        CheckConstraint("read_tokens >= 0 AND written_tokens >= 0 AND held_tokens >= 0", name="tokens"),
        CheckConstraint("ended_at IS NULL OR held_tokens = 0", name="holds_nothing_once_ended"),
        Index("ix_model_call_writing", "user_id", "writing_id", "id"),
        Index("ix_model_call_mine", "user_id", "begun_at"),
        Index("ix_model_call_begun", "begun_at"),
    )

    writing_id: UUID
    host: str = Field(sa_type=Text)
    model: str = Field(sa_type=Text)
    is_own: bool = _false_by_default()
    """True for the user's own service, which doesn't count towards the usage limit."""
    rules: str = Field(sa_type=Text)
    matter: str = Field(sa_type=Text)
    parameters: dict[str, Any] = Field(
        default_factory=dict,
        sa_column=Column("parameters", JSONB, nullable=False, server_default=text("'{}'")),
    )
    answer: str = text_column()
    """The raw answer received so far."""
    is_whole: bool = _false_by_default()
    """True once the answer is complete, so that a retry needn't repeat the request."""
    reason: str = text_column()
    held_tokens: int = _count()
    """Maximum tokens it may use, reserved from the day's limit until it ends."""
    read_tokens: int = _count()
    written_tokens: int = _count()
    is_estimated: bool = _false_by_default()
    begun_at: datetime = timestamp(now=True)
    ended_at: datetime | None = timestamp(required=False)


class OwnService(SQLModel, table=True):
    """A user's own AI service, with an encrypted key."""

    __tablename__ = "own_service"
    __table_args__ = (max_length("base_url", 500, min_length=1), max_length("model", 200, min_length=1))

    user_id: UUID = owner()
    base_url: str = Field(sa_type=Text)
    model: str = Field(sa_type=Text)
    sealed_key: str = text_column()
