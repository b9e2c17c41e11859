"""What became of an interview: had, missed, called off, on again, how it went, or gone from the list."""

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import Conflict, Invalid, Sorry
from tracker.models import Interview, Question, questions
from tracker.services import audit, timeline
from tracker.services.interviews.fields import parsed
from tracker.services.interviews.lines import exact_moment
from tracker.services.interviews.scheduling import found, touch
from tracker.services.typed import Wrong, whole
from tracker.shapes.audit import Deletable
from tracker.shapes.dates import day_in_words
from tracker.shapes.words import EventKind, InterviewKind, InterviewState


def cancel(scope: Scope, interview_id: str) -> str:
    """Call an interview off; it stays in the list, struck out."""
    return _become(scope, found(scope, interview_id), InterviewState.CANCELLED)


def mark_done(scope: Scope, interview_id: str) -> str:
    """Say that an interview took place; refused when it lies on a day to come."""
    row = found(scope, interview_id)
    _refuse_before_its_day(scope, row)
    return _become(scope, row, InterviewState.DONE)


def no_show(scope: Scope, interview_id: str) -> str:
    """Say that someone didn't appear; refused when it lies on a day to come."""
    row = found(scope, interview_id)
    _refuse_before_its_day(scope, row)
    return _become(scope, row, InterviewState.NO_SHOW)


def reopen(scope: Scope, interview_id: str) -> str:
    """Put an interview back on the calendar at the time it had."""
    return _become(scope, found(scope, interview_id), InterviewState.SCHEDULED)


_SETTLED = {
    InterviewState.CANCELLED: (EventKind.INTERVIEW_CANCELLED, "cancelled"),
    InterviewState.DONE: (EventKind.INTERVIEW_DONE, "marked done"),
    InterviewState.NO_SHOW: (EventKind.INTERVIEW_MISSED, "marked as a no-show"),
    InterviewState.SCHEDULED: (EventKind.INTERVIEW_REOPENED, "put back on the calendar"),
}


def _become(scope: Scope, row: Interview, state: InterviewState) -> str:
    kind, said = _SETTLED[state]
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
    return f"{InterviewKind(row.kind).label} {said}"


def _refuse_before_its_day(scope: Scope, row: Interview) -> None:
    day = row.starts_at.astimezone(scope.who.zone).date()
    if day > scope.today:
        name = day_in_words(day, scope.today, scope.who.locale)
        raise Sorry(f"This interview is still to come ({name}). Move it first if it was earlier.")


def debrief(scope: Scope, interview_id: str, text: str, rating: str = "", was: str | None = None) -> str:
    """Keep how an interview went, with a rating of 1 to 5; it then counts as done. Conflict on a stale text."""
    row = found(scope, interview_id)
    _refuse_before_its_day(scope, row)
    written, stars = parsed({"debrief": text})["debrief"], _rating(rating)
    if not written and stars is None and not row.debrief and row.rating is None:
        raise Invalid({"debrief": "Write a line about how it went, or give it a rating."})
    if was is not None and was.strip() != row.debrief and written != row.debrief:
        raise Conflict(
            "The debrief was changed elsewhere while you were writing.",
            field="debrief",
            mine=text,
            theirs=row.debrief,
        )
    if row.state == InterviewState.SCHEDULED:
        _become(scope, row, InterviewState.DONE)
    if (row.debrief, row.rating) != (written, stars):
        changed = {"debrief": [row.debrief, written], "rating": [row.rating, stars]}
        row.debrief, row.rating = written, stars
        touch(scope, row)
        timeline.record(
            scope,
            EventKind.INTERVIEW_DEBRIEFED,
            row.application_id,
            id=str(row.id),
            interview=row.kind,
            **timeline.both(changed),
        )
    return "Debrief saved"


def _rating(raw: str) -> int | None:
    try:
        stars: int | None = whole(1, 5, "The rating")("" if raw == "0" else str(raw))
    except Wrong as why:
        raise Invalid({"rating": str(why)}) from None
    return stars


def delete(scope: Scope, interview_id: str) -> str:
    """Delete an interview; the log keeps all of it, so that it can be brought back."""
    row = found(scope, interview_id)
    said = f"{InterviewKind(row.kind).label} of {exact_moment(scope, row.starts_at)} deleted"
    practised = scope.session.scalars(
        select(Question).where(questions.user_id == scope.user_id, questions.interview_id == row.id)
    ).all()
    kept = {"row": timeline.whole(row), "questions": [timeline.whole(one) for one in practised]}
    touch(scope, row)
    scope.session.delete(row)
    scope.session.flush()
    timeline.record(
        scope, EventKind.INTERVIEW_DELETED, row.application_id, id=str(row.id), interview=row.kind, **kept
    )
    audit.deleted(scope, Deletable.INTERVIEW)
    return said
