"""What a person asked a language model to write, each question that was put to it, and the service a person uses of their own."""

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

from tracker.models.base import Owned, at_most, moment, one_of, owner, words
from tracker.shapes.letters import Language, Length, Tone
from tracker.shapes.words import Purpose, WritingState


def _number() -> Any:
    return Field(default=0, sa_type=Integer, sa_column_kwargs={"server_default": text("0")})


def _no() -> Any:
    return Field(default=False, sa_type=Boolean, sa_column_kwargs={"server_default": text("false")})


class Writing(Owned, table=True):
    """One thing to be written, of which an application, or an interview, has one at a time; its job says how it fares."""

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
        at_most("instruction", 500),
        at_most("text", 100_000),
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
    tone: str = words("plain")
    length: str = words("medium")
    language: str = words("en")
    instruction: str = words()
    letter_id: UUID | None = None
    """The version one of whose paragraphs is written anew; it may have been removed since."""
    paragraph: int | None = Field(default=None, sa_type=SmallInteger, nullable=True)
    state: str = words("open")
    text: str = words()
    """What can be read so far."""
    made_letter_id: UUID | None = None
    """The version that came of it; it may have been removed since."""


class ModelCall(Owned, table=True):
    """One question put to a model, word for word, what it answered, and what that took."""

    __tablename__ = "model_call"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "writing_id"], ["writing.user_id", "writing.id"], ondelete="CASCADE"
        ),
        at_most("reason", 500),
        CheckConstraint("read_tokens >= 0 AND written_tokens >= 0 AND held_tokens >= 0", name="tokens"),
        CheckConstraint("ended_at IS NULL OR held_tokens = 0", name="holds_nothing_once_ended"),
        Index("ix_model_call_writing", "user_id", "writing_id", "id"),
        Index("ix_model_call_mine", "user_id", "begun_at"),
        Index("ix_model_call_begun", "begun_at"),
    )

    writing_id: UUID
    host: str = Field(sa_type=Text)
    model: str = Field(sa_type=Text)
    is_own: bool = _no()
    """Whether the person's own service was asked, and so their own money spent."""
    rules: str = Field(sa_type=Text)
    matter: str = Field(sa_type=Text)
    parameters: dict[str, Any] = Field(
        default_factory=dict,
        sa_column=Column("parameters", JSONB, nullable=False, server_default=text("'{}'")),
    )
    answer: str = words()
    """The raw answer, as far as it came."""
    is_whole: bool = _no()
    """Whether the answer came to its end, so that it needn't be asked for again."""
    reason: str = words()
    held_tokens: int = _number()
    """What it may come to at most, held back from the day's limit until it has ended."""
    read_tokens: int = _number()
    written_tokens: int = _number()
    is_estimated: bool = _no()
    begun_at: datetime = moment(now=True)
    ended_at: datetime | None = moment(required=False)


class OwnService(SQLModel, table=True):
    """The service a person asks with a key of their own, which is kept sealed."""

    __tablename__ = "own_service"
    __table_args__ = (at_most("base_url", 500, least=1), at_most("model", 200, least=1))

    user_id: UUID = owner()
    base_url: str = Field(sa_type=Text)
    model: str = Field(sa_type=Text)
    sealed_key: str = words()
