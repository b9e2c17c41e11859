"""The profile: headline, languages, positions and bullets, and a resume that waits for review."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from tracker.models.base import Owned, max_length, one_of, owner, text_column
from tracker.shapes.enumerations import ImportState, PositionKind

MAX_RESUME_BYTES = 5 * 1024 * 1024
"""Largest resume file in bytes."""


def _text_array(name: str) -> list[str]:
    field: list[str] = Field(
        default_factory=list,
        sa_column=Column(name, ARRAY(Text), nullable=False, server_default=text("'{}'")),
    )
    return field


def _order() -> Any:
    return Field(default=0, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("0")})


def _month(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} ~ '^([0-9]{{4}}(-(0[1-9]|1[0-2]))?)?$'", name=column)


class Profile(SQLModel, table=True):
    """The headline and languages of a profile."""

    __tablename__ = "profile"
    __table_args__ = (
        max_length("headline", 200),
        CheckConstraint("cardinality(languages) <= 30", name="languages"),
    )

    user_id: UUID = owner()
    headline: str = text_column()
    languages: list[str] = _text_array("languages")


class Position(Owned, table=True):
    """A job, degree, project or other entry with its period."""

    __tablename__ = "position"
    __table_args__ = (
        one_of("kind", PositionKind),
        max_length("title", 200, min_length=1),
        max_length("organisation", 200),
        _month("begun"),
        _month("ended"),
        CheckConstraint("ended = '' OR NOT is_current", name="lasts"),
        Index("ix_position_place", "user_id", "place", "id"),
    )

    kind: str = text_column("job")
    title: str = Field(sa_type=Text)
    organisation: str = text_column()
    begun: str = text_column()
    ended: str = text_column()
    is_current: bool = Field(
        default=False, sa_type=Boolean, sa_column_kwargs={"server_default": text("false")}
    )
    place: int = _order()


class Bullet(Owned, table=True):
    """Something the user did or knows.

    `place` orders bullets within their position, or those without one.
    """

    __tablename__ = "bullet"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "position_id"], ["position.user_id", "position.id"], ondelete="CASCADE"
        ),
        max_length("text", 1000, min_length=1),
        CheckConstraint("cardinality(skills) <= 30", name="skills"),
        Index("ix_bullet_place", "user_id", "position_id", "place", "id"),
    )

    position_id: UUID | None = Field(default=None, nullable=True)
    text: str = Field(sa_type=Text)
    skills: list[str] = _text_array("skills")
    place: int = _order()


class ResumeImport(Owned, table=True):
    """A resume being imported, at most one per user. Its file is deleted once it is read."""

    __tablename__ = "resume_import"
    __table_args__ = (
        one_of("state", ImportState),
        CheckConstraint("(state = 'waiting') = (content IS NOT NULL)", name="content_until_read"),
        CheckConstraint(f"length(content) <= {MAX_RESUME_BYTES}", name="content_size"),
        max_length("name", 200),
        max_length("reason", 500),
        UniqueConstraint("user_id"),
    )

    state: str = text_column("waiting")
    name: str = text_column()
    content: bytes | None = Field(default=None, sa_column=Column("content", LargeBinary, nullable=True))
    proposal: dict[str, Any] = Field(
        default_factory=dict,
        sa_column=Column("proposal", JSONB, nullable=False, server_default=text("'{}'")),
    )
    reason: str = text_column()
