"""Versions of cover letters, with the evidence for each paragraph."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Date, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from tracker.models.base import Owned, one_of, text_column, timestamp
from tracker.shapes.letters import Language, Length, Tone, Writer


class Letter(Owned, table=True):
    """A letter version. Editing a draft adds a version, and the sent version never changes."""

    __tablename__ = "letter"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "application_id"], ["application.user_id", "application.id"], ondelete="CASCADE"
        ),
        one_of("writer", Writer),
        one_of("tone", Tone),
        one_of("length", Length),
        one_of("language", Language),
        CheckConstraint(
            "jsonb_typeof(paragraphs) = 'array' AND length(paragraphs::text) <= 100000", name="paragraphs"
        ),
        Index("ix_letter_application", "user_id", "application_id", "id"),
        Index(
            "uq_letter_sent",
            "user_id",
            "application_id",
            unique=True,
            postgresql_where=text("sent_on IS NOT NULL"),
        ),
    )

    application_id: UUID
    writer: str = Field(sa_type=Text)
    tone: str = Field(sa_type=Text)
    length: str = Field(sa_type=Text)
    language: str = text_column("en")
    paragraphs: list[dict[str, Any]] = Field(
        default_factory=list,
        sa_column=Column("paragraphs", JSONB, nullable=False, server_default=text("'[]'")),
    )
    """Each with its `text`, the ids of supporting `bullets` and positions, and supporting `lines` of the posting."""
    sent_on: date | None = Field(default=None, sa_column=Column("sent_on", Date, nullable=True))
    touched_at: datetime = timestamp(now=True)
