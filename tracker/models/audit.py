"""The account history: entries are added and expire, but never change."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, Text, text
from sqlmodel import Field, SQLModel

from tracker.models.base import generated_id, max_length, one_of, owner, text_column, timestamp
from tracker.shapes.audit import AuditKind


class AuditEntry(SQLModel, table=True):
    """A sign-in, refused attempt, ended session or deletion, with browser and IP address."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        one_of("kind", AuditKind),
        max_length("detail", 300),
        max_length("browser", 300),
        max_length("address", 100),
    )

    user_id: UUID = owner()
    id: UUID = generated_id()
    created_at: datetime = timestamp(now=True)
    kind: str = Field(sa_type=Text)
    detail: str = text_column()
    browser: str = text_column()
    address: str = text_column()
    number: int = Field(default=1, sa_type=Integer, sa_column_kwargs={"server_default": text("1")})
    """Sessions ended, records deleted, or refused sign-ins of the day that the entry stands for."""
