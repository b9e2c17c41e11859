"""Snapshots: one row of figures for each day that is over, kept so that nobody need read the whole log again.

The log is the truth. Whatever changes a day that is over throws away the rows from that day on in its own transaction,
and asks for them anew; so a row that is there is right, and one that isn't can be told from the log.
"""

from collections import Counter
from collections.abc import Iterator, Set
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Row, Scope
from tracker.models import Application, Snapshot, snapshots
from tracker.services.figures.history import STANDINGS, Days, days
from tracker.services.jobs.job_requests import request
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.words import JobKind

AT_ONCE = 1000


def take(scope: Scope, day: date) -> bool:
    """Write the row of one day, whether it is there or not; nothing of a day that isn't over. Whether it was written."""
    if day >= scope.today:
        return False
    _lock(scope)
    return _write(scope, days(scope), day, day) > 0


def fill(scope: Scope) -> int:
    """Write the rows of all days that are over and have none; how many."""
    _lock(scope)
    known, yesterday = _known(scope), scope.today - timedelta(days=1)
    if known and (max(known) == yesterday) and len(known) == (yesterday - min(known)).days + 1:
        return 0
    told = days(scope)
    return _write(scope, told, told.first or scope.today, yesterday, without=known)


def rebuild(scope: Scope) -> int:
    """Write the rows of all days that are over anew, from the log alone; how many."""
    _lock(scope)
    scope.session.execute(delete(Snapshot).where(snapshots.user_id == scope.user_id))
    told = days(scope)
    return _write(scope, told, told.first or scope.today, scope.today - timedelta(days=1))


def touched(scope: Scope, *on: date | None) -> None:
    """Say that days were changed that may be over: their rows and all later ones go, and are asked for anew."""
    since = min([day for day in on if day], default=scope.today)
    if since >= scope.today:
        return
    forget(scope, since)


def first_days(scope: Scope, row: Application) -> list[date | None]:
    """The days of which one is the first that an application counts on."""
    return [row.created_at.astimezone(scope.who.zone).date(), row.applied_on]


def forget(scope: Scope, since: date = date.min) -> None:
    """Throw away the rows from a day on, and ask for them anew if there were any."""
    _lock(scope)
    gone = delete(Snapshot).where(snapshots.user_id == scope.user_id, snapshots.day >= since)
    if scope.session.execute(gone.returning(snapshots.day)).first():
        request(scope, JobKind.REBUILD_SNAPSHOTS)


def kept(scope: Scope, first: date, last: date) -> list[Row]:
    """The rows of a stretch of days, the first first; days without one are left out."""
    query = select(*snapshots).where(
        snapshots.user_id == scope.user_id, snapshots.day >= first, snapshots.day <= last
    )
    return scope.rows(query.order_by(snapshots.day))


@prepared_query
def kept_actions(scope: Scope, days: int) -> Any:
    """How often the person acted on each of so many days before today, where a day has its row."""
    first = scope.today - timedelta(days=days)
    return select(snapshots.day, snapshots.actions).where(
        snapshots.user_id == scope.user_id, snapshots.day >= first, snapshots.day < scope.today
    )


def _lock(scope: Scope) -> None:
    """Let one transaction at a time write or throw away a person's rows, so that none is kept that is out of date."""
    key = func.hashtextextended(str(scope.user_id), 7_787_423_004)
    scope.session.execute(select(func.pg_advisory_xact_lock(key)))


def _known(scope: Scope) -> set[date]:
    return set(scope.session.scalars(select(snapshots.day).where(snapshots.user_id == scope.user_id)))


def _write(scope: Scope, told: Days, first: date, last: date, without: Set[date] = frozenset()) -> int:
    rows = [row for row in _rows(scope, told, last) if row["day"] >= first and row["day"] not in without]
    for begun in range(0, len(rows), AT_ONCE):
        made = insert(Snapshot).values(rows[begun : begun + AT_ONCE])
        again = {name: made.excluded[name] for name in rows[0] if name not in ("user_id", "day")}
        scope.session.execute(made.on_conflict_do_update(index_elements=["user_id", "day"], set_=again))
    return len(rows)


def _rows(scope: Scope, told: Days, last: date) -> Iterator[dict[str, Any]]:
    """Every day from the first there is anything to tell of to the last one asked for."""
    stood, day = Counter[str](), told.first or date.max
    while day <= last:
        stood.update(told.moved.get(day, {}))
        yield {
            "user_id": scope.user_id,
            "day": day,
            **{name: stood[name] for name in STANDINGS},
            "sent": told.sent[day],
            "answered": told.answered[day],
            "actions": told.actions.get(day, 0),
            "taken_at": scope.now,
        }
        day += timedelta(days=1)
