"""All figures of a selection, computed again only after a change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from cachetools import LRUCache, cached

from tracker.db import Scope
from tracker.services.figures.activity import activity, standing
from tracker.services.figures.breakdowns import breakdowns
from tracker.services.figures.durations import stays
from tracker.services.figures.funnel import flow, funnel, number, rates
from tracker.services.figures.incremental_counts import Fingerprint, fingerprint, tallied
from tracker.services.figures.survival import waiting
from tracker.services.figures.weekly import bar, by_week, left_out, weeks
from tracker.shapes.enumerations import Stage
from tracker.shapes.figures import Figures, Selection

CACHED = 100
"""Largest number of results in the cache, of all users together."""
_cache: LRUCache[Any, Any] = LRUCache(CACHED)
_cache_lock = Lock()
R = TypeVar("R")


def figures(scope: Scope, selection: Selection, day: str = "") -> Figures:
    """Return every figure of a selection; `day` is the pipeline's, today for none or a future one."""
    now = fingerprint(scope)
    return replace(
        cached_figures(scope, selection, counted, now),
        activity=activity(scope, selection),
        standing=standing(scope, selection, requested_day(scope, day), now.stands),
    )


def counted(scope: Scope, selection: Selection, now: Fingerprint) -> Figures:
    """Return the figures that are counted over applications, without those of days."""
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


def cached_figures(
    scope: Scope, selection: Selection, make: Callable[[Scope, Selection, Fingerprint], R], now: Fingerprint
) -> R:
    """Return what `make` computes for a selection, cached until one of the user's applications changes."""
    key = (make, replace(scope.who, session_id=None), selection, scope.today, now.parts, now.money)
    return cached(_cache, key=lambda *_: key, lock=_cache_lock)(make)(scope, selection, now)


def requested_day(scope: Scope, day: str) -> date:
    """Return the requested day, or today for a future one or none."""
    try:
        return min(date.fromisoformat(day), scope.today)
    except ValueError:
        return scope.today
