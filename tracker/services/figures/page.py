"""The analytics page: every figure of a selection, counted anew only when something has changed."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from tracker.db import Scope
from tracker.services.figures.activity import activity, standing
from tracker.services.figures.durations import stays
from tracker.services.figures.pace import bar, by_week, left_out, weeks
from tracker.services.figures.parts import Print, fingerprint, tallied
from tracker.services.figures.reached import flow, funnel, number, rates
from tracker.services.figures.shares import breakdowns
from tracker.services.figures.survival import waiting
from tracker.shapes.figures import Figures, Selection
from tracker.shapes.words import Stage

REMEMBERED = 100
_made: OrderedDict[Any, Any] = OrderedDict()
_turn = Lock()
R = TypeVar("R")


def figures(scope: Scope, selection: Selection, day: str = "") -> Figures:
    """Every figure of a selection; `day` is the one whose pipeline is shown, today unless it is a day gone by."""
    now = fingerprint(scope)
    return replace(
        remembered(scope, selection, counted, now),
        activity=activity(scope, selection),
        standing=standing(scope, selection, asked_day(scope, day), now.stands),
    )


def counted(scope: Scope, selection: Selection, now: Print) -> Figures:
    """The figures that are counted over applications; those of days are left empty."""
    tally, shown = tallied(scope, selection, now), selection.with_dates(scope.today)
    sent_in = by_week(scope, tally)
    shown_weeks = weeks(scope, selection, sent_in)
    tallest = max([scope.who.weekly_goal, 1, *(count for _, count in shown_weeks)])
    return Figures(
        n=number(tally, Stage.SAVED),
        sent=number(tally, Stage.APPLIED),
        flow=flow(shown, tally),
        funnel=funnel(shown, tally),
        weeks=[bar(scope, starts, count, tallest) for starts, count in shown_weeks],
        weeks_addresses=[shown.behind(f"week:{starts}") for starts, _ in shown_weeks],
        rates=rates(shown, tally),
        breakdowns=breakdowns(scope, shown, tally, now.money),
        stays=stays(shown, tally),
        waiting=waiting(tally),
        weeks_left_out=left_out(scope, selection, sent_in, shown_weeks),
    )


def remembered(
    scope: Scope, selection: Selection, make: Callable[[Scope, Selection, Print], R], now: Print
) -> R:
    """What is made of a selection's applications, remembered for as long as none of the person's has changed."""
    key = (make, replace(scope.who, session_id=None), selection, scope.today, now.parts, now.money)
    with _turn:
        if key in _made:
            _made.move_to_end(key)
            return _made[key]
    made = make(scope, selection, now)
    with _turn:
        _made[key] = made
        while len(_made) > REMEMBERED:
            _made.popitem(last=False)
    return made


def asked_day(scope: Scope, day: str) -> date:
    """The day a person asks for, or today for one to come or no day at all."""
    try:
        return min(date.fromisoformat(day), scope.today)
    except ValueError:
        return scope.today
