"""Applications: a job and the user's pursuit of it."""

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

from tracker.models.base import Owned, max_length, one_of, optional_text, text_column, timestamp
from tracker.shapes.enumerations import Employment, Outcome, Period, Stage, Workplace
from tracker.shapes.priority import CompanySize

LIVE = text("deleted_at IS NULL")
FIGURE_COLUMNS = [
    "id", "created_at", "stage", "outcome", "furthest", "stage_since", "applied_at", "screening_at", "interviewing_at",
    "offer_at", "source", "workplace", "currency", "salary_from", "salary_to", "salary_period",
    "version",
]  # fmt: skip
"""Columns that the figures need, included in an index so that counting 10,000 rows is an index-only scan."""
_SEARCH_TEXT = "company || ' ' || role || ' ' || location || ' ' || notes || ' ' || posting_text"


def _date(name: str) -> Any:
    return Field(default=None, sa_column=Column(name, Date, nullable=True))


def _amount(name: str) -> Any:
    return Field(default=None, sa_column=Column(name, Numeric(12, 2), nullable=True))


def _generated(name: str, kind: Any, formula: str) -> Any:
    """Return a generated column, which PostgreSQL keeps consistent with its formula."""
    column: Column[Any] = Column(name, kind, Computed(formula, persisted=True), nullable=True)
    return Field(default=None, sa_column=column)


class Application(Owned, table=True):
    """A job that the user pursues; the event log stores its history.

    `furthest` is the furthest stage it ever reached. `applied_at` to `offer_at` are when it first reached each stage: null
    for skipped stages, and the creation time for the stage it was created in.
    """

    __tablename__ = "application"
    __table_args__ = (
        max_length("company", 200, min_length=1),
        max_length("role", 200, min_length=1),
        max_length("location", 200),
        max_length("source", 100),
        max_length("industry", 100),
        max_length("posting_url", 2000),
        max_length("posting_text", 100_000),
        max_length("notes", 100_000),
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
            "ix_application_open_first",
            "user_id",
            text("(stage <> 'closed')"),
            "touched_at",
            "id",
            postgresql_where=LIVE,
        ),
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
            postgresql_include=FIGURE_COLUMNS,
            postgresql_where=LIVE,
        ),
        Index("ix_application_posting_key", "user_id", "posting_key", postgresql_where=LIVE),
        Index("ix_application_employer_key", "user_id", "employer_key", postgresql_where=LIVE),
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
    location: str = text_column()
    country: str | None = optional_text()
    workplace: str | None = optional_text()
    employment: str | None = optional_text()
    salary_from: Decimal | None = _amount("salary_from")
    salary_to: Decimal | None = _amount("salary_to")
    currency: str | None = optional_text()
    salary_period: str | None = optional_text()
    posting_url: str = text_column()
    posting_key: str = text_column()
    employer_key: str = text_column()
    posting_text: str = text_column()
    source: str = text_column()
    industry: str = text_column()
    company_size: str | None = optional_text()
    stage: str = text_column("saved")
    outcome: str | None = optional_text()
    furthest: str = text_column("saved")
    stage_since: datetime = timestamp(now=True)
    excitement: int | None = Field(default=None, sa_column=Column("excitement", SmallInteger, nullable=True))
    tags: list[str] = Field(
        default_factory=list,
        sa_column=Column("tags", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    )
    applied_at: datetime | None = timestamp(required=False)
    screening_at: datetime | None = timestamp(required=False)
    interviewing_at: datetime | None = timestamp(required=False)
    offer_at: datetime | None = timestamp(required=False)
    deadline: date | None = _date("deadline")
    applied_on: date | None = _date("applied_on")
    follow_up_on: date | None = _date("follow_up_on")
    notes: str = text_column()
    version: int = Field(default=1, sa_type=Integer, sa_column_kwargs={"server_default": text("1")})
    touched_at: datetime = timestamp(now=True)
    deleted_at: datetime | None = timestamp(required=False)

    company_key: str | None = _generated("company_key", Text, "fold(company)")
    role_key: str | None = _generated("role_key", Text, "fold(role)")
    applied_sort: date | None = _generated("applied_sort", Date, "coalesce(applied_on, '0001-01-01'::date)")
    headline: str | None = _generated("headline", Text, "fold(company || ' ' || role || ' ' || location)")
    search: str | None = _generated("search", TSVECTOR, f"search_vector({_SEARCH_TEXT})")
