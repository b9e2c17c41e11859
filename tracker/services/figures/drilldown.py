"""Drill-down: the applications behind a figure, as an address names it after `behind=`."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Uuid, any_, extract, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from tracker.db import Scope
from tracker.models import applications, events
from tracker.services.figures.durations import in_days
from tracker.services.figures.fact_columns import conditions_of, facts
from tracker.services.figures.history import OWN_DOORS, STANDINGS, courses
from tracker.services.figures.pay import UNKNOWN, UNRATED, money, money_of
from tracker.services.figures.tallies import OPEN_STAGES
from tracker.services.local_days import midnight
from tracker.shapes.dates import exact_day, known_locale
from tracker.shapes.enumerations import Outcome, Stage, Workplace
from tracker.shapes.figures import Selection

Condition = Callable[[Any, str], ColumnElement[bool]]


def applications_behind(scope: Scope, selection: Selection, behind: str) -> Select[Any]:
    """Return a query for the ids of the applications behind a figure; of all for an unknown figure."""
    kind, _, value = behind.partition(":")
    if kind in _OF_A_DAY and (day := _day(value[:10])):
        return _OF_A_DAY[kind](scope, selection, day, value[11:])
    columns = facts(scope, selection, money(scope) if kind == "pay" else money_of(scope))
    query = select(columns.c.id)
    try:
        return query.where(_CONDITIONS[kind](columns.c, value))
    except (KeyError, ValueError):
        return query


def _stood_on(scope: Scope, selection: Selection, day: date, place: str) -> Select[Any]:
    ids = [course.id for course in courses(scope, selection) if course.on(day) == place]
    return _mine(scope).where(applications.id == any_(literal(ids, ARRAY(Uuid))))


def _acted_on(scope: Scope, selection: Selection, day: date, length: str) -> Select[Any]:
    """Return the applications acted on that day, or in the week that starts with it."""
    acted = select(events.application_id).where(
        events.user_id == scope.user_id,
        events.undone_at.is_(None),
        events.door.in_(OWN_DOORS),
        events.at >= midnight(scope, day),
        events.at < midnight(scope, day + timedelta(days=7 if length == "week" else 1)),
    )
    return _mine(scope).where(applications.id.in_(acted), *conditions_of(scope, selection))


def _mine(scope: Scope) -> Select[Any]:
    return select(applications.id).where(applications.user_id == scope.user_id)


_OF_A_DAY = {"stood": _stood_on, "did": _acted_on}


def _day(raw: str) -> date | None:
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2100 else None


def _ended(of: Any, value: str) -> Any:
    if value == "open":
        return of.stands.in_(OPEN_STAGES)
    return of.stands == Outcome(value)


def _path(of: Any, value: str) -> Any:
    stage, _, end = value.partition(":")
    return (of.reached == Stage(stage).rank) & _ended(of, end)


def _week(of: Any, value: str) -> Any:
    if not (first := _day(value)):
        raise ValueError(value)
    return of.applied_on.between(first, first + timedelta(days=6))


def _pay(of: Any, value: str) -> Any:
    if value in ("unknown", "other"):
        return of.is_sent & (of.pay == (UNKNOWN if value == "unknown" else UNRATED))
    low, _, high = value.partition("-")
    in_band = of.is_sent & (of.pay >= int(low))
    return in_band & (of.pay < int(high)) if high else in_band


def _waited(of: Any, value: str) -> Any:
    if value == "unknown":
        return of.is_sent & of.waited.is_(None)
    timed = of.is_sent & of.waited.is_not(None)
    if value.isdecimal():
        return timed & (of.waited == int(value[:6]))
    return timed & (of.is_answered if value == "answered" else ~of.is_answered)


_CONDITIONS: dict[str, Condition] = {
    "reached": lambda of, value: of.reached >= Stage(value).rank,
    "ended": _ended,
    "path": _path,
    "answered": lambda of, value: of.is_answered,
    "source": lambda of, value: of.is_sent & (of.source == value),
    "workplace": lambda of, value: of.is_sent & (of.workplace == value),
    "weekday": lambda of, value: extract("isodow", of.applied_on) == int(value),
    "pay": _pay,
    "week": _week,
    "stayed": lambda of, value: of[f"in_{Stage(value)}"].is_not(None),
    "waited": _waited,
}


def in_words(scope: Scope, behind: str) -> str:
    """Return what the applications behind a figure have in common; empty for an unknown figure."""
    kind, _, value = behind.partition(":")
    try:
        return _WORDS[kind](scope, value)
    except (KeyError, ValueError, IndexError):
        return ""


def _end(value: str) -> str:
    return "still open" if value == "open" else Outcome(value).label.lower()


def _exact(scope: Scope, raw: str) -> str:
    return exact_day(date.fromisoformat(raw), scope.who.locale)


def _stood(scope: Scope, value: str) -> str:
    place = value[11:]
    if place not in STANDINGS:
        raise ValueError(place)
    word = Stage(place) if place in set(Stage) else Outcome(place)
    return f"{word.label} at the end of {_exact(scope, value[:10])}"


def _paid(scope: Scope, value: str) -> str:
    if value in ("unknown", "other"):
        return (
            "Sent, pay not known"
            if value == "unknown"
            else "Sent, pay in a currency without an exchange rate"
        )
    low, _, high = value.partition("-")
    pay, least = f"Sent, yearly pay {money(scope).into}", f"{int(low):,}"
    if not high:
        return f"{pay} {least} and more"
    return f"{pay} {least} to below {int(high):,}" if int(low) else f"{pay} below {int(high):,}"


def _waited_in_words(_: Scope, value: str) -> str:
    if value.isdecimal():
        return f"Answered after {in_days(int(value[:6]))}, or waited as long"
    descriptions = {
        "answered": "Answered on a known date",
        "waiting": "Not answered so far",
        "unknown": "Sent, dates not known",
    }
    return descriptions[value]


_WORDS: dict[str, Callable[[Scope, str], str]] = {
    "reached": lambda _, value: f"Ever reached {Stage(value).label}",
    "ended": lambda _, value: "Still open" if value == "open" else f"Ended as {_end(value)}",
    "path": lambda _, value: f"Got to {Stage(value.partition(':')[0]).label}, {_end(value.partition(':')[2])}",
    "answered": lambda *_: "Answered",
    "source": lambda _, value: f"Sent, found through {value}" if value else "Sent, source not known",
    "workplace": lambda _, value: f"Sent, {Workplace(value).label.lower()}" if value else "Sent, workplace not known",
    "weekday": lambda scope, value: (
        f"Sent on a {known_locale(scope.who.locale).days['format']['wide'][int(value) - 1]}"
    ),
    "pay": _paid,
    "week": lambda scope, value: f"Sent in the week of {_exact(scope, value)}",
    "stayed": lambda _, value: f"Was in {Stage(value).label} and left it",
    "waited": _waited_in_words,
    "stood": _stood,
    "did": lambda scope, value: (
        f"Acted on {'in the week of ' * value.endswith(':week')}{_exact(scope, value[:10])}"
    ),
}  # fmt: skip
