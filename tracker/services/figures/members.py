"""The applications behind a figure: what the address of a list says after `behind=`, as a condition and in words."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Uuid, any_, extract, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from tracker.db import Scope
from tracker.models import applications, events
from tracker.services.figures.durations import in_days
from tracker.services.figures.facts import chosen, facts
from tracker.services.figures.history import OWN_DOORS, STANDINGS, courses
from tracker.services.figures.pay import UNKNOWN, UNRATED, money, money_of
from tracker.services.figures.tallies import OPEN_STAGES
from tracker.services.interviews.calendar import midnight
from tracker.shapes.dates import exact_day, known_locale
from tracker.shapes.figures import Selection
from tracker.shapes.words import Outcome, Stage, Workplace

Condition = Callable[[Any, str], ColumnElement[bool]]


def members(scope: Scope, selection: Selection, behind: str) -> Select[Any]:
    """The identifiers of the applications behind a figure; all of the selection when it names none that is known."""
    what, _, which = behind.partition(":")
    if what in _OF_A_DAY and (day := _day(which[:10])):
        return _OF_A_DAY[what](scope, selection, day, which[11:])
    of = facts(scope, selection, money(scope) if what == "pay" else money_of(scope))
    query = select(of.c.id)
    try:
        return query.where(_CONDITIONS[what](of.c, which))
    except (KeyError, ValueError):
        return query


def _stood_on(scope: Scope, selection: Selection, day: date, place: str) -> Select[Any]:
    there = [course.id for course in courses(scope, selection) if course.on(day) == place]
    return _mine(scope).where(applications.id == any_(literal(there, ARRAY(Uuid))))


def _acted_on(scope: Scope, selection: Selection, day: date, length: str) -> Select[Any]:
    """What was acted on that day, or in the week that begins with it."""
    acted = select(events.application_id).where(
        events.user_id == scope.user_id,
        events.undone_at.is_(None),
        events.door.in_(OWN_DOORS),
        events.at >= midnight(scope, day),
        events.at < midnight(scope, day + timedelta(days=7 if length == "week" else 1)),
    )
    return _mine(scope).where(applications.id.in_(acted), *chosen(scope, selection))


def _mine(scope: Scope) -> Select[Any]:
    return select(applications.id).where(applications.user_id == scope.user_id)


_OF_A_DAY = {"stood": _stood_on, "did": _acted_on}


def _day(raw: str) -> date | None:
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2100 else None


def _ended(of: Any, which: str) -> ColumnElement[bool]:
    if which == "open":
        return of.stands.in_(OPEN_STAGES)
    return of.stands == Outcome(which)


def _path(of: Any, which: str) -> ColumnElement[bool]:
    stage, _, end = which.partition(":")
    return (of.reached == Stage(stage).rank) & _ended(of, end)


def _week(of: Any, which: str) -> ColumnElement[bool]:
    if not (first := _day(which)):
        raise ValueError(which)
    return of.applied_on.between(first, first + timedelta(days=6))


def _pay(of: Any, which: str) -> ColumnElement[bool]:
    if which in ("unknown", "other"):
        return of.is_sent & (of.pay == (UNKNOWN if which == "unknown" else UNRATED))
    low, _, high = which.partition("-")
    in_band = of.is_sent & (of.pay >= int(low))
    return in_band & (of.pay < int(high)) if high else in_band


def _waited(of: Any, which: str) -> ColumnElement[bool]:
    if which == "unknown":
        return of.is_sent & of.waited.is_(None)
    timed = of.is_sent & of.waited.is_not(None)
    if which.isdecimal():
        return timed & (of.waited == int(which[:6]))
    return timed & (of.is_answered if which == "answered" else ~of.is_answered)


_CONDITIONS: dict[str, Condition] = {
    "reached": lambda of, which: of.reached >= Stage(which).rank,
    "ended": _ended,
    "path": _path,
    "answered": lambda of, which: of.is_answered,
    "source": lambda of, which: of.is_sent & (of.source == which),
    "workplace": lambda of, which: of.is_sent & (of.workplace == which),
    "weekday": lambda of, which: extract("isodow", of.applied_on) == int(which),
    "pay": _pay,
    "week": _week,
    "stayed": lambda of, which: of[f"in_{Stage(which)}"].is_not(None),
    "waited": _waited,
}


def in_words(scope: Scope, behind: str) -> str:
    """What the applications behind a figure have in common, for the list that shows them; empty for none that is known."""
    what, _, which = behind.partition(":")
    try:
        return _WORDS[what](scope, which)
    except (KeyError, ValueError, IndexError):
        return ""


def _end(which: str) -> str:
    return "still open" if which == "open" else Outcome(which).label.lower()


def _exact(scope: Scope, raw: str) -> str:
    return exact_day(date.fromisoformat(raw), scope.who.locale)


def _stood(scope: Scope, which: str) -> str:
    place = which[11:]
    if place not in STANDINGS:
        raise ValueError(place)
    word = Stage(place) if place in set(Stage) else Outcome(place)
    return f"{word.label} at the end of {_exact(scope, which[:10])}"


def _paid(scope: Scope, which: str) -> str:
    if which in ("unknown", "other"):
        return "Sent, pay not known" if which == "unknown" else "Sent, pay in a currency without a rate"
    low, _, high = which.partition("-")
    pay, least = f"Sent, yearly pay {money(scope).into}", f"{int(low):,}"
    if not high:
        return f"{pay} {least} and more"
    return f"{pay} {least} to below {int(high):,}" if int(low) else f"{pay} below {int(high):,}"


def _waited_in_words(_: Scope, which: str) -> str:
    if which.isdecimal():
        return f"Answered after {in_days(int(which[:6]))}, or waited as long"
    said = {
        "answered": "Answered, and when is known",
        "waiting": "Not answered so far",
        "unknown": "When is not known",
    }
    return said[which]


_WORDS: dict[str, Callable[[Scope, str], str]] = {
    "reached": lambda _, which: f"Ever reached {Stage(which).label}",
    "ended": lambda _, which: "Still open" if which == "open" else f"Ended as {_end(which)}",
    "path": lambda _, which: f"Got to {Stage(which.partition(':')[0]).label}, {_end(which.partition(':')[2])}",
    "answered": lambda *_: "Answered",
    "source": lambda _, which: f"Sent, found through {which}" if which else "Sent, source not known",
    "workplace": lambda _, which: f"Sent, {Workplace(which).label.lower()}" if which else "Sent, workplace not known",
    "weekday": lambda scope, which: (
        f"Sent on a {known_locale(scope.who.locale).days['format']['wide'][int(which) - 1]}"
    ),
    "pay": _paid,
    "week": lambda scope, which: f"Sent in the week of {_exact(scope, which)}",
    "stayed": lambda _, which: f"Was in {Stage(which).label} and left it",
    "waited": _waited_in_words,
    "stood": _stood,
    "did": lambda scope, which: (
        f"Acted on {'in the week of ' * which.endswith(':week')}{_exact(scope, which[:10])}"
    ),
}  # fmt: skip
