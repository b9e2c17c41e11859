"""An application: one job, one pursuit of it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    Date,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlmodel import Field

from tracker.models.base import Owned, at_most, maybe_word, moment, one_of, words
from tracker.shapes.priority import CompanySize
from tracker.shapes.words import Employment, Outcome, Period, Stage, Workplace

LIVE = text("deleted_at IS NULL")
FIGURED = [
    "id", "created_at", "stage", "outcome", "furthest", "stage_since", "applied_at", "screening_at", "interviewing_at",
    "offer_at", "source", "workplace", "currency", "salary_from", "salary_to", "salary_period",
    "version",
]  # fmt: skip
"""All that the figures are counted from, so that counting ten thousand reads the index alone."""
_SEARCHED = "company || ' ' || role || ' ' || location || ' ' || notes || ' ' || posting_text"


def _dated(name: str) -> date | None:
    return Field(default=None, sa_column=Column(name, Date, nullable=True))


def _figure(name: str) -> Decimal | None:
    return Field(default=None, sa_column=Column(name, Numeric(12, 2), nullable=True))


def _derived(name: str, kind: Any, formula: str) -> Any:
    """A column PostgreSQL works out by itself, so that it can never disagree with what it is made from."""
    column: Column[Any] = Column(name, kind, Computed(formula, persisted=True), nullable=True)
    return Field(default=None, sa_column=column)


class Application(Owned, table=True):
    """One pursuit of one job; the event log says how it came to stand where it stands.

    `furthest` is the stage furthest on that it ever reached, and `applied_at` … `offer_at` say when it first got so far:
    never, where it skipped a stage; when it was made, where it began there.
    """

    __tablename__ = "application"
    __table_args__ = (
        at_most("company", 200, least=1),
        at_most("role", 200, least=1),
        at_most("location", 200),
        at_most("source", 100),
        at_most("industry", 100),
        at_most("posting_url", 2000),
        at_most("posting_text", 100_000),
        at_most("notes", 100_000),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
        one_of("workplace", Workplace),
        one_of("employment", Employment),
        one_of("company_size", CompanySize),
        one_of("salary_period", Period),
        one_of("stage", Stage),
        one_of("furthest", [stage for stage in Stage if stage != Stage.CLOSED]),
        one_of("outcome", Outcome),
        CheckConstraint("(stage = 'closed') = (outcome IS NOT NULL)", name="outcome_only_when_closed"),
        CheckConstraint("salary_from <= salary_to", name="salary_order"),
        CheckConstraint("salary_from >= 0 AND salary_to >= 0", name="salary_not_negative"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint(
            "(salary_from IS NULL AND salary_to IS NULL) OR (currency IS NOT NULL AND salary_period IS NOT NULL)",
            name="salary_has_currency_and_period",
        ),
        CheckConstraint("excitement BETWEEN 1 AND 5", name="excitement"),
        CheckConstraint("cardinality(tags) <= 30", name="tags"),
        Index("ix_application_touched", "user_id", "touched_at", "id", postgresql_where=LIVE),
        Index(
            "ix_application_stage",
            "user_id",
            "stage",
            "touched_at",
            "id",
            postgresql_include=["furthest", "outcome", "applied_on"],
            postgresql_where=LIVE,
        ),
        Index("ix_application_company", "user_id", "company_key", "id", postgresql_where=LIVE),
        Index("ix_application_role", "user_id", "role_key", "id", postgresql_where=LIVE),
        Index("ix_application_applied", "user_id", "applied_sort", "id", postgresql_where=LIVE),
        Index(
            "ix_application_deadline",
            "user_id",
            "deadline",
            postgresql_include=["stage", "id"],
            postgresql_where=LIVE,
        ),
        Index(
            "ix_application_follow_up",
            "user_id",
            "stage",
            "follow_up_on",
            "applied_on",
            "id",
            postgresql_where=LIVE,
        ),
        Index(
            "ix_application_figures",
            "user_id",
            "applied_on",
            postgresql_include=FIGURED,
            postgresql_where=LIVE,
        ),
        Index("ix_application_posting_key", "user_id", "posting_key", postgresql_where=LIVE),
        Index("ix_application_deleted", "deleted_at", postgresql_where=text("deleted_at IS NOT NULL")),
        Index("ix_application_search", "user_id", "search", postgresql_using="gin", postgresql_where=LIVE),
        Index(
            "ix_application_headline",
            "user_id",
            "headline",
            postgresql_using="gin",
            postgresql_ops={"headline": "gin_trgm_ops"},
            postgresql_where=LIVE,
        ),
    )

    company: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    location: str = words()
    country: str | None = maybe_word()
    workplace: str | None = maybe_word()
    employment: str | None = maybe_word()
    salary_from: Decimal | None = _figure("salary_from")
    salary_to: Decimal | None = _figure("salary_to")
    currency: str | None = maybe_word()
    salary_period: str | None = maybe_word()
    posting_url: str = words()
    posting_key: str = words()
    posting_text: str = words()
    source: str = words()
    industry: str = words()
    company_size: str | None = maybe_word()
    stage: str = words("saved")
    outcome: str | None = maybe_word()
    furthest: str = words("saved")
    stage_since: datetime = moment(now=True)
    excitement: int | None = Field(default=None, sa_column=Column("excitement", SmallInteger, nullable=True))
    tags: list[str] = Field(
        default_factory=list,
        sa_column=Column("tags", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    )
    applied_at: datetime | None = moment(required=False)
    screening_at: datetime | None = moment(required=False)
    interviewing_at: datetime | None = moment(required=False)
    offer_at: datetime | None = moment(required=False)
    deadline: date | None = _dated("deadline")
    applied_on: date | None = _dated("applied_on")
    follow_up_on: date | None = _dated("follow_up_on")
    notes: str = words()
    version: int = Field(default=1, sa_type=Integer, sa_column_kwargs={"server_default": text("1")})
    touched_at: datetime = moment(now=True)
    deleted_at: datetime | None = moment(required=False)

    company_key: str | None = _derived("company_key", Text, "fold(company)")
    role_key: str | None = _derived("role_key", Text, "fold(role)")
    applied_sort: date | None = _derived("applied_sort", Date, "coalesce(applied_on, '0001-01-01'::date)")
    headline: str | None = _derived("headline", Text, "fold(company || ' ' || role || ' ' || location)")
    search: str | None = _derived("search", TSVECTOR, f"to_tsvector('simple'::regconfig, fold({_SEARCHED}))")
