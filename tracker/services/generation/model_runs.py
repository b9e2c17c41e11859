"""One run of a generation request: call the model, store the answer as it arrives, store the result."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from tracker.db import Scope
from tracker.errors import Sorry
from tracker.models import ModelCall, Writing, model_calls, writings
from tracker.services.generation_requests import job_of
from tracker.services.letters import model_letters as letters
from tracker.services.letters.answer_reader import LetterReader
from tracker.services.model import usage_limits, user_service
from tracker.services.model.client import estimated, operator_timeouts, stream
from tracker.services.preparation import model_questions
from tracker.shapes.enumerations import Purpose, WritingState
from tracker.shapes.model import Request, Service, Usage

STORE_INTERVAL = 0.3
"""Seconds between two updates of the page while an answer arrives."""
MAX_TEXT = 100_000
INTERRUPTED = "It was interrupted."
MAX_INTERRUPTIONS = 2
"""Interruptions of a started answer after which only the user can start another attempt."""
Step = Callable[[], AbstractContextManager[Scope]]


@dataclass(frozen=True)
class Task:
    """The steps of one purpose: build the request, check the answer, store the result."""

    request: Callable[[Scope, Writing], Request]
    check: Callable[[LetterReader], object]
    store: Callable[[Scope, Writing, LetterReader], None]


TASKS = {
    Purpose.LETTER: Task(letters.letter_prompt, LetterReader.paragraphs, letters.store_letter),
    Purpose.PARAGRAPH: Task(letters.paragraph_prompt, LetterReader.paragraphs, letters.store_paragraph),
    Purpose.QUESTIONS: Task(
        model_questions.questions_prompt, model_questions.checked, model_questions.store_questions
    ),
}


@dataclass(frozen=True)
class Attempt:
    """An attempt at a request; `answer` is set if an earlier attempt received all of it."""

    writing_id: UUID
    call_id: UUID
    purpose: Purpose
    request: Request
    service: Service
    answer: str = ""


class Cancelled(Exception):
    """The result isn't wanted any more: cancelled, deleted, or taken over by another attempt."""


def generate(step: Step, finishing: Step, writing_id: UUID | None) -> None:
    """Generate the requested text, unless it was cancelled.

    Each step is a transaction of `step`; the result is stored in one of `finishing`. Raises Upstream when no answer had started,
    so that a retry costs nothing, else Sorry: a partial answer may have been charged, so only the user can request another. An
    answer that a killed worker interrupted is retried once.
    """
    with step() as scope:
        _end_interrupted(scope, writing_id)
    with step() as scope:
        attempt = _begin(scope, writing_id)
    if attempt is None:
        return
    try:
        reader = _complete_reader(attempt) if attempt.answer else _stream_answer(step, attempt)
    except Cancelled:
        return
    with finishing() as scope:
        row = scope.get(Writing, attempt.writing_id, lock=True)
        if row.state == WritingState.OPEN:
            TASKS[attempt.purpose].store(scope, row, reader)
            row.state = WritingState.DONE.value


def _begin(scope: Scope, writing_id: UUID | None) -> Attempt | None:
    row = scope.get(Writing, writing_id or "", lock=True)
    if row.state != WritingState.OPEN:
        return None
    purpose, complete_call = Purpose(row.purpose), _complete_call(scope, row)
    service = user_service.require_service(scope)
    request = TASKS[purpose].request(scope, row)
    if complete_call is not None:
        return Attempt(row.id, complete_call.id, purpose, request, service, complete_call.answer)
    call = usage_limits.begin(scope, row.id, service, request)
    row.text = ""
    return Attempt(row.id, call.id, purpose, request, service)


def _complete_call(scope: Scope, row: Writing) -> ModelCall | None:
    """Return the call that was answered completely, or None; raises Sorry after two interruptions."""
    calls = _calls(scope, row.id)
    job = job_of(scope, row.id)
    since = job.requested_at if job else row.created_at
    interrupted = [
        call for call in calls if call.reason == INTERRUPTED and call.answer and call.begun_at >= since
    ]
    if len(interrupted) >= MAX_INTERRUPTIONS:
        raise Sorry(
            "It was interrupted twice, so it isn't retried automatically: the service may charge for each attempt."
        )
    return next((call for call in reversed(calls) if call.is_whole), None)


def _end_interrupted(scope: Scope, writing_id: UUID | None) -> None:
    """End the calls that a killed attempt left open, which releases the tokens they reserve."""
    for call in _calls(scope, scope.get(Writing, writing_id or "").id):
        if call.ended_at is None:
            call_request = Request(call.rules, call.matter)
            usage_limits.end(scope, call.id, estimated(call_request, call.answer), INTERRUPTED)


def _calls(scope: Scope, writing_id: UUID) -> list[ModelCall]:
    mine = (model_calls.user_id == scope.user_id, model_calls.writing_id == writing_id)
    return list(scope.session.scalars(select(ModelCall).where(*mine).order_by(model_calls.id)))


def _complete_reader(attempt: Attempt) -> LetterReader:
    reader = LetterReader()
    reader.feed(attempt.answer)
    return reader


def _stream_answer(step: Step, attempt: Attempt) -> LetterReader:
    """Return the answer; each part is stored soon after it arrives, so that it survives this process."""
    reader, usage, shown, stored_at = LetterReader(), None, "", time.monotonic()
    try:
        with closing(stream(attempt.request, operator_timeouts(), attempt.service)) as pieces:
            for piece in pieces:
                shown += reader.feed(piece.text)
                usage = piece.usage or usage
                if time.monotonic() - stored_at >= STORE_INTERVAL:
                    _store_progress(step, attempt, reader.whole, shown)
                    stored_at = time.monotonic()
        TASKS[attempt.purpose].check(reader)
    except Cancelled:
        _end(step, attempt, reader, shown, usage, "It was stopped.")
        raise
    except Sorry as error:
        _end(step, attempt, reader, shown, usage, error.message)
        if reader.whole:
            raise Sorry(error.message) from None
        raise
    except Exception:
        _end(step, attempt, reader, shown, usage, INTERRUPTED)
        raise
    _end(step, attempt, reader, shown, usage)
    return reader


def _store_progress(step: Step, attempt: Attempt, answer: str, shown: str) -> None:
    with step() as scope:
        if not _store_answer(scope, attempt, answer) or not _store_text(
            scope, attempt, shown, WritingState.OPEN
        ):
            raise Cancelled


def _end(
    step: Step, attempt: Attempt, reader: LetterReader, shown: str, usage: Usage | None, reason: str = ""
) -> None:
    with step() as scope:
        if _store_answer(scope, attempt, reader.whole):
            _store_text(scope, attempt, shown, *WritingState)
            total = usage or (estimated(attempt.request, reader.whole) if reader.whole else Usage())
            usage_limits.end(scope, attempt.call_id, total, reason, is_whole=not reason)


def _store_answer(scope: Scope, attempt: Attempt, answer: str) -> bool:
    """Store the answer so far; return False when another attempt has taken over."""
    mine = (
        model_calls.user_id == scope.user_id,
        model_calls.id == attempt.call_id,
        model_calls.ended_at.is_(None),
    )
    return bool(scope.rows(update(ModelCall).where(*mine).values(answer=answer).returning(model_calls.id)))


def _store_text(scope: Scope, attempt: Attempt, shown: str, *states: WritingState) -> bool:
    mine = (writings.user_id == scope.user_id, writings.id == attempt.writing_id, writings.state.in_(states))
    statement = update(Writing).where(*mine).values(text=shown[:MAX_TEXT]).returning(writings.id)
    return bool(scope.rows(statement))
