"""What was done day by day, and the pipeline as it stood on any day."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import func, select

from tracker.db import Scope
from tracker.models import applications
from tracker.services import snapshots
from tracker.services.figures import history
from tracker.services.figures.facts import chosen
from tracker.services.figures.history import STANDINGS
from tracker.shapes.dates import day_in_words, week_of
from tracker.shapes.figures import ActiveDay, Selection, Standing, Stood
from tracker.shapes.words import Outcome, Stage

WEEKS = 53


def activity(scope: Scope, selection: Selection) -> list[ActiveDay]:
    """How often the person acted on each day of the period, of its last 53 weeks where it is longer, none of them to come;
    without a period the last day is today. Of a source, tag or role, on those alone, whenever they were sent."""
    first, last = shown_days(scope, selection)
    counted: dict[date, int] = {}
    unread = first
    if not selection.narrows:
        kept = snapshots.kept_actions(scope, (scope.today - first).days)
        counted = {row["day"]: row["actions"] for row in kept if row["day"] <= last}
        unread = _first_missing(first, last, counted)
    counted |= history.actions(scope, unread, last, selection)
    number = (last - first).days + 1
    return [ActiveDay(day := first + timedelta(days=n), counted.get(day, 0)) for n in range(number)]


def shown_days(scope: Scope, selection: Selection) -> tuple[date, date]:
    """The first and the last day of which the page says what was done; the last comes first where the period holds none."""
    since, until = selection.days(scope.today)
    last = min(until or scope.today, scope.today)
    longest = week_of(last, scope.who.week_start) - timedelta(weeks=WEEKS - 1)
    return max(since or longest, longest), last


def _first_missing(first: date, last: date, known: dict[date, int]) -> date:
    """The first day from which the log must be read; before the first row there was nothing."""
    day = min(known, default=first)
    while day in known and day < last:
        day += timedelta(days=1)
    return day


def standing(scope: Scope, selection: Selection, day: date, now: Mapping[str, int] | None = None) -> Standing:
    """How many stood where when a day ended, or stand there now; of the selection's source, tag and role, whatever the
    period, since the day says when. `now` is how many of all stand where, when that was counted already."""
    of = selection.without_period
    day = min(day, scope.today)
    if day < scope.today:
        stood = _then(scope, of, day)
    else:
        stood = Counter(now) if now is not None and not of.narrows else _now(scope, of)
    labels = {word.value: word.label for word in (*Stage, *Outcome)}
    return Standing(
        day.isoformat(),
        day_in_words(day, scope.today, scope.who.locale),
        [Stood(n, labels[n], stood[n], of.behind(f"stood:{day}:{n}")) for n in STANDINGS],
    )


def _now(scope: Scope, of: Selection) -> Counter[str]:
    a = applications
    stands = func.coalesce(a.outcome, a.stage)
    query = select(stands, func.count()).where(
        a.user_id == scope.user_id, a.deleted_at.is_(None), *chosen(scope, of)
    )
    return Counter({row[0]: row[1] for row in scope.session.execute(query.group_by(stands))})


def _then(scope: Scope, of: Selection, day: date) -> Counter[str]:
    if not of.narrows and (rows := snapshots.kept(scope, day, day)):
        return Counter({name: rows[0][name] for name in STANDINGS})
    return history.standing(history.courses(scope, of), day)
