"""Cards: the columns they are built from, and their texts."""

from collections.abc import Iterable
from datetime import date, tzinfo
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any
from zlib import crc32

from babel import Locale
from babel.numbers import format_currency, get_currency_symbol
from sqlalchemy import func, select

from tracker.db import Row, Scope
from tracker.models import Application, applications, interviews, priorities
from tracker.shapes.applications import BoardCard, Card
from tracker.shapes.dates import days_from, exact_day, known_locale, moment_in_words
from tracker.shapes.enumerations import WITH_DEADLINE, Employment, Outcome, Period, Stage, Workplace
from tracker.shapes.tints import TINTS

CACHE_SIZE = 2000
"""Cached cards of the table, and as many of the board; each takes about a kilobyte."""
_TABLE_COLUMNS = (
    "id", "company", "role", "stage", "outcome", "location", "workplace", "salary_from", "salary_to", "currency",
    "salary_period", "source", "excitement", "applied_on", "deadline", "follow_up_on", "touched_at", "interview", "score",
)  # fmt: skip
_table_values = itemgetter(*_TABLE_COLUMNS)
"""Takes the values of a table card from a row, except its tags."""
_BOARD_COLUMNS = (
    "id", "company", "role", "stage", "outcome", "location", "workplace", "salary_from", "salary_to", "currency",
    "salary_period", "deadline", "follow_up_on", "touched_at", "interview", "score",
)  # fmt: skip
_board_values = itemgetter(*_BOARD_COLUMNS)
"""Takes the values of a board card from a row."""


def card_columns(scope: Scope) -> list[Any]:
    """Return the columns of a card, with its next interview and its score."""
    next_interview = (
        select(func.min(interviews.starts_at))
        .where(
            interviews.user_id == applications.user_id,
            interviews.application_id == applications.id,
            interviews.state == "scheduled",
            interviews.starts_at > scope.now,
        )
        .correlate(Application)
        .scalar_subquery()
    )
    a = applications
    score = (
        select(priorities.score)
        .where(priorities.user_id == a.user_id, priorities.application_id == a.id)
        .correlate(Application)
        .scalar_subquery()
    )
    return [
        a.id, a.company, a.role, a.stage, a.outcome, a.location, a.workplace, a.salary_from, a.salary_to,
        a.currency, a.salary_period, a.source, a.excitement, a.tags, a.applied_on, a.deadline, a.follow_up_on,
        a.touched_at, next_interview.label("interview"), score.label("score"),
    ]  # fmt: skip


def table_cards(scope: Scope, rows: Iterable[Row]) -> list[Card]:
    """Return table cards of rows, cached by their values, since a move changes one of fifty."""
    context = (scope.today, scope.who.zone, scope.who.locale)
    return [_table_card(*context, _table_values(row), tuple(row["tags"])) for row in rows]


@lru_cache(CACHE_SIZE)
def _table_card(
    today: date, zone: tzinfo, locale: str, values: tuple[Any, ...], tags: tuple[str, ...]
) -> Card:
    row = dict(zip(_TABLE_COLUMNS, values, strict=True))
    is_open = row["stage"] != Stage.CLOSED
    has_deadline = bool(row["deadline"] and row["stage"] in WITH_DEADLINE)
    salary = salary_text(row["salary_from"], row["salary_to"], row["currency"], row["salary_period"], locale)
    short_pay = short_salary(
        row["salary_from"], row["salary_to"], row["currency"], row["salary_period"], locale
    )
    workplace = Workplace(row["workplace"]).label if row["workplace"] else ""
    return Card(
        id=str(row["id"]),
        company=row["company"],
        role=row["role"],
        mark=mark(row["company"]),
        tint=tint(row["company"]),
        stage=row["stage"],
        outcome=row["outcome"] or "",
        standing=status_label(row["stage"], row["outcome"]),
        location=row["location"],
        workplace=workplace,
        salary=salary,
        pay=short_pay,
        source=row["source"],
        excitement=row["excitement"] or 0,
        score=row["score"] or 0,
        tags=list(tags),
        applied=days_from(row["applied_on"], today) if row["applied_on"] else "",
        applied_exact=exact_day(row["applied_on"], locale) if row["applied_on"] else "",
        deadline=days_from(row["deadline"], today) if has_deadline else "",
        deadline_exact=exact_day(row["deadline"], locale) if row["deadline"] else "",
        is_late=has_deadline and row["deadline"] < today,
        follow_up=days_from(row["follow_up_on"], today) if row["follow_up_on"] and is_open else "",
        is_due=bool(is_open and row["follow_up_on"] and row["follow_up_on"] <= today),
        interview=moment_in_words(row["interview"], zone, today, locale) if row["interview"] else "",
        touched=days_from(row["touched_at"].astimezone(zone).date(), today),
        facts=" · ".join(part for part in (row["location"] or workplace, short_pay) if part),
    )


