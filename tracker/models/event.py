"""The event log: one row per event, never rewritten."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from tracker.models.base import Owned, one_of, text_column, timestamp
from tracker.shapes.enumerations import Door, EventKind


class Event(Owned, table=True):
    """An event: what happened, when, by which actor and through which entry point.

    The events of one user action share a `batch`.
    """

    __tablename__ = "event"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "application_id"], ["application.user_id", "application.id"], ondelete="CASCADE"
        ),
        one_of("kind", EventKind),
        one_of("door", Door),
        Index("ix_event_application", "user_id", "application_id", "at"),
        Index("ix_event_at", "user_id", "at"),
        Index("ix_event_batch", "user_id", "batch"),
    )

    application_id: UUID | None = Field(default=None, nullable=True)
    kind: str = Field(sa_type=Text)
    at: datetime = timestamp(now=True)
    actor: str = text_column("user")
    door: str = text_column("web")
    batch: UUID
    particulars: dict[str, Any] = Field(
        default_factory=dict,
        sa_column=Column("particulars", JSONB, nullable=False, server_default=text("'{}'")),
    )
    undone_at: datetime | None = timestamp(required=False)
