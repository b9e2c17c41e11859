"""A question to prepare for an interview, the person's own answer, and how well it is known."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKeyConstraint, Index, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from tracker.models.base import Owned, at_most, maybe_word, moment, one_of, words
from tracker.shapes.preparation import Recall, Topic


class Question(Owned, table=True):
    """One question of one interview; `key` names it in the bank it was taken from, and is empty for the person's own."""

    __tablename__ = "question"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "interview_id"], ["interview.user_id", "interview.id"], ondelete="CASCADE"
        ),
        one_of("topic", Topic),
        one_of("recall", Recall),
        at_most("key", 60),
        at_most("text", 500, least=1),
        at_most("why", 500),
        at_most("answer", 10_000),
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
    key: str = words()
    topic: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    why: str = words()
    bullets: list[str] = Field(
        default_factory=list,
        sa_column=Column("bullets", ARRAY(Text), nullable=False, server_default=sql("'{}'")),
    )
    """Those to answer from, where the model named some; each may have been removed since."""
    answer: str = words()
    is_ready: bool = Field(default=False, sa_type=Boolean, sa_column_kwargs={"server_default": sql("false")})
    recall: str | None = maybe_word()
    """How the answer came when it was practised last."""
    due_at: datetime | None = moment(required=False)
    card: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column("card", JSONB, nullable=False, server_default=sql("'{}'"))
    )
    """What FSRS keeps of the answer."""
    touched_at: datetime = moment(now=True)