def board_card_columns(scope: Scope) -> list[Any]:
    """Return the columns of a board card."""
    return [column for column in card_columns(scope) if column.key in _BOARD_COLUMNS]


def board_cards(scope: Scope, rows: Iterable[Row]) -> list[BoardCard]:
    """Return board cards of rows, cached by their values, since a move changes one of hundreds."""
    context = (scope.today, scope.who.zone, scope.who.locale)
    return [_board_card(*context, _board_values(row)) for row in rows]


@lru_cache(CACHE_SIZE)
def _board_card(today: date, zone: tzinfo, locale: str, values: tuple[Any, ...]) -> BoardCard:
    """Return a board card, which shows only the next of its dates."""
    row = dict(zip(_BOARD_COLUMNS, values, strict=True))
    is_open = row["stage"] != Stage.CLOSED
    deadline = row["deadline"] if row["stage"] in WITH_DEADLINE else None
    follow_up = row["follow_up_on"] if is_open else None
    is_due = bool(follow_up and follow_up <= today)
    next_text, next_exact = "", ""
    if row["interview"]:
        next_text = moment_in_words(row["interview"], zone, today, locale)
    elif deadline and not is_due:
        next_text, next_exact = f"Deadline {days_from(deadline, today)}", exact_day(deadline, locale)
    elif follow_up:
        next_text = f"Follow-up {days_from(follow_up, today)}"
    workplace = Workplace(row["workplace"]).label if row["workplace"] else ""
    short_pay = short_salary(
        row["salary_from"], row["salary_to"], row["currency"], row["salary_period"], locale
    )
    return BoardCard(
        id=str(row["id"]),
        company=row["company"],
        role=row["role"],
        mark=mark(row["company"]),
        tint=tint(row["company"]),
        outcome=row["outcome"] or "",
        facts=" · ".join(part for part in (row["location"] or workplace, short_pay) if part),
        score=row["score"] or 0,
        next=next_text,
        next_exact=next_exact,
        has_interview=bool(row["interview"]),
        is_late=not row["interview"] and (is_due or bool(deadline and deadline < today)),
        touched=days_from(row["touched_at"].astimezone(zone).date(), today),
    )


def status_label(stage: str, outcome: str | None) -> str:
    """Return the label of the outcome if the application is closed, else of the stage."""
    return Outcome(outcome).label if outcome else Stage(stage).label


def mark(company: str) -> str:
    """Return one or two letters that represent a company."""
    letters = [part[0] for part in company.split() if part[0].isalnum()]
    return "".join(letters[:2]).upper() or company[:1].upper()


def tint(company: str) -> str:
    """Return the colour scale behind a company's letters, stable for a name."""
    return TINTS[crc32(company.lower().encode()) % len(TINTS)]


@lru_cache(maxsize=4096)
def salary_text(
    low: Decimal | None, high: Decimal | None, currency: str | None, period: str | None, locale: str
) -> str:
    """Return a salary with currency and period, such as `€70,000 – €85,000 a year`; empty when unknown."""
    babel_locale = known_locale(locale)

    def formatted(amount: Decimal) -> str:
        is_whole = amount == amount.to_integral_value()
        return str(
            format_currency(
                amount,
                currency or "USD",
                format=_without_cents(babel_locale) if is_whole else None,
                locale=babel_locale,
                currency_digits=not is_whole,
            )
        )

    ends = dict.fromkeys(formatted(amount) for amount in (low, high) if amount is not None)
    if not ends:
        return ""
    unit = f"{'an' if period == 'hour' else 'a'} {Period(period or 'year').label.lower()}"
    return f"{_open_end(low, high)}{' – '.join(ends)} {unit}"


@lru_cache(maxsize=4096)
def short_salary(
    low: Decimal | None, high: Decimal | None, currency: str | None, period: str | None, locale: str
) -> str:
    """Return a salary short enough for a column, such as `€72–84k` or `£450 a day`; empty when unknown."""
    amounts = [amount for amount in (low, high) if amount is not None]
    if not amounts:
        return ""
    if period != "year" or min(amounts) < 1000:
        return salary_text(low, high, currency, period, locale)
    symbol = get_currency_symbol(currency or "USD", locale=known_locale(locale))
    thousands = dict.fromkeys(str(round(amount / 1000)) for amount in amounts)
    return f"{_open_end(low, high)}{symbol}{'–'.join(thousands)}k"


def _open_end(low: Decimal | None, high: Decimal | None) -> str:
    """Return the words before a salary of which only one end is known."""
    return "up to " if low is None else "from " if high is None else ""


def _without_cents(locale: Locale) -> str:
    return str(locale.currency_formats["standard"].pattern).split(";")[0].replace(".00", "")


def employment_label(value: str | None) -> str:
    """Return the label of an employment type; empty when unknown."""
    return Employment(value).label if value else ""
