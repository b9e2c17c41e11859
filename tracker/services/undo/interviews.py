"""Putting back what was done to an interview, and to the questions one prepares for it."""

from datetime import datetime
from typing import Any

from tracker.db import Scope
from tracker.errors import Conflict
from tracker.models import Application, Interview, Question
from tracker.services.undo.rows import CHANGED_SINCE, Back, kept, restore, set_back, still_there
from tracker.shapes.words import EventKind
from tracker.zones import named


def _not_thanked(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    still_there(scope, Interview, facts["id"]).thanked_at = None


def _interview_back(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    interview, changed = still_there(scope, Interview, facts["id"]), facts["changed"]
    set_back(scope, interview, changed)
    if "starts_at" in changed and "wall_time" not in changed:
        interview.wall_time, interview.fold = _on_the_clock(interview.starts_at, interview.zone)


def _on_the_clock(starts_at: datetime, zone: str) -> tuple[datetime, int]:
    """The time on the clock of an instant, which earlier versions kept alone."""
    there = starts_at.astimezone(named(zone))
    return there.replace(tzinfo=None, fold=0), there.fold


def _interview_unscheduled(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    interview = still_there(scope, Interview, facts["id"])
    at = kept(Interview, "starts_at", facts["starts_at"])
    if (interview.state, interview.starts_at, interview.debrief) != ("scheduled", at, ""):
        raise Conflict(CHANGED_SINCE)
    scope.session.delete(interview)


def _interview_restored(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    columns = facts["row"]
    if "wall_time" not in columns:
        starts_at = kept(Interview, "starts_at", columns["starts_at"])
        wall_time, fold = _on_the_clock(starts_at, columns["zone"])
        columns = {**columns, "wall_time": wall_time.isoformat(), "fold": fold}
    restore(scope, Interview, columns)
    for question in facts.get("questions", ()):
        restore(scope, Question, question)


def _question_restored(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    still_there(scope, Interview, facts["row"]["interview_id"])
    restore(scope, Question, facts["row"])


BACK: dict[EventKind, Back] = {
    EventKind.INTERVIEW_SCHEDULED: _interview_unscheduled,
    EventKind.INTERVIEW_MOVED: _interview_back,
    EventKind.INTERVIEW_REOPENED: _interview_back,
    EventKind.INTERVIEW_CANCELLED: _interview_back,
    EventKind.INTERVIEW_DONE: _interview_back,
    EventKind.INTERVIEW_MISSED: _interview_back,
    EventKind.INTERVIEW_EDITED: _interview_back,
    EventKind.INTERVIEW_DEBRIEFED: _interview_back,
    EventKind.INTERVIEW_DELETED: _interview_restored,
    EventKind.INTERVIEW_THANKED: _not_thanked,
    EventKind.QUESTION_REMOVED: _question_restored,
}
