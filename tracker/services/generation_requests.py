"""Requests for generated texts: open, cancel and retry them."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker.db import Scope
from tracker.models import Job, Writing, jobs, writings
from tracker.services import timeline
from tracker.services.jobs import request, retry
from tracker.services.model import usage_limits, user_service
from tracker.shapes.enumerations import EventKind, JobKind, JobState, Purpose, WritingState

KINDS = {
    Purpose.LETTER: (JobKind.WRITE_LETTER, EventKind.LETTER_ASKED),
    Purpose.PARAGRAPH: (JobKind.WRITE_LETTER, EventKind.LETTER_ASKED),
    Purpose.QUESTIONS: (JobKind.SUGGEST_QUESTIONS, EventKind.QUESTIONS_ASKED),
}


def open_request(scope: Scope, new_request: Writing) -> str:
    """Request a text; return the id of the request, or of one that is already open in the same place.

    Raises Sorry without an AI service, and TooMany beyond the usage limit. The caller must hold a lock on the application's row.
    """
    usage_limits.require_allowance(scope, user_service.require_service(scope))
    same_place = (
        writings.interview_id == new_request.interview_id
        if new_request.interview_id
        else (writings.application_id == new_request.application_id) & writings.interview_id.is_(None)
    )
    open_requests = select(Writing).where(
        writings.user_id == scope.user_id, same_place, writings.state == WritingState.OPEN
    )
    if (existing := scope.session.scalars(open_requests).one_or_none()) is not None:
        if not is_over(job_of(scope, existing.id)):
            return str(existing.id)
        existing.state = WritingState.FAILED.value
        scope.session.flush()
    row = scope.add(new_request)
    kind, event = KINDS[Purpose(row.purpose)]
    request(scope, kind, row.id)
    timeline.record(scope, event, row.application_id, id=str(row.id))
    return str(row.id)


def cancel(scope: Scope, writing_id: str) -> str:
    """Cancel a request; its worker stops within a second, and the text so far stays."""
    row = scope.get(Writing, writing_id, lock=True)
    if row.state != WritingState.OPEN:
        return "It had already finished"
    row.state = WritingState.CANCELLED.value
    timeline.record(scope, EventKind.WRITING_CANCELLED, row.application_id, id=str(row.id))
    return "Stopped"


def retry_request(scope: Scope, writing_id: str) -> str:
    """Retry a failed request; a waiting or running one stays as it is."""
    row = scope.get(Writing, writing_id, lock=True)
    job = job_of(scope, row.id)
    if row.state != WritingState.OPEN or not is_over(job):
        return "It can no longer be retried"
    usage_limits.require_allowance(scope, user_service.require_service(scope))
    if job is not None and job.state == JobState.FAILED:
        retry(scope, job.id)
    else:
        request(scope, KINDS[Purpose(row.purpose)][0], row.id)
    return "Trying again"


def job_of(scope: Scope, writing_id: UUID) -> Job | None:
    """Return the job of a request, the latest where there are several."""
    mine: tuple[Any, ...] = (jobs.user_id == scope.user_id, jobs.subject == writing_id)
    latest = select(Job).where(*mine).order_by(jobs.requested_at.desc(), jobs.id.desc()).limit(1)
    return scope.session.scalars(latest).one_or_none()


def is_over(job: Job | None) -> bool:
    """Return whether a job has ended and won't be retried automatically."""
    return job is None or job.next_try_at is None
