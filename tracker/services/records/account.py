"""The profile, the preferences and the daily snapshots as records."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.models import Bullet, Position, preferences, snapshots
from tracker.services import profile
from tracker.services.profile.changes import locked_profile
from tracker.services.records.conversion import as_record
from tracker.shapes.records import (
    BulletRecord,
    Page,
    PositionRecord,
    PreferencesRecord,
    ProfileRecord,
    SnapshotRecord,
    field_names,
)

_SNAPSHOT_FIELDS = field_names(SnapshotRecord)


def profile_record(scope: Scope, _: None = None, *, lock: bool = False) -> ProfileRecord:
    """Return the whole profile, locked on request."""
    if lock:
        locked_profile(scope)
    whole = profile.read(scope)
    bullets = [{**asdict(bullet), "position_id": bullet.position_id or None} for bullet in whole.bullets]
    return as_record(ProfileRecord, asdict(whole), bullets=bullets)


def position(scope: Scope, position_id: UUID | str, *, lock: bool = False) -> PositionRecord:
    """Return a position of the profile, with the profile locked on request."""
    if lock:
        locked_profile(scope)
    row = scope.get(Position, position_id)
    return as_record(PositionRecord, row)


def bullet(scope: Scope, bullet_id: UUID | str, *, lock: bool = False) -> BulletRecord:
    """Return a bullet of the profile, with the profile locked on request."""
    if lock:
        locked_profile(scope)
    row = scope.get(Bullet, bullet_id)
    return as_record(BulletRecord, row)


def preferences_record(scope: Scope, _: None = None, *, lock: bool = False) -> PreferencesRecord:
    """Return the user's preferences, with their row locked on request."""
    p = preferences
    columns = (p.timezone.label("time_zone"), p.locale, p.currency, p.weekly_goal, p.week_start)
    query = select(*columns).where(p.user_id == scope.user_id)
    return as_record(PreferencesRecord, scope.rows(query.with_for_update() if lock else query)[0])


def snapshot_page(
    scope: Scope, since: date | None, until: date | None, after: str, size: int
) -> Page[SnapshotRecord]:
    """Return at most `size` snapshots by day, from `since` to `until`; `after` is a day."""
    query = select(*(snapshots[name] for name in _SNAPSHOT_FIELDS)).where(snapshots.user_id == scope.user_id)
    if since:
        query = query.where(snapshots.day >= since)
    if until:
        query = query.where(snapshots.day <= until)
    if after:
        query = query.where(snapshots.day > _day(after))
    rows = scope.rows(query.order_by(snapshots.day).limit(size + 1))
    shown = [SnapshotRecord(**row) for row in rows[:size]]
    return Page(shown, shown[-1].day.isoformat() if len(rows) > size else None)


def _day(cursor: str) -> date:
    try:
        return date.fromisoformat(cursor)
    except ValueError:
        raise NotFound("page") from None
