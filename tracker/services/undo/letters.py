"""Putting back what was done to the versions of a letter."""

from typing import Any

from tracker.db import Scope
from tracker.errors import Conflict
from tracker.models import Application, Letter
from tracker.services.undo.rows import CHANGED_SINCE, Back, day, restore, still_there
from tracker.shapes.words import EventKind


def _letter_restored(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    restore(scope, Letter, facts["row"])


def _letter_unsent(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    letter = still_there(scope, Letter, facts["id"])
    if letter.sent_on != day(facts["on"]):
        raise Conflict(CHANGED_SINCE)
    letter.sent_on = None


BACK: dict[EventKind, Back] = {
    EventKind.LETTER_REMOVED: _letter_restored,
    EventKind.LETTER_SENT: _letter_unsent,
}
