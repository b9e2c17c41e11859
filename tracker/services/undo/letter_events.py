"""Undo of events of letter versions, of which at most one is the sent one."""

from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import Conflict, NotFound
from tracker.models import Application, Letter, events, letters
from tracker.services.undo.logged_rows import CHANGED_SINCE, UndoHandler, existing_row, restore_row
from tracker.shapes.enumerations import EventKind

NOT_SENT = "The version is restored as not sent, because another one has been sent since"
GONE = "The version sent before has been removed, so none is marked as sent"


def _undo_removal(scope: Scope, row: Application, particulars: dict[str, Any]) -> str | None:
    columns = particulars["row"]
    sent_version = select(letters.id).where(
        letters.user_id == scope.user_id, letters.application_id == row.id, letters.sent_on.is_not(None)
    )
    if not columns["sent_on"] or scope.session.scalar(sent_version) is None:
        restore_row(scope, Letter, columns)
        return None
    restore_row(scope, Letter, {**columns, "sent_on": None})
    return NOT_SENT


def _undo_sending(scope: Scope, row: Application, particulars: dict[str, Any]) -> str | None:
    letter = existing_row(scope, Letter, particulars["id"])
    if letter.sent_on != date.fromisoformat(particulars["on"]) or _last_sent_event(scope, row) != particulars:
        raise Conflict(CHANGED_SINCE)
    letter.sent_on = None
    scope.session.flush()
    before = particulars.get("before")
    if not before:
        return None
    try:
        scope.get(Letter, before["id"], lock=True).sent_on = date.fromisoformat(before["on"])
    except NotFound:
        return GONE
    return None


def _last_sent_event(scope: Scope, row: Application) -> dict[str, Any] | None:
    """Return the particulars of the last event that marked a version as sent."""
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
    last: dict[str, Any] | None = scope.session.scalar(query)
    return last


HANDLERS: dict[EventKind, UndoHandler] = {
    EventKind.LETTER_REMOVED: _undo_removal,
    EventKind.LETTER_SENT: _undo_sending,
}
