"""The practice page of an interview: its questions and their answers."""

from tracker.db import Scope
from tracker.services.idempotency import run_once
from tracker.services.pages.action import act, read_or_none
from tracker.services.preparation import edits, practice_page
from tracker.shapes.notice import Done
from tracker.shapes.preparation import PracticePage


def page(scope: Scope, interview_id: str) -> PracticePage | None:
    """Return the questions of an interview; None if it doesn't exist."""
    return read_or_none(practice_page.practice_page, scope, interview_id)


def take(scope: Scope, interview_id: str, names: list[str], key: str) -> Done[PracticePage]:
    """Add suggested questions."""
    return act(scope, key, edits.add_from_bank, interview_id, names).showing(
        practice_page.practice_page(scope, interview_id)
    )


def write(scope: Scope, interview_id: str, question: str, topic: str, key: str) -> Done[PracticePage]:
    """Add a question that the user wrote."""
    message = run_once(scope, key, edits.add_own, interview_id, question, topic)
    return Done(message, "", _page(scope, interview_id))


def answer(scope: Scope, interview_id: str, question_id: str, value: str, was: str) -> Done[PracticePage]:
    """Save an answer."""
    message = edits.answer(scope, question_id, value, was)
    return Done(message, "", _page(scope, interview_id))


def tick(scope: Scope, interview_id: str, question_id: str, is_ready: bool) -> PracticePage:
    """Mark a question as prepared, or not."""
    edits.mark_prepared(scope, question_id, is_ready)
    return _page(scope, interview_id)


def remove(scope: Scope, interview_id: str, question_id: str, key: str) -> Done[PracticePage]:
    """Remove a question."""
    return act(scope, key, edits.remove, question_id).showing(
        practice_page.practice_page(scope, interview_id)
    )


def recall(scope: Scope, interview_id: str, question_id: str, how: str, key: str) -> PracticePage:
    """Record how well an answer was recalled."""
    run_once(scope, key, edits.practise, question_id, how)
    return _page(scope, interview_id)


def _page(scope: Scope, interview_id: str) -> PracticePage:
    scope.reread()
    return practice_page.practice_page(scope, interview_id)
