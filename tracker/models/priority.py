"""Wishes, and the priority score of each application."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Numeric,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from tracker.models.base import one_of, owner, text_column
from tracker.shapes.enumerations import Period


def _text_array(name: str) -> list[str]:
    field: list[str] = Field(
        default_factory=list,
        sa_column=Column(name, ARRAY(Text), nullable=False, server_default=text("'{}'")),
    )
    return field


def _json_object(name: str) -> dict[str, Any]:
    field: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(name, JSONB, nullable=False, server_default=text("'{}'"))
    )
    return field


def _amount(name: str) -> Any:
    return Field(default=None, sa_column=Column(name, Numeric(12, 2), nullable=True))


class WishList(SQLModel, table=True):
    """A user's wishes and weights, with the inputs that scores share.

    These are response rates by source, and the skills that the profile supports (`borne_out`).
    """

    __tablename__ = "wishes"
    __table_args__ = (
        CheckConstraint("currency ~ '^[A-Z]{3}$' OR currency = ''", name="currency"),
        CheckConstraint("salary_floor <= salary_target", name="salary_order"),
        one_of("salary_period", Period),
        CheckConstraint(
            "cardinality(wanted) + cardinality(known) + cardinality(avoided) + cardinality(breaking_words) <= 200",
            name="words",
        ),
    )

    user_id: UUID = owner()
    countries: list[str] = _text_array("countries")
    cities: list[str] = _text_array("cities")
    workplaces: list[str] = _text_array("workplaces")
    salary_target: Decimal | None = _amount("salary_target")
    salary_floor: Decimal | None = _amount("salary_floor")
    currency: str = text_column()
    salary_period: str = text_column("year")
    wanted: list[str] = _text_array("wanted")
    known: list[str] = _text_array("known")
    avoided: list[str] = _text_array("avoided")
    levels: list[str] = _text_array("levels")
    industries: list[str] = _text_array("industries")
    sizes: list[str] = _text_array("sizes")
    breakers: list[str] = _text_array("breakers")
    breaking_words: list[str] = _text_array("breaking_words")
    weights: dict[str, Any] = _json_object("weights")
    rates: dict[str, Any] = _json_object("rates")
    sources: dict[str, Any] = _json_object("sources")
    counted_on: date | None = Field(default=None, sa_column=Column("counted_on", Date, nullable=True))
    scanned: list[str] = _text_array("scanned")
    borne_out: list[str] = _text_array("borne_out")


class Priority(SQLModel, table=True):
    """An application's score, the wished words in its posting, and the skills that the posting asks for.

    The skills were extracted from the text with the digest `asked_of`. A table of its own, since updating 10,000 scores
    in the heavily indexed application table takes seconds.
    """

    __tablename__ = "priority"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "application_id"], ["application.user_id", "application.id"], ondelete="CASCADE"
        ),
        CheckConstraint("score BETWEEN 0 AND 100", name="score"),
        Index("ix_priority_score", "user_id", "score", "application_id"),
    )

    user_id: UUID = owner()
    application_id: UUID = Field(primary_key=True)
    score: int = Field(sa_type=SmallInteger)
    found: list[str] = _text_array("found")
    asked: list[str] = _text_array("asked")
    asked_of: str = text_column()
