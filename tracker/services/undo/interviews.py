"""Putting back what was done to an interview, and to the questions one prepares for it."""

from datetime import datetime
from typing import Any

from tracker.db import Scope
from tracker.errors import Conflict
from tracker.models import Application, Interview, Question
from tracker.services.interviews.fields import agreed, instant
from tracker.services.undo.rows import CHANGED_SINCE, Back, kept, restore, set_back, still_there
from tracker.shapes.words import EventKind
from tracker.zones import named

NEW_RULES = "The local time is as it was; its time zone has had new rules since"
"""Why an interview comes back to another instant than the one it had."""


def _not_thanked(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    still_there(scope, Interview, facts["id"]).thanked_at = None


def _interview_back(scope: Scope, row: Application, facts: dict[str, Any]) -> str | None:
    interview, changed = still_there(scope, Interview, facts["id"]), facts["changed"]
    if "starts_at" in changed:
        _refuse_moved(interview, changed["starts_at"][1], facts)
    set_back(scope, interview, {name: both for name, both in changed.items() if name != "starts_at"})
    return _put_at(interview, facts) if {"starts_at", "zone"} & changed.keys() else None


def _refuse_moved(interview: Interview, starts_at: str, facts: dict[str, Any]) -> None:
    """Conflict when an interview isn't at the time that an event gave it; new zone rules move only its instant."""
    if "agreed" in facts:
        is_there = agreed(interview) == facts["agreed"]
    else:  # earlier versions noted the instant alone
        is_there = interview.starts_at == kept(Interview, "starts_at", starts_at)
    if not is_there:
        raise Conflict(CHANGED_SINCE)


def _put_at(interview: Interview, facts: dict[str, Any]) -> str | None:
    """Compute the instant of the time on the clock given back; a sentence where it isn't the one it was."""
    before, changed = interview.starts_at, facts["changed"]
    if "starts_at" in changed:
        before = kept(Interview, "starts_at", changed["starts_at"][0])
        if not {"agreed", "wall_time", "fold"} & (facts.keys() | changed.keys()):
            interview.wall_time, interview.fold = _on_the_clock(before, interview.zone)
    interview.starts_at = instant(interview.wall_time, interview.fold, interview.zone, before)
    return NEW_RULES if interview.starts_at != before else None


def _on_the_clock(starts_at: datetime, zone: str) -> tuple[datetime, int]:
    """The time on the clock of an instant, which earlier versions kept alone."""
    there = starts_at.astimezone(named(zone))
    return there.replace(tzinfo=None, fold=0), there.fold


def _interview_unscheduled(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    interview = still_there(scope, Interview, facts["id"])
    _refuse_moved(interview, facts["starts_at"], facts)
    if (interview.state, interview.debrief) != ("scheduled", ""):
        raise Conflict(CHANGED_SINCE)
    scope.session.delete(interview)


def _interview_restored(scope: Scope, row: Application, facts: dict[str, Any]) -> str | None:
    columns = facts["row"]
    before = kept(Interview, "starts_at", columns["starts_at"])
    if "wall_time" not in columns:
        wall_time, fold = _on_the_clock(before, columns["zone"])
        columns = {**columns, "wall_time": wall_time.isoformat(), "fold": fold}
    wall_time = kept(Interview, "wall_time", columns["wall_time"])
    begins = instant(wall_time, columns["fold"], columns["zone"], before)
    restore(scope, Interview, {**columns, "starts_at": begins.isoformat()})
    for question in facts.get("questions", ()):
        restore(scope, Question, question)
    return NEW_RULES if begins != before else None


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
