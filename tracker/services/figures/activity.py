"""The number of actions per day, and the pipeline on any day."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import func, select

from tracker.db import Scope
from tracker.models import applications
from tracker.services.figures import history, snapshots
from tracker.services.figures.fact_columns import conditions_of
from tracker.services.figures.history import STANDINGS
from tracker.shapes.dates import day_in_words, week_of
from tracker.shapes.enumerations import Outcome, Stage
from tracker.shapes.figures import ActiveDay, PipelineDay, Selection, StatusCount

WEEKS = 53


def activity(scope: Scope, selection: Selection) -> list[ActiveDay]:
    """Return the number of the user's actions on each day of the period, at most its last 53 weeks.

    Days to come are left out; without a period the last day is today. A source, tag or role limits the actions to applications
    that have it, whenever they were sent.
    """
    first, last = shown_days(scope, selection)
    counted: dict[date, int] = {}
    unread = first
    if not selection.narrows:
        stored = snapshots.stored_actions(scope, (scope.today - first).days)
        counted = {row["day"]: row["actions"] for row in stored if row["day"] <= last}
        unread = _first_missing(first, counted)
    counted |= history.actions(scope, unread, last, selection)
    number = (last - first).days + 1
    return [ActiveDay(day := first + timedelta(days=n), counted.get(day, 0)) for n in range(number)]


def shown_days(scope: Scope, selection: Selection) -> tuple[date, date]:
    """Return the first and last day shown; the last comes first where the period is empty."""
    since, until = selection.days(scope.today)
    last = min(until or scope.today, scope.today)
    longest = week_of(last, scope.who.week_start) - timedelta(weeks=WEEKS - 1)
    return max(since or longest, longest), last


def _first_missing(first: date, counts_by_day: dict[date, int]) -> date:
    """Return the first day for which the event log has to be read; nothing happened before the first row."""
    day = min(counts_by_day, default=first)
    while day in counts_by_day:
        day += timedelta(days=1)
    return day


def standing(
    scope: Scope, selection: Selection, day: date, now: Mapping[str, int] | None = None
) -> PipelineDay:
    """Return how many applications were in each stage or outcome at the end of a day, or are now.

    The selection's period doesn't apply, since the day replaces it. `now` is the count of all of them today, if known.
    """
    unbounded = selection.without_period
    day = min(day, scope.today)
    if day < scope.today:
        counts = _counts_on(scope, unbounded, day)
    else:
        counts = Counter(now) if now is not None and not unbounded.narrows else _counts_now(scope, unbounded)
    labels = {word.value: word.label for word in (*Stage, *Outcome)}
    return PipelineDay(
        day.isoformat(),
        day_in_words(day, scope.today, scope.who.locale),
        [StatusCount(n, labels[n], counts[n], unbounded.behind(f"stood:{day}:{n}")) for n in STANDINGS],
    )


def _counts_now(scope: Scope, of: Selection) -> Counter[str]:
    a = applications
    status = func.coalesce(a.outcome, a.stage)
    query = select(status, func.count()).where(
        a.user_id == scope.user_id, a.deleted_at.is_(None), *conditions_of(scope, of)
    )
    return Counter({row[0]: row[1] for row in scope.session.execute(query.group_by(status))})


def _counts_on(scope: Scope, of: Selection, day: date) -> Counter[str]:
    if not of.narrows and (rows := snapshots.stored(scope, day, day)):
        return Counter({name: rows[0][name] for name in STANDINGS})
    return history.standing(history.courses(scope, of), day)
