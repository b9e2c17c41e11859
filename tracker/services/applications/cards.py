"""From columns to a card: the query's columns, and everything put into words."""

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
from tracker.shapes.applications import Card, CardOnBoard
from tracker.shapes.dates import days_from, exact_day, known_locale, moment_in_words
from tracker.shapes.words import TINTS, WITH_DEADLINE, Employment, Outcome, Period, Stage, Workplace

REMEMBERED = 2000
"""So many cards of the table, and as many of the board, are kept, each of about a kilobyte."""
_IN_TABLE = (
    "id", "company", "role", "stage", "outcome", "location", "workplace", "salary_from", "salary_to", "currency",
    "salary_period", "source", "excitement", "applied_on", "deadline", "follow_up_on", "touched_at", "interview", "score",
)  # fmt: skip
_made_in_table = itemgetter(*_IN_TABLE)
"""What a card of the table is made of, of a row, its tags aside."""
_ON_BOARD = (
    "id", "company", "role", "stage", "outcome", "location", "workplace", "salary_from", "salary_to", "currency",
    "salary_period", "deadline", "follow_up_on", "touched_at", "interview", "score",
)  # fmt: skip
_made_on_board = itemgetter(*_ON_BOARD)
"""What a card of the board is made of, of a row."""


def columns(scope: Scope) -> list[Any]:
    """What a card is made of, the next interview included."""
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


def in_table(scope: Scope, rows: Iterable[Row]) -> list[Card]:
    """Rows in words, in the person's zone and locale; those that are as they were are remembered, since a move changes one of
    fifty."""
    of = (scope.today, scope.who.zone, scope.who.locale)
    return [_in_table(*of, _made_in_table(row), tuple(row["tags"])) for row in rows]


@lru_cache(REMEMBERED)
def _in_table(today: date, zone: tzinfo, locale: str, made: tuple[Any, ...], tags: tuple[str, ...]) -> Card:
    row = dict(zip(_IN_TABLE, made, strict=True))
    is_open = row["stage"] != Stage.CLOSED
    has_deadline = bool(row["deadline"] and row["stage"] in WITH_DEADLINE)
    salary = money(row["salary_from"], row["salary_to"], row["currency"], row["salary_period"], locale)
    short = pay(row["salary_from"], row["salary_to"], row["currency"], row["salary_period"], locale)
    workplace = Workplace(row["workplace"]).label if row["workplace"] else ""
    return Card(
        id=str(row["id"]),
        company=row["company"],
        role=row["role"],
        mark=mark(row["company"]),
        tint=tint(row["company"]),
        stage=row["stage"],
        stage_label=Stage(row["stage"]).label,
        outcome=row["outcome"] or "",
        standing=standing(row["stage"], row["outcome"]),
        location=row["location"],
        workplace=workplace,
        salary=salary,
        pay=short,
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
        facts=" · ".join(part for part in (row["location"] or workplace, short) if part),
    )


def columns_on_board(scope: Scope) -> list[Any]:
    """What a card of the board is made of."""
    return [column for column in columns(scope) if column.key in _ON_BOARD]


def on_board(scope: Scope, rows: Iterable[Row]) -> list[CardOnBoard]:
    """Rows in words as cards of the board; those that are as they were are remembered, since a move changes one of hundreds."""
    of = (scope.today, scope.who.zone, scope.who.locale)
    return [_on_board(*of, _made_on_board(row)) for row in rows]


@lru_cache(REMEMBERED)
def _on_board(today: date, zone: tzinfo, locale: str, made: tuple[Any, ...]) -> CardOnBoard:
    """One card: of all dates the one that comes next."""
    row = dict(zip(_ON_BOARD, made, strict=True))
    is_open = row["stage"] != Stage.CLOSED
    deadline = row["deadline"] if row["stage"] in WITH_DEADLINE else None
    follow_up = row["follow_up_on"] if is_open else None
    is_due = bool(follow_up and follow_up <= today)
    said, exact = "", ""
    if row["interview"]:
        said = moment_in_words(row["interview"], zone, today, locale)
    elif deadline and not is_due:
        said, exact = f"Deadline {days_from(deadline, today)}", exact_day(deadline, locale)
    elif follow_up:
        said = f"Follow up {days_from(follow_up, today)}"
    workplace = Workplace(row["workplace"]).label if row["workplace"] else ""
    short = pay(row["salary_from"], row["salary_to"], row["currency"], row["salary_period"], locale)
    return CardOnBoard(
        id=str(row["id"]),
        company=row["company"],
        role=row["role"],
        mark=mark(row["company"]),
        tint=tint(row["company"]),
        outcome=row["outcome"] or "",
        facts=" · ".join(part for part in (row["location"] or workplace, short) if part),
        score=row["score"] or 0,
        next=said,
        next_exact=exact,
        has_interview=bool(row["interview"]),
        is_late=not row["interview"] and (is_due or bool(deadline and deadline < today)),
        touched=days_from(row["touched_at"].astimezone(zone).date(), today),
    )


def standing(stage: str, outcome: str | None) -> str:
    """Where an application stands in a word: its outcome when it is closed, its stage otherwise."""
    return Outcome(outcome).label if outcome else Stage(stage).label


def mark(company: str) -> str:
    """One or two letters that stand for a company."""
    letters = [part[0] for part in company.split() if part[0].isalnum()]
    return "".join(letters[:2]).upper() or company[:1].upper()


def tint(company: str) -> str:
    """The colour scale behind a company's letters, always the same for the same name."""
    return TINTS[crc32(company.lower().encode()) % len(TINTS)]


@lru_cache(maxsize=4096)
def money(
    low: Decimal | None, high: Decimal | None, currency: str | None, period: str | None, locale: str
) -> str:
    """A salary with its currency and period, such as `€70,000–85,000 a year`; empty when unknown."""
    if low is None and high is None:
        return ""
    known = known_locale(locale)

    def one(amount: Decimal) -> str:
        whole = amount == amount.to_integral_value()
        return str(
            format_currency(
                amount,
                currency or "USD",
                format=_without_cents(known) if whole else None,
                locale=known,
                currency_digits=not whole,
            )
        )

    if low is not None and high is not None and low != high:
        span = f"{one(low)} – {one(high)}"
    elif low is not None:
        span = one(low) if low == high else f"from {one(low)}"
    else:
        span = f"up to {one(high or Decimal(0))}"
    return f"{span} {'an' if period == 'hour' else 'a'} {Period(period or 'year').label.lower()}"


@lru_cache(maxsize=4096)
def pay(
    low: Decimal | None, high: Decimal | None, currency: str | None, period: str | None, locale: str
) -> str:
    """A salary as short as a column allows: `€72–84k`, `£450 a day`; empty when unknown."""
    figures = [amount for amount in (low, high) if amount is not None]
    if not figures:
        return ""
    if period != "year" or min(figures) < 1000:
        return money(low, high, currency, period, locale)
    sign = get_currency_symbol(currency or "USD", locale=known_locale(locale))
    thousands = [f"{(amount / 1000).quantize(Decimal(1))}" for amount in dict.fromkeys(figures)]
    prefix = "up to " if low is None else "from " if high is None else ""
    return f"{prefix}{sign}{'–'.join(thousands)}k"


def _without_cents(locale: Locale) -> str:
    return str(locale.currency_formats["standard"].pattern).split(";")[0].replace(".00", "")


def employment(value: str | None) -> str:
    """The kind of contract in words; empty when unknown."""
    return Employment(value).label if value else ""
