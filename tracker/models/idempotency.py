"""Idempotency keys: which requests of a person have been carried out, and with what result."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from tracker.models.base import at_most, moment, owner


class IdempotencyKey(SQLModel, table=True):
    """One request under a key that its sender made up; the row is committed together with what the request changed."""

    __tablename__ = "idempotency_key"
    __table_args__ = (
        at_most("operation", 200, least=1),
        at_most("key", 200, least=1),
        Index("ix_idempotency_key_created_at", "created_at"),
    )

    user_id: UUID = owner()
    operation: str = Field(primary_key=True, sa_type=Text)
    key: str = Field(primary_key=True, sa_type=Text)
    result: Any = Field(default=None, sa_column=Column("result", JSONB, nullable=True))
    """Null only inside the transaction that carries the request out."""
    created_at: datetime = moment(now=True)
