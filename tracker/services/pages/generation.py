"""Texts that a model writes for a page: requested, followed, stopped and retried."""

from tracker.db import Scope
from tracker.models import Writing
from tracker.services import generation_requests
from tracker.services.generation import progress
from tracker.services.idempotency import run_once
from tracker.services.letters import model_letters
from tracker.services.pages.action import if_there
from tracker.services.preparation import model_questions
from tracker.shapes.generation import Progress
from tracker.shapes.notice import Done


def letter_progress(scope: Scope, application_id: str) -> Progress | None:
    """Return the progress of the letter requested last; None where there is no such application."""
    return if_there(progress.of_application, scope, application_id)


def questions_progress(scope: Scope, interview_id: str) -> Progress | None:
    """Return the progress of the questions requested last; None where there is no such interview."""
    return if_there(progress.of_interview, scope, interview_id)


def request_letter(scope: Scope, application_id: str, typed: dict[str, str], key: str) -> Progress:
    """Ask the model for a letter."""
    return _progress(scope, run_once(scope, key, model_letters.request_letter, application_id, typed))


def request_paragraph(
    scope: Scope, letter_id: str, revision: str, paragraph: int, wish: str, key: str
) -> Progress:
    """Ask the model to rewrite one paragraph of the shown revision."""
    return _progress(
        scope, run_once(scope, key, model_letters.request_paragraph, letter_id, paragraph, wish, revision)
    )


def request_questions(scope: Scope, interview_id: str, key: str) -> Progress:
    """Ask the model for questions."""
    return _progress(scope, run_once(scope, key, model_questions.request_questions, interview_id))


def stop(scope: Scope, writing_id: str) -> Done[Progress]:
    """Stop what is being written; what is there of it stays."""
    message = generation_requests.cancel(scope, writing_id)
    return Done(message, "", _progress(scope, writing_id))


def retry(scope: Scope, writing_id: str) -> Progress:
    """Try once more what failed."""
    generation_requests.retry_request(scope, writing_id)
    return _progress(scope, writing_id)


def _progress(scope: Scope, writing_id: str) -> Progress:
    scope.reread()
    row = scope.get(Writing, writing_id)
    if row.interview_id:
        return progress.of_interview(scope, str(row.interview_id))
    return progress.of_application(scope, str(row.application_id))
