"""Texts that a model generates for a page: request, progress, stop and retry."""

from tracker.db import Scope
from tracker.models import Writing
from tracker.services import generation_requests
from tracker.services.generation import progress
from tracker.services.idempotency import run_once
from tracker.services.letters import model_letters
from tracker.services.pages.action import read_or_none
from tracker.services.preparation import model_questions
from tracker.shapes.generation import Progress
from tracker.shapes.notice import Done


def letter_progress(scope: Scope, application_id: str) -> Progress | None:
    """Return the progress of the latest letter request; None if the application doesn't exist."""
    return read_or_none(progress.of_application, scope, application_id)


def questions_progress(scope: Scope, interview_id: str) -> Progress | None:
    """Return the progress of the latest questions request; None if the interview doesn't exist."""
    return read_or_none(progress.of_interview, scope, interview_id)


def request_letter(scope: Scope, application_id: str, typed: dict[str, str], key: str) -> Progress:
    """Request a letter from the model."""
    return _progress(scope, run_once(scope, key, model_letters.request_letter, application_id, typed))


def request_paragraph(
    scope: Scope, letter_id: str, revision: str, paragraph: int, wish: str, key: str
) -> Progress:
    """Request a rewrite of one paragraph; raises Conflict if the letter changed since `revision`."""
    return _progress(
        scope, run_once(scope, key, model_letters.request_paragraph, letter_id, paragraph, wish, revision)
    )


def request_questions(scope: Scope, interview_id: str, key: str) -> Progress:
    """Request interview questions from the model."""
    return _progress(scope, run_once(scope, key, model_questions.request_questions, interview_id))


def stop(scope: Scope, writing_id: str) -> Done[Progress]:
    """Stop a running request; the text so far stays."""
    message = generation_requests.cancel(scope, writing_id)
    return Done(message, "", _progress(scope, writing_id))


def retry(scope: Scope, writing_id: str) -> Progress:
    """Retry a failed request."""
    generation_requests.retry_request(scope, writing_id)
    return _progress(scope, writing_id)


def _progress(scope: Scope, writing_id: str) -> Progress:
    scope.reread()
    row = scope.get(Writing, writing_id)
    if row.interview_id:
        return progress.of_interview(scope, str(row.interview_id))
    return progress.of_application(scope, str(row.application_id))
