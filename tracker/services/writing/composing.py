"""What a worker does to write something: asks the model, keeps what arrives as it arrives, and makes of it what was wanted."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from tracker.db import Scope
from tracker.errors import Sorry
from tracker.models import ModelCall, Writing, model_calls, writings
from tracker.services.letters import written as letters
from tracker.services.letters.reading import LetterReader
from tracker.services.model import budget, own
from tracker.services.model.client import estimated, stream, unhurried
from tracker.services.preparation import suggesting
from tracker.services.writing.opening import job_of
from tracker.shapes.model import Request, Service, Usage
from tracker.shapes.words import Purpose, WritingState

PACE = 0.3
"""Seconds between two looks of the page at what has arrived."""
MOST = 100_000
INTERRUPTED = "It was interrupted."
PATIENT = 2
"""How often an answer that had begun may be interrupted before its person is asked whether to try again."""
Step = Callable[[], AbstractContextManager[Scope]]


@dataclass(frozen=True)
class Task:
    """How one purpose is served: its question, whether an answer can be used (`Sorry` if not), and what is made of it."""

    request: Callable[[Scope, Writing], Request]
    check: Callable[[LetterReader], object]
    keep: Callable[[Scope, Writing, LetterReader], None]


TASKS = {
    Purpose.LETTER: Task(letters.letter, LetterReader.paragraphs, letters.keep_letter),
    Purpose.PARAGRAPH: Task(letters.paragraph, LetterReader.paragraphs, letters.keep_paragraph),
    Purpose.QUESTIONS: Task(suggesting.request, suggesting.checked, suggesting.keep),
}


@dataclass(frozen=True)
class Begun:
    """A question that is put to a model; `answer` is there where an earlier try has heard all of it already."""

    writing_id: UUID
    call_id: UUID
    purpose: Purpose
    request: Request
    service: Service
    answer: str = ""


class Stopped(Exception):
    """Nobody wants it any more: it was cancelled, deleted, or another try has taken over."""


def compose(step: Step, finishing: Step, writing_id: UUID | None) -> None:
    """Write what was asked for, unless it was cancelled; `Sorry` with what went wrong, `Upstream` where nothing was lost by it.

    Each piece of work is a transaction of `step`; what comes of it, of `finishing`. An answer that was begun and broke off
    isn't asked for again without the person, who may have paid for it; only what a killed worker left is, once.
    """
    with step() as scope:
        _end_interrupted(scope, writing_id)
    with step() as scope:
        begun = _begin(scope, writing_id)
    if begun is None:
        return
    try:
        reader = _heard(begun) if begun.answer else _listened(step, begun)
    except Stopped:
        return
    with finishing() as scope:
        row = scope.get(Writing, begun.writing_id, lock=True)
        if row.state == WritingState.OPEN:
            TASKS[begun.purpose].keep(scope, row, reader)
            row.state = WritingState.DONE.value


def _begin(scope: Scope, writing_id: UUID | None) -> Begun | None:
    row = scope.get(Writing, writing_id or "", lock=True)
    if row.state != WritingState.OPEN:
        return None
    purpose, earlier = Purpose(row.purpose), _earlier(scope, row)
    service = own.insist(scope)
    request = TASKS[purpose].request(scope, row)
    if earlier is not None:
        return Begun(row.id, earlier.id, purpose, request, service, earlier.answer)
    call = budget.begin(scope, row.id, service, request)
    row.text = ""
    return Begun(row.id, call.id, purpose, request, service)


def _earlier(scope: Scope, row: Writing) -> ModelCall | None:
    """The question that was answered to its end already, if any; `Sorry` when one was broken off twice since it was asked for."""
    calls = _calls(scope, row.id)
    job = job_of(scope, row.id)
    since = job.requested_at if job else row.created_at
    paid = [one for one in calls if one.reason == INTERRUPTED and one.answer and one.begun_at >= since]
    if len(paid) >= PATIENT:
        raise Sorry(
            "It was interrupted twice, so it isn't begun again by itself: the service may charge each try."
        )
    return next((call for call in reversed(calls) if call.is_whole), None)


def _end_interrupted(scope: Scope, writing_id: UUID | None) -> None:
    """End the questions that a killed try left open: what they hold of the day's limit is free again."""
    for call in _calls(scope, scope.get(Writing, writing_id or "").id):
        if call.ended_at is None:
            asked = Request(call.rules, call.matter)
            budget.end(scope, call.id, estimated(asked, call.answer), INTERRUPTED)


def _calls(scope: Scope, writing_id: UUID) -> list[ModelCall]:
    mine = (model_calls.user_id == scope.user_id, model_calls.writing_id == writing_id)
    return list(scope.session.scalars(select(ModelCall).where(*mine).order_by(model_calls.id)))


def _heard(begun: Begun) -> LetterReader:
    reader = LetterReader()
    reader.feed(begun.answer)
    return reader


def _listened(step: Step, begun: Begun) -> LetterReader:
    """The answer, each part of which is kept soon after it has come, so that it survives whoever reads it."""
    reader, usage, shown, told = LetterReader(), None, "", time.monotonic()
    try:
        with closing(stream(begun.request, unhurried(), begun.service)) as pieces:
            for piece in pieces:
                shown += reader.feed(piece.text)
                usage = piece.usage or usage
                if time.monotonic() - told >= PACE:
                    _show(step, begun, reader.whole, shown)
                    told = time.monotonic()
        TASKS[begun.purpose].check(reader)
    except Stopped:
        _end(step, begun, reader, shown, usage, "It was stopped.")
        raise
    except Sorry as sorry:
        _end(step, begun, reader, shown, usage, sorry.message)
        if reader.whole:
            raise Sorry(sorry.message) from None
        raise
    except Exception:
        _end(step, begun, reader, shown, usage, INTERRUPTED)
        raise
    _end(step, begun, reader, shown, usage)
    return reader


def _show(step: Step, begun: Begun, answer: str, shown: str) -> None:
    with step() as scope:
        if not _kept_answer(scope, begun, answer) or not _kept_text(scope, begun, shown, WritingState.OPEN):
            raise Stopped


def _end(
    step: Step, begun: Begun, reader: LetterReader, shown: str, usage: Usage | None, reason: str = ""
) -> None:
    with step() as scope:
        if _kept_answer(scope, begun, reader.whole):
            _kept_text(scope, begun, shown, *WritingState)
            took = usage or (estimated(begun.request, reader.whole) if reader.whole else Usage())
            budget.end(scope, begun.call_id, took, reason, is_whole=not reason)


def _kept_answer(scope: Scope, begun: Begun, answer: str) -> bool:
    """Keep the answer so far; False when the question was ended by another try, which writes now."""
    mine = (
        model_calls.user_id == scope.user_id,
        model_calls.id == begun.call_id,
        model_calls.ended_at.is_(None),
    )
    return bool(scope.rows(update(ModelCall).where(*mine).values(answer=answer).returning(model_calls.id)))


def _kept_text(scope: Scope, begun: Begun, shown: str, *states: WritingState) -> bool:
    mine = (writings.user_id == scope.user_id, writings.id == begun.writing_id, writings.state.in_(states))
    kept = update(Writing).where(*mine).values(text=shown[:MOST]).returning(writings.id)
    return bool(scope.rows(kept))
