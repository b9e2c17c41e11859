"""Questions to prepare for an interview, with the user's answers and their recall."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKeyConstraint, Index, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from tracker.models.base import Owned, max_length, one_of, optional_text, text_column, timestamp
from tracker.shapes.preparation import Recall, Topic


class Question(Owned, table=True):
    """A question of one interview; `key` is its key in the question bank, empty for the user's own."""

    __tablename__ = "question"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "interview_id"], ["interview.user_id", "interview.id"], ondelete="CASCADE"
        ),
        one_of("topic", Topic),
        one_of("recall", Recall),
        max_length("key", 60),
        max_length("text", 500, min_length=1),
        max_length("why", 500),
        max_length("answer", 10_000),
        CheckConstraint("cardinality(bullets) <= 10", name="bullets"),
        CheckConstraint("(recall IS NULL) = (due_at IS NULL)", name="due_once_practised"),
        Index(
            "uq_question_key",
            "user_id",
            "interview_id",
            "key",
            unique=True,
            postgresql_where=sql("key != ''"),
        ),
        Index("ix_question_interview", "user_id", "interview_id"),
    )

    interview_id: UUID
    key: str = text_column()
    topic: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    why: str = text_column()
    bullets: list[str] = Field(
        default_factory=list,
        sa_column=Column("bullets", ARRAY(Text), nullable=False, server_default=sql("'{}'")),
    )
    """Ids of bullets that the model suggests for the answer; they may have been deleted since."""
    answer: str = text_column()
    is_ready: bool = Field(default=False, sa_type=Boolean, sa_column_kwargs={"server_default": sql("false")})
    recall: str | None = optional_text()
    """How well the answer was remembered in the last practice."""
    due_at: datetime | None = timestamp(required=False)
    card: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column("card", JSONB, nullable=False, server_default=sql("'{}'"))
    )
    """The state of the FSRS spaced-repetition algorithm."""
    touched_at: datetime = timestamp(now=True)
