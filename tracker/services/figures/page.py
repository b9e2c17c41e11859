"""The analytics page: every figure of a selection, counted anew only when something has changed."""

from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import Any

from sqlalchemy import func, select

from tracker.db import Scope
from tracker.models import applications
from tracker.services.figures.activity import activity, standing
from tracker.services.figures.durations import stays
from tracker.services.figures.pace import bar, weeks
from tracker.services.figures.reached import flow, funnel, number, rates
from tracker.services.figures.shares import breakdowns
from tracker.services.figures.survival import waiting
from tracker.services.figures.tallies import Tallies, tallies
from tracker.shapes.figures import Figures, Selection
from tracker.shapes.words import Stage

REMEMBERED = 100
_counted: OrderedDict[Any, Tallies] = OrderedDict()
_turn = Lock()


def figures(scope: Scope, selection: Selection, day: str = "") -> Figures:
    """Every figure of a selection; `day` is the one whose pipeline is shown, today unless it is a day gone by."""
    counted, shown = remembered(scope, selection), selection.with_dates(scope.today)
    by_week = weeks(scope, selection, counted)
    tallest = max([scope.who.weekly_goal, 1, *(count for _, count in by_week)])
    return Figures(
        n=number(counted, Stage.SAVED),
        sent=number(counted, Stage.APPLIED),
        flow=flow(shown, counted),
        funnel=funnel(shown, counted),
        weeks=[bar(scope, starts, count, tallest) for starts, count in by_week],
        weeks_addresses=[shown.behind(f"week:{starts}") for starts, _ in by_week],
        rates=rates(shown, counted),
        breakdowns=breakdowns(scope, shown, counted),
        stays=stays(shown, counted),
        waiting=waiting(counted),
        activity=activity(scope, selection),
        standing=standing(scope, selection, _asked(scope, day)),
    )


def remembered(scope: Scope, selection: Selection) -> Tallies:
    """The counts of a selection, remembered for as long as no application of the person's has changed."""
    who = scope.who
    key = (who.user_id, who.timezone, who.currency, selection, scope.today, _print(scope))
    with _turn:
        if key in _counted:
            _counted.move_to_end(key)
            return _counted[key]
    found = tallies(scope, selection)
    with _turn:
        _counted[key] = found
        while len(_counted) > REMEMBERED:
            _counted.popitem(last=False)
    return found


def _print(scope: Scope) -> tuple[int, int]:
    """The fingerprint of a person's applications: every action gives each that it changes another version."""
    a = applications
    query = select(func.count(), func.coalesce(func.sum(func.uuid_hash_extended(a.id, a.version)), 0)).where(
        a.user_id == scope.user_id, a.deleted_at.is_(None)
    )
    rows, versions = scope.session.execute(query).one()
    return int(rows), int(versions)


def _asked(scope: Scope, day: str) -> date:
    try:
        return min(date.fromisoformat(day), scope.today)
    except ValueError:
        return scope.today
