"""What every table shares: the owner, the identifier, and how a word becomes a checked text column."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, DateTime, Text, text
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def own_id() -> Any:
    """An identifier made by PostgreSQL, sorted by time of making, unique within its owner."""
    return Field(default=None, primary_key=True, sa_column_kwargs={"server_default": text("uuidv7()")})


def owner() -> Any:
    """The user a row belongs to; first in every key, so that every index serves one person at a time."""
    return Field(primary_key=True, foreign_key="app_user.id", ondelete="CASCADE")


def moment(*, required: bool = True, now: bool = False) -> Any:
    """A `timestamptz` column; with `now`, PostgreSQL fills in the time of the transaction."""
    return Field(
        default=None,
        sa_type=DateTime(timezone=True),
        nullable=not required,
        sa_column_kwargs={"server_default": text("now()")} if now else {},
    )


def words(default: str = "") -> Any:
    """A text column that is never null: no text is the empty text."""
    return Field(default=default, sa_type=Text, sa_column_kwargs={"server_default": text(f"'{default}'")})


def maybe_word() -> Any:
    """A text column for a word of the domain that may be unknown."""
    return Field(default=None, sa_type=Text, nullable=True)


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """A constraint that lets a text column hold these words only (or nothing, where it may be null)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def at_most(column: str, length: int, *, least: int = 0) -> CheckConstraint:
    """A constraint on the length of a text, in characters."""
    return CheckConstraint(f"length({column}) BETWEEN {least} AND {length}", name=f"{column}_length")


class Owned(SQLModel):
    """A row that belongs to one user and is identified within that user."""

    user_id: UUID = owner()
    id: UUID = own_id()
    created_at: datetime = moment(now=True)


def columns_of(model: type[SQLModel]) -> ReadOnlyColumnCollection[str, Column[Any]]:
    """A table's columns, typed as what queries compare: the model's own attributes are typed as a row's values."""
    columns: ReadOnlyColumnCollection[str, Column[Any]] = model.__table__.c  # type: ignore[attr-defined]
    return columns
