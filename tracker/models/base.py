"""Column types and constraints shared by all tables."""

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


def generated_id() -> Any:
    """Return a primary key that PostgreSQL generates: a UUIDv7, which sorts by creation time."""
    return Field(default=None, primary_key=True, sa_column_kwargs={"server_default": text("uuidv7()")})


def owner() -> Any:
    """Return the user column, first in every primary key so that every index is partitioned by user."""
    return Field(primary_key=True, foreign_key="app_user.id", ondelete="CASCADE")


def timestamp(*, required: bool = True, now: bool = False) -> Any:
    """Return a `timestamptz` column; with `now`, it defaults to the time of the transaction."""
    return Field(
        default=None,
        sa_type=DateTime(timezone=True),
        nullable=not required,
        sa_column_kwargs={"server_default": text("now()")} if now else {},
    )


def text_column(default: str = "") -> Any:
    """Return a text column that is never null: no text is the empty string."""
    return Field(default=default, sa_type=Text, sa_column_kwargs={"server_default": text(f"'{default}'")})


def optional_text() -> Any:
    """Return a nullable text column, for an enumeration value that may be unknown."""
    return Field(default=None, sa_type=Text, nullable=True)


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """Return a constraint that limits a text column to these values (or null, if it is nullable).

    The values are in its `info` too, from which the schema of exports is built.
    """
    names = [str(value) for value in values]
    listed = ", ".join(f"'{name}'" for name in names)
    return CheckConstraint(f"{column} IN ({listed})", name=column, info={column: {"enum": names}})


def max_length(column: str, max_characters: int, *, min_length: int = 0) -> CheckConstraint:
    """Return a constraint on a text's length in characters."""
    return CheckConstraint(
        f"length({column}) BETWEEN {min_length} AND {max_characters}",
        name=f"{column}_length",
        info={column: {"minLength": min_length, "maxLength": max_characters}},
    )


class Owned(SQLModel):
    """A row that belongs to one user, with an id that is unique within that user."""

    user_id: UUID = owner()
    id: UUID = generated_id()
    created_at: datetime = timestamp(now=True)


def columns_of(model: type[SQLModel]) -> ReadOnlyColumnCollection[str, Column[Any]]:
    """Return a table's columns, typed for queries.

    The model's own attributes are typed as a row's values.
    """
    columns: ReadOnlyColumnCollection[str, Column[Any]] = model.__table__.c  # type: ignore[attr-defined]
    return columns
