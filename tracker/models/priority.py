"""What a person wishes for, and the score that each application has by it."""

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

from tracker.models.base import one_of, owner, words
from tracker.shapes.words import Period


def _list(name: str) -> list[str]:
    made: list[str] = Field(
        default_factory=list,
        sa_column=Column(name, ARRAY(Text), nullable=False, server_default=text("'{}'")),
    )
    return made


def _table(name: str) -> dict[str, Any]:
    made: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(name, JSONB, nullable=False, server_default=text("'{}'"))
    )
    return made


def _amount(name: str) -> Decimal | None:
    return Field(default=None, sa_column=Column(name, Numeric(12, 2), nullable=True))


class WishList(SQLModel, table=True):
    """What one person looks for, how much each factor weighs, and what all is scored by: how often their sources answered,
    and which skills their profile bears out."""

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
    countries: list[str] = _list("countries")
    cities: list[str] = _list("cities")
    workplaces: list[str] = _list("workplaces")
    salary_target: Decimal | None = _amount("salary_target")
    salary_floor: Decimal | None = _amount("salary_floor")
    currency: str = words()
    salary_period: str = words("year")
    wanted: list[str] = _list("wanted")
    known: list[str] = _list("known")
    avoided: list[str] = _list("avoided")
    levels: list[str] = _list("levels")
    industries: list[str] = _list("industries")
    sizes: list[str] = _list("sizes")
    breakers: list[str] = _list("breakers")
    breaking_words: list[str] = _list("breaking_words")
    weights: dict[str, Any] = _table("weights")
    rates: dict[str, Any] = _table("rates")
    sources: dict[str, Any] = _table("sources")
    counted_on: date | None = Field(default=None, sa_column=Column("counted_on", Date, nullable=True))
    scanned: list[str] = _list("scanned")
    borne_out: list[str] = _list("borne_out")


class Priority(SQLModel, table=True):
    """One application's score, the person's words that its posting holds, and the skills that it asks for, read from the text
    that `asked_of` marks: apart from the application, whose many
    indexes would make ten thousand new scores cost seconds."""

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
    found: list[str] = _list("found")
    asked: list[str] = _list("asked")
    asked_of: str = words()
