"""What a person does with the questions of an interview: takes some, writes own ones, answers, practises, removes."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope
from tracker.errors import Conflict, Invalid, NotFound, TooMany
from tracker.models import Application, Interview, Question, questions
from tracker.services import audit, timeline
from tracker.services.interviews.scheduling import found
from tracker.services.preparation.likely import worded
from tracker.services.preparation.spacing import practised
from tracker.services.typed import parsed_by, text
from tracker.shapes.audit import Deletable
from tracker.shapes.preparation import Recall, Topic
from tracker.shapes.words import EventKind

MOST = 60
"""Questions of one interview."""


def take(scope: Scope, interview_id: str, keys: list[str]) -> str:
    """Add questions of the bank to an interview, those it has already aside; an answer given to the same one before comes along."""
    row = found(scope, interview_id)
    application = scope.get(Application, row.application_id)
    asked = [
        one for key in dict.fromkeys(keys) if (one := worded(str(key), application.role, application.company))
    ]
    if not asked:
        raise NotFound("question")
    room(scope, row, len(asked))
    before = _answered_before(scope, [one.key for one in asked])
    values = [
        {
            "user_id": scope.user_id, "interview_id": row.id, "key": one.key, "topic": one.topic, "text": one.text[:500],
            "why": one.why, "answer": before.get(one.key, ""), "touched_at": scope.now,
        }
        for one in asked
    ]  # fmt: skip
    made = insert(Question).values(values).on_conflict_do_nothing().returning(questions.id)
    return _added(scope, row, len(scope.rows(made)))


def write(scope: Scope, interview_id: str, asked: str, topic: str = Topic.TECHNICAL) -> str:
    """Add a question of the person's own; Invalid when it is empty or too long."""
    row = found(scope, interview_id)
    kept = parsed_by({"text": text(500, required="What may they ask?")}, {"text": asked})["text"]
    if topic not in set(Topic):
        raise Invalid({"topic": "Choose one of the topics listed."})
    room(scope, row, 1)
    scope.add(Question(interview_id=row.id, topic=topic, text=kept, touched_at=scope.now))
    return _added(scope, row, 1)


def answer(scope: Scope, question_id: str, written: str, was: str | None = None) -> str:
    """Keep the person's answer; Conflict when it isn't what it `was` any more."""
    row = scope.get(Question, question_id, lock=True)
    kept = parsed_by({"answer": text(10_000, lines=True)}, {"answer": written})["answer"]
    if was is not None and was.strip() != row.answer and kept != row.answer:
        raise Conflict(
            "The answer was changed elsewhere while you were writing.",
            field="answer",
            mine=written,
            theirs=row.answer,
        )
    if kept != row.answer:
        row.answer, row.touched_at = kept, scope.now
        _record(scope, EventKind.QUESTION_ANSWERED, row)
    return "Answer saved"


def tick(scope: Scope, question_id: str, is_ready: bool) -> None:
    """Say that a question is prepared, or isn't after all; a mark on a list, and so no event."""
    row = scope.get(Question, question_id, lock=True)
    row.is_ready, row.touched_at = bool(is_ready), scope.now


def practise(scope: Scope, question_id: str, recall: str) -> None:
    """Say how the answer came from memory; FSRS says when it is due again. Practice is no event of the application."""
    row = scope.get(Question, question_id, lock=True)
    if recall not in set(Recall):
        raise NotFound("rating")
    starts_at = scope.get(Interview, row.interview_id).starts_at
    row.card, row.due_at = practised(row.card, Recall(recall), scope.now, starts_at)
    row.recall, row.touched_at = recall, scope.now


def remove(scope: Scope, question_id: str) -> str:
    """Take a question off the list; the log keeps it with its answer, so that it can be brought back."""
    row = scope.get(Question, question_id, lock=True)
    _record(scope, EventKind.QUESTION_REMOVED, row, row=timeline.whole(row))
    scope.session.delete(row)
    audit.deleted(scope, Deletable.QUESTION)
    return "Question removed"


def room(scope: Scope, row: Interview, more: int) -> None:
    """TooMany when an interview has no room for so many questions more."""
    mine = (questions.user_id == scope.user_id, questions.interview_id == row.id)
    if scope.session.execute(select(func.count()).where(*mine)).scalar_one() + more > MOST:
        raise TooMany(f"An interview has room for {MOST} questions.")


def _answered_before(scope: Scope, keys: list[str]) -> dict[str, str]:
    """The latest answer the person gave to each of these questions, for whichever interview."""
    mine = (questions.user_id == scope.user_id, questions.key.in_(keys), questions.answer != "")
    query = select(questions.key, questions.answer).where(*mine).order_by(questions.touched_at)
    return {row["key"]: row["answer"] for row in scope.rows(query)}


def _added(scope: Scope, row: Interview, count: int) -> str:
    if count:
        timeline.record(
            scope,
            EventKind.QUESTIONS_ADDED,
            row.application_id,
            id=str(row.id),
            interview=row.kind,
            count=count,
        )
    return f"{count} question{'' if count == 1 else 's'} added" if count else "These are on the list already"


def _record(scope: Scope, kind: EventKind, question: Question, **more: Any) -> None:
    interview = scope.get(Interview, question.interview_id)
    timeline.record(
        scope,
        kind,
        interview.application_id,
        id=str(question.id),
        interview=interview.kind,
        name=question.text,
        **more,
    )
