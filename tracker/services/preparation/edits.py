"""Edits of an interview's questions: add from the bank, write, answer, practise, remove."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope
from tracker.errors import Conflict, Invalid, NotFound, TooMany
from tracker.models import Application, Interview, Question, questions
from tracker.services import audit, timeline
from tracker.services.field_parsers import parsed_by, text
from tracker.services.interviews.scheduling import locked_interview
from tracker.services.plurals import counted
from tracker.services.preparation.likely_questions import bank_question
from tracker.services.preparation.spaced_repetition import practised
from tracker.shapes.audit import Deletable
from tracker.shapes.enumerations import EventKind
from tracker.shapes.preparation import Recall, Topic

MAX_QUESTIONS = 60
"""Maximum number of questions of an interview."""


def add_from_bank(scope: Scope, interview_id: str, keys: list[str]) -> str:
    """Add bank questions to an interview, with the latest answer to each; skip duplicates."""
    row = locked_interview(scope, interview_id)
    application = scope.get(Application, row.application_id)
    chosen_questions = [
        question
        for key in dict.fromkeys(keys)
        if (question := bank_question(str(key), application.role, application.company))
    ]
    if not chosen_questions:
        raise NotFound("question")
    require_room(scope, row, len(chosen_questions))
    answers = _earlier_answers(scope, [question.key for question in chosen_questions])
    values = [
        {
            "user_id": scope.user_id, "interview_id": row.id, "key": question.key, "topic": question.topic, "text": question.text[:500],
            "why": question.why, "answer": answers.get(question.key, ""), "touched_at": scope.now,
        }
        for question in chosen_questions
    ]  # fmt: skip
    insertion = insert(Question).values(values).on_conflict_do_nothing().returning(questions.id)
    return _added(scope, row, len(scope.rows(insertion)))


def add_own(scope: Scope, interview_id: str, written: str, topic: str = Topic.TECHNICAL) -> str:
    """Add a question that the user wrote; raises Invalid when it is empty or too long."""
    row = locked_interview(scope, interview_id)
    clean_text = parsed_by({"text": text(500, required="Enter a question.")}, {"text": written})["text"]
    if topic not in set(Topic):
        raise Invalid({"topic": "Choose one of the topics listed."})
    require_room(scope, row, 1)
    scope.add(Question(interview_id=row.id, topic=topic, text=clean_text, touched_at=scope.now))
    return _added(scope, row, 1)


def answer(scope: Scope, question_id: str, written: str, was: str | None = None) -> str:
    """Save the user's answer; raises Conflict when the stored one is no longer `was`."""
    row = scope.get(Question, question_id, lock=True)
    clean_text = parsed_by({"answer": text(10_000, lines=True)}, {"answer": written})["answer"]
    if was is not None and was.strip() != row.answer and clean_text != row.answer:
        raise Conflict(
            "The answer was changed elsewhere while you were writing.",
            field="answer",
            mine=written,
            theirs=row.answer,
        )
    if clean_text != row.answer:
        row.answer, row.touched_at = clean_text, scope.now
        _record(scope, EventKind.QUESTION_ANSWERED, row)
    return "Answer saved"


def mark_prepared(scope: Scope, question_id: str, is_ready: bool) -> None:
    """Mark a question as prepared, or not; no event, since it is only a mark on a list."""
    row = scope.get(Question, question_id, lock=True)
    row.is_ready, row.touched_at = bool(is_ready), scope.now


def practise(scope: Scope, question_id: str, recall: str) -> None:
    """Record how well an answer was recalled; FSRS decides when it is due again. No event."""
    row = scope.get(Question, question_id, lock=True)
    if recall not in set(Recall):
        raise NotFound("rating")
    starts_at = scope.get(Interview, row.interview_id).starts_at
    row.card, row.due_at = practised(row.card, Recall(recall), scope.now, starts_at)
    row.recall, row.touched_at = recall, scope.now


def remove(scope: Scope, question_id: str) -> str:
    """Remove a question; the event log keeps it with its answer for undo."""
    row = scope.get(Question, question_id, lock=True)
    _record(scope, EventKind.QUESTION_REMOVED, row, row=timeline.logged_row(row))
    scope.session.delete(row)
    audit.note_deletion(scope, Deletable.QUESTION)
    return "Question removed"


def require_room(scope: Scope, row: Interview, more: int) -> None:
    """Raise TooMany when `more` questions would exceed the maximum of an interview."""
    mine = (questions.user_id == scope.user_id, questions.interview_id == row.id)
    if scope.session.execute(select(func.count()).where(*mine)).scalar_one() + more > MAX_QUESTIONS:
        raise TooMany(f"An interview has room for {MAX_QUESTIONS} questions.")


def _earlier_answers(scope: Scope, keys: list[str]) -> dict[str, str]:
    """Return the user's latest answer to each of these questions, from any interview."""
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
    return f"{counted(count, 'question')} added" if count else "These are on the list already"


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
