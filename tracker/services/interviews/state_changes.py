"""Outcomes of interviews: done, missed, cancelled, reopened, debriefed or deleted."""

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import Conflict, Invalid, Sorry
from tracker.models import Interview, Question, questions
from tracker.services import audit, timeline
from tracker.services.field_parsers import InvalidField, whole_number
from tracker.services.interviews.interview_fields import parsed
from tracker.services.interviews.scheduling import locked_interview, touch
from tracker.services.local_days import exact_moment
from tracker.shapes.audit import Deletable
from tracker.shapes.dates import day_in_words
from tracker.shapes.enumerations import EventKind, InterviewKind, InterviewState


def cancel(scope: Scope, interview_id: str) -> str:
    """Cancel an interview; it stays in the list, struck through."""
    return _set_state(scope, locked_interview(scope, interview_id), InterviewState.CANCELLED)


def mark_done(scope: Scope, interview_id: str) -> str:
    """Mark an interview done. Raises Sorry before its day."""
    row = locked_interview(scope, interview_id)
    _require_day_reached(scope, row)
    return _set_state(scope, row, InterviewState.DONE)


def no_show(scope: Scope, interview_id: str) -> str:
    """Mark an interview as a no-show. Raises Sorry before its day."""
    row = locked_interview(scope, interview_id)
    _require_day_reached(scope, row)
    return _set_state(scope, row, InterviewState.NO_SHOW)


def reopen(scope: Scope, interview_id: str) -> str:
    """Put an interview back on the calendar at its previous time."""
    return _set_state(scope, locked_interview(scope, interview_id), InterviewState.SCHEDULED)


_EVENTS = {
    InterviewState.CANCELLED: (EventKind.INTERVIEW_CANCELLED, "cancelled"),
    InterviewState.DONE: (EventKind.INTERVIEW_DONE, "marked done"),
    InterviewState.NO_SHOW: (EventKind.INTERVIEW_MISSED, "marked as a no-show"),
    InterviewState.SCHEDULED: (EventKind.INTERVIEW_REOPENED, "put back on the calendar"),
}


def _set_state(scope: Scope, row: Interview, state: InterviewState) -> str:
    kind, phrase = _EVENTS[state]
    if row.state != state:
        before, row.state = row.state, state.value
        touch(scope, row)
        timeline.record(
            scope,
            kind,
            row.application_id,
            id=str(row.id),
            interview=row.kind,
            changed={"state": [before, state.value]},
        )
    return f"{InterviewKind(row.kind).noun.capitalize()} {phrase}"


def _require_day_reached(scope: Scope, row: Interview) -> None:
    day = row.starts_at.astimezone(scope.who.zone).date()
    if day > scope.today:
        name = day_in_words(day, scope.today, scope.who.locale)
        raise Sorry(f"This interview hasn't happened yet ({name}). If it was earlier, move it first.")


def debrief(scope: Scope, interview_id: str, text: str, rating: str = "", base: str | None = None) -> str:
    """Save a debrief with a rating from 1 to 5, and mark the interview done.

    `base` is the text that the edit started from. Raises Conflict when the debrief holds another text by now.
    """
    row = locked_interview(scope, interview_id)
    _require_day_reached(scope, row)
    debrief_text, rating_value = parsed({"debrief": text})["debrief"], _rating(rating)
    if not debrief_text and rating_value is None and not row.debrief and row.rating is None:
        raise Invalid({"debrief": "Write a line about how it went, or give it a rating."})
    if base is not None and base.strip() != row.debrief and debrief_text != row.debrief:
        raise Conflict(
            "The debrief was changed elsewhere while you were writing.",
            field="debrief",
            mine=text,
            theirs=row.debrief,
        )
    if row.state == InterviewState.SCHEDULED:
        _set_state(scope, row, InterviewState.DONE)
    if (row.debrief, row.rating) != (debrief_text, rating_value):
        changed = {"debrief": [row.debrief, debrief_text], "rating": [row.rating, rating_value]}
        row.debrief, row.rating = debrief_text, rating_value
        touch(scope, row)
        timeline.record(
            scope,
            EventKind.INTERVIEW_DEBRIEFED,
            row.application_id,
            id=str(row.id),
            interview=row.kind,
            **timeline.logged_change(changed),
        )
    return "Debrief saved"


def _rating(raw: str) -> int | None:
    try:
        rating: int | None = whole_number(1, 5, "The rating")("" if raw == "0" else str(raw))
    except InvalidField as error:
        raise Invalid({"rating": str(error)}) from None
    return rating


def delete(scope: Scope, interview_id: str) -> str:
    """Delete an interview. Its event stores the row and its questions for undo."""
    row = locked_interview(scope, interview_id)
    message = f"{InterviewKind(row.kind).noun.capitalize()} of {exact_moment(scope, row.starts_at)} deleted"
    own_questions = scope.session.scalars(
        select(Question).where(questions.user_id == scope.user_id, questions.interview_id == row.id)
    ).all()
    logged = {
        "row": timeline.logged_row(row),
        "questions": [timeline.logged_row(question) for question in own_questions],
    }
    touch(scope, row)
    scope.session.delete(row)
    scope.session.flush()
    timeline.record(
        scope, EventKind.INTERVIEW_DELETED, row.application_id, id=str(row.id), interview=row.kind, **logged
    )
    audit.note_deletion(scope, Deletable.INTERVIEW)
    return message
