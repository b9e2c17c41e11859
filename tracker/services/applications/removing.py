"""Deleting applications so that they can be brought back, for thirty days."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete

from tracker import clock
from tracker.db import Scope, upkeep
from tracker.models import Application, UserSession, applications, user_sessions
from tracker.services import audit, sessions, snapshots, timeline
from tracker.services.applications.moving import chosen
from tracker.shapes.audit import Deletable
from tracker.shapes.words import EventKind

KEPT = timedelta(days=30)


def remove(scope: Scope, ids: Sequence[str]) -> str:
    """Delete applications; they are kept thirty days for an undo. What was done, in words."""
    rows = chosen(scope, ids)
    for row in rows:
        row.deleted_at = scope.now
        row.version += 1
    scope.session.flush()
    snapshots.touched(scope, *[day for row in rows for day in snapshots.first_days(scope, row)])
    timeline.record_many(scope, EventKind.APPLICATION_DELETED, [(row.id, {}) for row in rows])
    audit.deleted(scope, Deletable.APPLICATION, len(rows))
    if len(rows) == 1:
        return f"{rows[0].role} at {rows[0].company} deleted"
    return f"{len(rows)} applications deleted"


def purge() -> tuple[int, int]:
    """Forget for good what was deleted thirty days ago, and sessions that expired thirty days ago; how many of each."""
    with upkeep() as session:
        old = delete(Application.__table__).where(applications.deleted_at < clock.now() - KEPT)  # type: ignore[attr-defined]
        known_since = clock.now() - sessions.KNOWN_FOR
        ended = delete(UserSession.__table__).where(user_sessions.expires_at < known_since)  # type: ignore[attr-defined]
        return session.execute(old).rowcount, session.execute(ended).rowcount  # type: ignore[attr-defined]
