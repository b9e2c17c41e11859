"""Contacts, and their links to applications."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Computed, ForeignKeyConstraint, Index, Text
from sqlmodel import Field, SQLModel

from tracker.models.base import Owned, max_length, owner, text_column, timestamp


class Contact(Owned, table=True):
    """A person at a company, or one who helps with the search."""

    __tablename__ = "contact"
    __table_args__ = (
        max_length("name", 200, min_length=1),
        max_length("role", 200),
        max_length("company", 200),
        max_length("email", 320),
        max_length("phone", 50),
        max_length("link", 2000),
        max_length("notes", 100_000),
        Index("ix_contact_name", "user_id", "name_key", "id"),
    )

    name: str = Field(sa_type=Text)
    role: str = text_column()
    company: str = text_column()
    email: str = text_column()
    phone: str = text_column()
    link: str = text_column()
    notes: str = text_column()
    touched_at: datetime = timestamp(now=True)
    name_key: str | None = Field(
        default=None,
        sa_column=Column("name_key", Text, Computed("fold(name)", persisted=True), nullable=True),
    )


class ApplicationContact(SQLModel, table=True):
    """A link between a contact and an application of the same user."""

    __tablename__ = "application_contact"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "application_id"], ["application.user_id", "application.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["user_id", "contact_id"], ["contact.user_id", "contact.id"], ondelete="CASCADE"
        ),
        Index("ix_application_contact_contact", "user_id", "contact_id"),
    )

    user_id: UUID = owner()
    application_id: UUID = Field(primary_key=True)
    contact_id: UUID = Field(primary_key=True)
