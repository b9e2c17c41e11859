"""Idempotency keys: submissions already handled, with their results."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from tracker.models.base import max_length, owner, timestamp


class IdempotencyKey(SQLModel, table=True):
    """A submission's key, chosen by the client and committed together with the changes it caused."""

    __tablename__ = "idempotency_key"
    __table_args__ = (
        max_length("operation", 200, min_length=1),
        max_length("key", 200, min_length=1),
        Index("ix_idempotency_key_created_at", "created_at"),
    )

    user_id: UUID = owner()
    operation: str = Field(primary_key=True, sa_type=Text)
    key: str = Field(primary_key=True, sa_type=Text)
    result: Any = Field(default=None, sa_column=Column("result", JSONB, nullable=True))
    """Null only within the transaction that handles the submission."""
    created_at: datetime = timestamp(now=True)
