"""What a person says of themselves: headline and languages, positions, bullets, and a resume that waits for its review."""

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

from tracker.models.base import Owned, at_most, one_of, owner, words
from tracker.shapes.words import ImportState, PositionKind

MOST_BYTES = 5 * 1024 * 1024
"""Largest file that a resume may come in."""


def _several(name: str) -> list[str]:
    made: list[str] = Field(
        default_factory=list,
        sa_column=Column(name, ARRAY(Text), nullable=False, server_default=text("'{}'")),
    )
    return made


def _place() -> Any:
    return Field(default=0, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("0")})


def _month(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} ~ '^([0-9]{{4}}(-(0[1-9]|1[0-2]))?)?$'", name=column)


class Profile(SQLModel, table=True):
    """What stands at the head of a profile."""

    __tablename__ = "profile"
    __table_args__ = (
        at_most("headline", 200),
        CheckConstraint("cardinality(languages) <= 30", name="languages"),
    )

    user_id: UUID = owner()
    headline: str = words()
    languages: list[str] = _several("languages")


class Position(Owned, table=True):
    """A job, a course of study, a project: where something was done, and from when to when."""

    __tablename__ = "position"
    __table_args__ = (
        one_of("kind", PositionKind),
        at_most("title", 200, least=1),
        at_most("organisation", 200),
        _month("begun"),
        _month("ended"),
        CheckConstraint("ended = '' OR NOT is_current", name="lasts"),
        Index("ix_position_place", "user_id", "place", "id"),
    )

    kind: str = words("job")
    title: str = Field(sa_type=Text)
    organisation: str = words()
    begun: str = words()
    ended: str = words()
    is_current: bool = Field(
        default=False, sa_type=Boolean, sa_column_kwargs={"server_default": text("false")}
    )
    place: int = _place()


class Bullet(Owned, table=True):
    """One thing done or known; its place counts within its position, or among those that belong to none."""

    __tablename__ = "bullet"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "position_id"], ["position.user_id", "position.id"], ondelete="CASCADE"
        ),
        at_most("text", 1000, least=1),
        CheckConstraint("cardinality(skills) <= 30", name="skills"),
        Index("ix_bullet_place", "user_id", "position_id", "place", "id"),
    )

    position_id: UUID | None = Field(default=None, nullable=True)
    text: str = Field(sa_type=Text)
    skills: list[str] = _several("skills")
    place: int = _place()


class ResumeImport(Owned, table=True):
    """A resume on its way into the profile, one at a time; its file is kept no longer than until it is read."""

    __tablename__ = "resume_import"
    __table_args__ = (
        one_of("state", ImportState),
        CheckConstraint("(state = 'waiting') = (content IS NOT NULL)", name="content_until_read"),
        CheckConstraint(f"length(content) <= {MOST_BYTES}", name="content_size"),
        at_most("name", 200),
        at_most("reason", 500),
        UniqueConstraint("user_id"),
    )

    state: str = words("waiting")
    name: str = words()
    content: bytes | None = Field(default=None, sa_column=Column("content", LargeBinary, nullable=True))
    proposal: dict[str, Any] = Field(
        default_factory=dict,
        sa_column=Column("proposal", JSONB, nullable=False, server_default=text("'{}'")),
    )
    reason: str = words()
