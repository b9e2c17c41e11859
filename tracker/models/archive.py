"""Archives: exports of everything to download, and uploaded ones to load."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from tracker.models.base import Owned, max_length, one_of, owner, text_column, timestamp
from tracker.shapes.archives import ArchiveKind

PART_BYTES = 1024 * 1024
"""Largest part in bytes, so that a file is never in memory as a whole."""


class Archive(Owned, table=True):
    """A file that expires, at most one of each kind per user; its job has the progress."""

    __tablename__ = "archive"
    __table_args__ = (
        UniqueConstraint("user_id", "kind"),
        one_of("kind", ArchiveKind),
        max_length("summary", 500),
        CheckConstraint("size >= 0", name="size"),
        CheckConstraint("downloaded_at IS NULL OR ready_at IS NOT NULL", name="downloaded_once_ready"),
        Index("ix_archive_expires_at", "expires_at"),
    )

    kind: str = Field(sa_type=Text)
    size: int = Field(default=0, sa_type=Integer, sa_column_kwargs={"server_default": text("0")})
    """In bytes."""
    ready_at: datetime | None = timestamp(required=False)
    """When an export was written, or an upload was loaded."""
    summary: str = text_column()
    """What was loaded, as a sentence."""
    expires_at: datetime = timestamp()
    downloaded_at: datetime | None = timestamp(required=False)
    """When it was first downloaded; it can be downloaded again by the same session for a few minutes."""
    downloaded_by: UUID | None = Field(default=None, nullable=True)


class ArchivePart(SQLModel, table=True):
    """A part of an archive's file, numbered from 0."""

    __tablename__ = "archive_part"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "archive_id"], ["archive.user_id", "archive.id"], ondelete="CASCADE"
        ),
        CheckConstraint("number >= 0", name="number"),
        CheckConstraint(f"length(content) BETWEEN 1 AND {PART_BYTES}", name="content_size"),
    )

    user_id: UUID = owner()
    archive_id: UUID = Field(primary_key=True)
    number: int = Field(
        sa_column=Column("number", SmallInteger, primary_key=True, nullable=False, autoincrement=False)
    )
    content: bytes = Field(sa_type=LargeBinary)
