"""Undo of events of an interview and of its questions."""

from datetime import datetime
from typing import Any

from tracker.db import Scope
from tracker.errors import Conflict
from tracker.models import Application, Interview, Question
from tracker.services.interviews.interview_fields import agreed_time, current_instant
from tracker.services.undo.logged_rows import (
    CHANGED_SINCE,
    UndoHandler,
    column_value,
    existing_row,
    restore_row,
    restore_values,
)
from tracker.shapes.enumerations import EventKind
from tracker.zones import named

NEW_RULES = "The local time is restored, but the rules of its time zone have changed since"
"""Why a restored interview starts at another instant than before."""


def _undo_thanks(scope: Scope, row: Application, particulars: dict[str, Any]) -> None:
    existing_row(scope, Interview, particulars["id"]).thanked_at = None


def _undo_change(scope: Scope, row: Application, particulars: dict[str, Any]) -> str | None:
    interview, changed = existing_row(scope, Interview, particulars["id"]), particulars["changed"]
    if "starts_at" in changed:
        _require_same_time(interview, changed["starts_at"][1], particulars)
    restore_values(
        scope, interview, {name: values for name, values in changed.items() if name != "starts_at"}
    )
    return _restore_instant(interview, particulars) if {"starts_at", "zone"} & changed.keys() else None


def _require_same_time(interview: Interview, starts_at: str, particulars: dict[str, Any]) -> None:
    """Raise Conflict unless the interview still has the local time of the event.

    New zone rules change only its instant.
    """
    if "agreed" in particulars:
        is_unchanged = agreed_time(interview) == particulars["agreed"]
    else:  # Earlier versions stored only the instant.
        is_unchanged = interview.starts_at == column_value(Interview, "starts_at", starts_at)
    if not is_unchanged:
        raise Conflict(CHANGED_SINCE)


def _restore_instant(interview: Interview, particulars: dict[str, Any]) -> str | None:
    """Compute the instant of the restored local time; return a sentence when it isn't the previous one."""
    before, changed = interview.starts_at, particulars["changed"]
    if "starts_at" in changed:
        before = column_value(Interview, "starts_at", changed["starts_at"][0])
        if not {"agreed", "wall_time", "fold"} & (particulars.keys() | changed.keys()):
            interview.wall_time, interview.fold = _local_time(before, interview.zone)
    interview.starts_at = current_instant(interview.wall_time, interview.fold, interview.zone, before)
    return NEW_RULES if interview.starts_at != before else None


def _local_time(starts_at: datetime, zone: str) -> tuple[datetime, int]:
    """Return the local time and fold of an instant, for events of versions that stored the instant alone."""
    local = starts_at.astimezone(named(zone))
    return local.replace(tzinfo=None), local.fold


def _undo_scheduling(scope: Scope, row: Application, particulars: dict[str, Any]) -> None:
    interview = existing_row(scope, Interview, particulars["id"])
    _require_same_time(interview, particulars["starts_at"], particulars)
    if (interview.state, interview.debrief) != ("scheduled", ""):
        raise Conflict(CHANGED_SINCE)
    scope.session.delete(interview)


def _undo_deletion(scope: Scope, row: Application, particulars: dict[str, Any]) -> str | None:
    columns = particulars["row"]
    before = column_value(Interview, "starts_at", columns["starts_at"])
    if "wall_time" not in columns:
        wall_time, fold = _local_time(before, columns["zone"])
        columns = {**columns, "wall_time": wall_time.isoformat(), "fold": fold}
    wall_time = column_value(Interview, "wall_time", columns["wall_time"])
    starts_at = current_instant(wall_time, columns["fold"], columns["zone"], before)
    restore_row(scope, Interview, {**columns, "starts_at": starts_at.isoformat()})
    for question in particulars.get("questions", ()):
        restore_row(scope, Question, question)
    return NEW_RULES if starts_at != before else None


def _undo_question_removal(scope: Scope, row: Application, particulars: dict[str, Any]) -> None:
    existing_row(scope, Interview, particulars["row"]["interview_id"])
    restore_row(scope, Question, particulars["row"])


HANDLERS: dict[EventKind, UndoHandler] = {
    EventKind.INTERVIEW_SCHEDULED: _undo_scheduling,
    EventKind.INTERVIEW_MOVED: _undo_change,
    EventKind.INTERVIEW_REOPENED: _undo_change,
    EventKind.INTERVIEW_CANCELLED: _undo_change,
    EventKind.INTERVIEW_DONE: _undo_change,
    EventKind.INTERVIEW_MISSED: _undo_change,
    EventKind.INTERVIEW_EDITED: _undo_change,
    EventKind.INTERVIEW_DEBRIEFED: _undo_change,
    EventKind.INTERVIEW_DELETED: _undo_deletion,
    EventKind.INTERVIEW_THANKED: _undo_thanks,
    EventKind.QUESTION_REMOVED: _undo_question_removal,
}
