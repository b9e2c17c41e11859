"""Putting back what was done to an interview, and to the questions one prepares for it."""

from typing import Any

from tracker.db import Scope
from tracker.errors import Conflict
from tracker.models import Application, Interview, Question
from tracker.services.undo.rows import CHANGED_SINCE, Back, kept, restore, set_back, still_there
from tracker.shapes.words import EventKind


def _not_thanked(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    still_there(scope, Interview, facts["id"]).thanked_at = None


def _interview_back(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    set_back(scope, still_there(scope, Interview, facts["id"]), facts["changed"])


def _interview_unscheduled(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    interview = still_there(scope, Interview, facts["id"])
    at = kept(Interview, "starts_at", facts["starts_at"])
    if (interview.state, interview.starts_at, interview.debrief) != ("scheduled", at, ""):
        raise Conflict(CHANGED_SINCE)
    scope.session.delete(interview)


def _interview_restored(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    restore(scope, Interview, facts["row"])
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
