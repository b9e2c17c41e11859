"""Snapshots: a row of figures for each past day, so that analytics need not read the whole event log.

The event log is authoritative. A change to a past day discards the rows from that day on in its own transaction and requests
a rebuild, so existing rows are correct and missing ones can be computed from the log.
"""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Row, Scope
from tracker.models import Application, Snapshot, snapshots
from tracker.services.figures.history import STANDINGS, Days, days
from tracker.services.jobs.job_requests import request
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.enumerations import JobKind

BATCH_SIZE = 1000


def take(scope: Scope, day: date) -> bool:
    """Write the row of a past day, replacing an existing one, and return true if it was written."""
    if day >= scope.today:
        return False
    _lock(scope)
    return _write(scope, days(scope), day, day) > 0


def fill(scope: Scope) -> int:
    """Write the missing rows of past days and return their number."""
    _lock(scope)
    known, yesterday = _known(scope), scope.today - timedelta(days=1)
    if known and (max(known) == yesterday) and len(known) == (yesterday - min(known)).days + 1:
        return 0
    history = days(scope)
    return _write(scope, history, history.first or scope.today, yesterday, known=known)


def rebuild(scope: Scope) -> int:
    """Write all rows of past days again from the event log and return their number."""
    _lock(scope)
    scope.session.execute(delete(Snapshot).where(snapshots.user_id == scope.user_id))
    history = days(scope)
    return _write(scope, history, history.first or scope.today, scope.today - timedelta(days=1))


def invalidate(scope: Scope, *changed_days: date | None) -> None:
    """Discard the rows from the first of these days on, and request a rebuild."""
    since = min([day for day in changed_days if day], default=scope.today)
    if since >= scope.today:
        return
    discard(scope, since)


def first_days(scope: Scope, row: Application) -> list[date | None]:
    """Return the days on which an application may first count."""
    return [row.created_at.astimezone(scope.who.zone).date(), row.applied_on]


def discard(scope: Scope, since: date = date.min) -> None:
    """Discard the rows from a day on, and request a rebuild if there were any."""
    _lock(scope)
    statement = delete(Snapshot).where(snapshots.user_id == scope.user_id, snapshots.day >= since)
    if scope.session.execute(statement.returning(snapshots.day)).first():
        request(scope, JobKind.REBUILD_SNAPSHOTS)


def stored(scope: Scope, first: date, last: date) -> list[Row]:
    """Return the rows from one day to another in order; days without a row are left out."""
    query = select(*snapshots).where(
        snapshots.user_id == scope.user_id, snapshots.day >= first, snapshots.day <= last
    )
    return scope.rows(query.order_by(snapshots.day))


@prepared_query
def stored_actions(scope: Scope, days: int) -> Any:
    """Return the number of user actions on each of the past `days` days that have a row."""
    first = scope.today - timedelta(days=days)
    return select(snapshots.day, snapshots.actions).where(
        snapshots.user_id == scope.user_id, snapshots.day >= first, snapshots.day < scope.today
    )


def _lock(scope: Scope) -> None:
    """Serialize writes and discards of a user's rows, so that no outdated row is stored."""
    key = func.hashtextextended(str(scope.user_id), 7_787_423_004)
    scope.session.execute(select(func.pg_advisory_xact_lock(key)))


def _known(scope: Scope) -> set[date]:
    return set(scope.session.scalars(select(snapshots.day).where(snapshots.user_id == scope.user_id)))


def _write(
    scope: Scope, history: Days, first: date, last: date, known: AbstractSet[date] = frozenset()
) -> int:
    rows = [row for row in _rows(scope, history, last) if row["day"] >= first and row["day"] not in known]
    for start in range(0, len(rows), BATCH_SIZE):
        insertion = insert(Snapshot).values(rows[start : start + BATCH_SIZE])
        updates = {name: insertion.excluded[name] for name in rows[0] if name not in ("user_id", "day")}
        scope.session.execute(
            insertion.on_conflict_do_update(index_elements=["user_id", "day"], set_=updates)
        )
    return len(rows)


def _rows(scope: Scope, history: Days, last: date) -> Iterator[dict[str, Any]]:
    """Yield a row for each day from the first with data to the last requested one."""
    standings, day = Counter[str](), history.first or date.max
    while day <= last:
        standings.update(history.moved.get(day, {}))
        yield {
            "user_id": scope.user_id,
            "day": day,
            **{name: standings[name] for name in STANDINGS},
            "sent": history.sent[day],
            "answered": history.answered[day],
            "actions": history.actions.get(day, 0),
            "taken_at": scope.now,
        }
        day += timedelta(days=1)
