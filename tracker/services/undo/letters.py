"""Putting back what was done to the versions of a letter, of which one at most is the sent one."""

from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import Conflict, NotFound
from tracker.models import Application, Letter, events, letters
from tracker.services.undo.rows import CHANGED_SINCE, Back, restore, still_there
from tracker.shapes.words import EventKind

NOT_SENT = "The version came back as not sent, since another one was sent meanwhile"
GONE = "The version that was sent before is removed, so none is marked as sent now"


def _restored(scope: Scope, row: Application, facts: dict[str, Any]) -> str | None:
    kept = facts["row"]
    another = select(letters.id).where(
        letters.user_id == scope.user_id, letters.application_id == row.id, letters.sent_on.is_not(None)
    )
    if not kept["sent_on"] or scope.session.scalar(another) is None:
        restore(scope, Letter, kept)
        return None
    restore(scope, Letter, {**kept, "sent_on": None})
    return NOT_SENT


def _unsent(scope: Scope, row: Application, facts: dict[str, Any]) -> str | None:
    letter = still_there(scope, Letter, facts["id"])
    if letter.sent_on != date.fromisoformat(facts["on"]) or _last_sent(scope, row) != facts:
        raise Conflict(CHANGED_SINCE)
    letter.sent_on = None
    scope.session.flush()
    before = facts.get("before")
    if not before:
        return None
    try:
        scope.get(Letter, before["id"], lock=True).sent_on = date.fromisoformat(before["on"])
    except NotFound:
        return GONE
    return None


def _last_sent(scope: Scope, row: Application) -> dict[str, Any] | None:
    """What the log says of the last time that a version was sent."""
    query = (
        select(events.particulars)
        .where(
            events.user_id == scope.user_id,
            events.application_id == row.id,
            events.kind == EventKind.LETTER_SENT.value,
            events.undone_at.is_(None),
        )
        .order_by(events.id.desc())
        .limit(1)
    )
    found: dict[str, Any] | None = scope.session.scalar(query)
    return found


BACK: dict[EventKind, Back] = {
    EventKind.LETTER_REMOVED: _restored,
    EventKind.LETTER_SENT: _unsent,
}
