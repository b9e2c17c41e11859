"""The progress of a generation request for its page, and the text sent to the model."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker.db import Row, Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import (
    Application,
    Interview,
    Job,
    ModelCall,
    Writing,
    applications,
    model_calls,
    writings,
)
from tracker.services.generation.model_runs import INTERRUPTED
from tracker.services.generation_requests import is_over, job_of
from tracker.services.letters.answer_reader import LetterReader
from tracker.services.model.user_service import model_label
from tracker.shapes.dates import moment_in_words
from tracker.shapes.enumerations import JobState, WritingState
from tracker.shapes.generation import CallItem, Phase, Progress

MAX_CALLS = 20


def of_application(scope: Scope, application_id: str) -> Progress:
    """Return the progress of the latest letter request; raises NotFound for another user's application."""
    job_id = _application_id(scope, application_id)
    of_letters = (writings.application_id == job_id) & writings.interview_id.is_(None)
    return _progress(scope, str(job_id), of_letters)


def of_interview(scope: Scope, interview_id: str) -> Progress:
    """Return the progress of the latest questions request; raises NotFound for another user's interview."""
    row = scope.get(Interview, interview_id)
    return _progress(scope, str(row.id), writings.interview_id == row.id)


def sent(scope: Scope, call_id: str) -> str:
    """Return a call's text as sent to the model, and the raw answer; raises NotFound for another user's."""
    call = scope.get(ModelCall, call_id)
    parts = {
        "Request": f"{call.model} at {call.host}, {call.begun_at:%Y-%m-%d %H:%M:%S} UTC",
        "Parameters": json.dumps(call.parameters, ensure_ascii=False),
        "Duration": f"{_took(call.model_dump())}{f'. {call.reason}' if call.reason else ''}",
        "Rules (system message)": call.rules,
        "Content (user message)": call.matter,
        "Raw answer": call.answer or "(none)",
    }
    return "\n\n".join(f"# {title}\n\n{text}" for title, text in parts.items()) + "\n"


def _application_id(scope: Scope, application_id: str) -> UUID:
    """Return a live application's id, read without a lock, so that watching never waits for one."""
    row_id = as_uuid(application_id, Application)
    mine = (
        applications.user_id == scope.user_id,
        applications.id == row_id,
        applications.deleted_at.is_(None),
    )
    if not scope.rows(select(applications.id).where(*mine)):
        raise NotFound("application")
    return row_id


def _progress(scope: Scope, of: str, which: Any) -> Progress:
    asks, mine = model_label(scope), writings.user_id == scope.user_id
    latest = select(Writing).where(mine, which).order_by(writings.id.desc()).limit(1)
    row = scope.session.scalars(latest).one_or_none()
    if row is None:
        return Progress(of, asks=asks)
    job, calls = job_of(scope, row.id), _calls(scope, which)
    phase = _phase(row, job)
    before = _earlier_attempt(scope, row, calls, phase)
    return Progress(
        of,
        id=str(row.id),
        phase=phase.value,
        status=_message(scope, phase, row, job),
        text="" if phase is Phase.DONE else row.text,
        before=before[0],
        before_status=before[1],
        asks=asks,
        failed=_unwritten(row),
        version_id=str(row.made_letter_id or ""),
        calls=[_line(scope, call) for call in calls],
    )


def _phase(row: Writing, job: Job | None) -> Phase:
    ended = {
        WritingState.DONE: Phase.DONE,
        WritingState.CANCELLED: Phase.STOPPED,
        WritingState.FAILED: Phase.FAILED,
    }
    if row.state != WritingState.OPEN:
        return ended[WritingState(row.state)]
    if is_over(job):
        return Phase.FAILED
    return Phase.WRITING if job and job.state == JobState.WORKING else Phase.WAITING


def _message(scope: Scope, phase: Phase, row: Writing, job: Job | None) -> str:
    words, reason = _words(row.text), job.reason if job else ""
    if phase is Phase.WAITING and job and reason:
        seconds = max(1, round(((job.next_try_at or scope.now) - scope.now).total_seconds()))
        return (
            f"{reason} Retrying in {seconds} s."
            if seconds < 120
            else f"{reason} Retrying in {seconds // 60} min."
        )
    if phase is Phase.WAITING:
        return "Waiting for a worker."
    if phase is Phase.WRITING:
        return f"Writing: {words} so far." if row.text else "Waiting for the model."
    if phase is Phase.FAILED:
        rest = f" The {words} it wrote are below; a retry starts over." if row.text else ""
        return f"{reason or 'It failed.'}{rest}"
    return f"Stopped after {words}." if phase is Phase.STOPPED else ""


def _unwritten(row: Writing) -> str:
    if row.interview_id:
        return "The questions weren't written"
    return "The letter wasn't written" if row.paragraph is None else "The paragraph wasn't written"


def _earlier_attempt(scope: Scope, row: Writing, calls: list[Row], phase: Phase) -> tuple[str, str]:
    """Return the text of an earlier attempt, shown while this one runs, and how that attempt ended."""
    ended = [call for call in calls if call["writing_id"] == row.id and call["ended_at"] and call["came"]]
    if phase not in (Phase.WAITING, Phase.WRITING) or not ended or (phase is Phase.WAITING and row.text):
        return "", ""
    answer = select(model_calls.answer).where(
        model_calls.user_id == scope.user_id, model_calls.id == ended[0]["id"]
    )
    text = LetterReader().feed(scope.session.scalars(answer).one())
    why = "was interrupted" if ended[0]["reason"] == INTERRUPTED else "broke off"
    return text, f"An earlier attempt {why} after {_words(text)}; this one starts over."


def _words(text: str) -> str:
    number = len(text.split())
    return "1 word" if number == 1 else f"{number:,} words"


def _calls(scope: Scope, which: Any) -> list[Row]:
    """Return the latest calls without their texts, which are long."""
    belongs = (writings.user_id == model_calls.user_id) & (writings.id == model_calls.writing_id)
    columns = (
        "id",
        "writing_id",
        "model",
        "host",
        "reason",
        "read_tokens",
        "written_tokens",
        "is_estimated",
        "begun_at",
        "ended_at",
    )
    query = (
        select(*(model_calls[name] for name in columns), (model_calls.answer != "").label("came"))
        .join(Writing, belongs)
        .where(model_calls.user_id == scope.user_id, which)
    )
    return scope.rows(query.order_by(model_calls.id.desc()).limit(MAX_CALLS))


def _line(scope: Scope, call: Row) -> CallItem:
    when = moment_in_words(call["begun_at"], scope.who.zone, scope.today, scope.who.locale)
    return CallItem(str(call["id"]), when, f"{call['model']} at {call['host']}", _took(call))


def _took(call: Any) -> str:
    if call["ended_at"] is None:
        return "in progress"
    about = "about " if call["is_estimated"] else ""
    seconds = (call["ended_at"] - call["begun_at"]).total_seconds()
    return f"{about}{call['read_tokens']:,} input tokens, {call['written_tokens']:,} output tokens, {seconds:.1f} s"
