"""Imports of applications and contacts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from tracker.models.base import Owned, max_length, one_of, text_column, timestamp
from tracker.shapes.imports import DataImportState

MAX_IMPORT_BYTES = 20 * 1024 * 1024
"""Largest file that can be imported."""


def _json(name: str) -> Any:
    column: Column[Any] = Column(name, JSONB, nullable=False, server_default=text("'{}'"))
    return Field(default_factory=dict, sa_column=column)


def _bytes(name: str) -> Any:
    return Field(default=None, sa_column=Column(name, LargeBinary, nullable=True))


class DataImport(Owned, table=True):
    """A file being imported, and what became of it; the file is deleted once it is applied.

    `sheets` holds the file's tables and `checked` the result of the dry run, both as compressed JSON.
    """

    __tablename__ = "data_import"
    __table_args__ = (
        one_of("state", DataImportState),
        max_length("name", 200),
        max_length("reason", 500),
        CheckConstraint(f"length(content) <= {MAX_IMPORT_BYTES}", name="content_size"),
        CheckConstraint(
            "state NOT IN ('applied', 'undone') OR content IS NULL", name="content_until_applied"
        ),
        CheckConstraint("(batch IS NOT NULL) = (applied_at IS NOT NULL)", name="batch_once_applied"),
        Index("ix_data_import_created", "user_id", "created_at"),
    )

    state: str = text_column("reading")
    name: str = text_column()
    content: bytes | None = _bytes("content")
    sheets: bytes | None = _bytes("sheets")
    mapping: dict[str, Any] = _json("mapping")
    encodings: dict[str, Any] = _json("encodings")
    """The encodings to choose from, with the lines that differ; empty where there is no doubt."""
    checked: bytes | None = _bytes("checked")
    counts: dict[str, Any] = _json("counts")
    reason: str = text_column()
    batch: UUID | None = Field(default=None, nullable=True)
    """The undo batch of its events."""
    applied_at: datetime | None = timestamp(required=False)
