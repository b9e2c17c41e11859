"""Contacts, and which applications each belongs to."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Computed, ForeignKeyConstraint, Index, Text
from sqlmodel import Field, SQLModel

from tracker.models.base import Owned, at_most, moment, owner, words


class Contact(Owned, table=True):
    """A person at a company, or one who helps with the search."""

    __tablename__ = "contact"
    __table_args__ = (
        at_most("name", 200, least=1),
        at_most("role", 200),
        at_most("company", 200),
        at_most("email", 320),
        at_most("phone", 50),
        at_most("link", 2000),
        at_most("notes", 100_000),
        Index("ix_contact_name", "user_id", "name_key", "id"),
    )

    name: str = Field(sa_type=Text)
    role: str = words()
    company: str = words()
    email: str = words()
    phone: str = words()
    link: str = words()
    notes: str = words()
    touched_at: datetime = moment(now=True)
    name_key: str | None = Field(
        default=None,
        sa_column=Column("name_key", Text, Computed("fold(name)", persisted=True), nullable=True),
    )


class ApplicationContact(SQLModel, table=True):
    """That a contact has to do with an application; both must be the same person's."""

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
