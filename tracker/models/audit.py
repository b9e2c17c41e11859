"""The account history: rows are added and expire, and are never changed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, Text, text
from sqlmodel import Field, SQLModel

from tracker.models.base import at_most, moment, one_of, own_id, owner, words
from tracker.shapes.audit import AuditKind


class AuditEntry(SQLModel, table=True):
    """One sign-in, refusal, end of a session or deletion, with where it came from."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        one_of("kind", AuditKind),
        at_most("detail", 300),
        at_most("browser", 300),
        at_most("address", 100),
    )

    user_id: UUID = owner()
    id: UUID = own_id()
    created_at: datetime = moment(now=True)
    kind: str = Field(sa_type=Text)
    detail: str = words()
    browser: str = words()
    address: str = words()
    number: int = Field(default=1, sa_type=Integer, sa_column_kwargs={"server_default": text("1")})
    """How many the entry stands for: sessions ended, things deleted, or refusals of the day so far."""
