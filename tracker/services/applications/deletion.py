"""Delete applications, with 30 days for undo."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete

from tracker import clock
from tracker.db import Scope, upkeep
from tracker.models import Application, UserSession, applications, user_sessions
from tracker.services import audit, sessions, timeline
from tracker.services.applications.stage_moves import locked_applications
from tracker.services.figures import snapshots
from tracker.shapes.audit import Deletable
from tracker.shapes.enumerations import EventKind

RETENTION = timedelta(days=30)


def remove(scope: Scope, ids: Sequence[str]) -> str:
    """Delete applications, with 30 days for undo, and return a sentence for the notice."""
    rows = locked_applications(scope, ids)
    for row in rows:
        row.deleted_at = scope.now
        row.version += 1
    scope.session.flush()
    snapshots.invalidate(scope, *[day for row in rows for day in snapshots.first_days(scope, row)])
    timeline.record_many(scope, EventKind.APPLICATION_DELETED, [(row.id, {}) for row in rows])
    audit.note_deletion(scope, Deletable.APPLICATION, len(rows))
    if len(rows) == 1:
        return f"{rows[0].role} at {rows[0].company} deleted"
    return f"{len(rows)} applications deleted"


def purge() -> tuple[int, int]:
    """Purge applications deleted, and sessions expired, over 30 days ago, and return both numbers."""
    with upkeep() as session:
        expired = delete(Application.__table__).where(applications.deleted_at < clock.now() - RETENTION)  # type: ignore[attr-defined]
        oldest_kept = clock.now() - sessions.EXPIRED_RETENTION
        expired_sessions = delete(UserSession.__table__).where(user_sessions.expires_at < oldest_kept)  # type: ignore[attr-defined]
        return session.execute(expired).rowcount, session.execute(expired_sessions).rowcount  # type: ignore[attr-defined]
