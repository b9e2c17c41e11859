"""Asking for something to be written, stopping it, and asking again for what failed."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker.db import Scope
from tracker.models import Job, Writing, jobs, writings
from tracker.services import timeline
from tracker.services.jobs import request, retry
from tracker.services.model import budget, own
from tracker.shapes.words import EventKind, JobKind, JobState, Purpose, WritingState

KINDS = {
    Purpose.LETTER: (JobKind.WRITE_LETTER, EventKind.LETTER_ASKED),
    Purpose.PARAGRAPH: (JobKind.WRITE_LETTER, EventKind.LETTER_ASKED),
    Purpose.QUESTIONS: (JobKind.SUGGEST_QUESTIONS, EventKind.QUESTIONS_ASKED),
}


def open_one(scope: Scope, wanted: Writing) -> str:
    """Ask for something to be written; the id of it, or of what is being written already in its place.

    `Sorry` when no service is set up, or the day leaves no question. The caller holds the row of the application.
    """
    budget.insist(scope, own.insist(scope))
    same_place = (
        writings.interview_id == wanted.interview_id
        if wanted.interview_id
        else (writings.application_id == wanted.application_id) & writings.interview_id.is_(None)
    )
    opened = select(Writing).where(
        writings.user_id == scope.user_id, same_place, writings.state == WritingState.OPEN
    )
    if (before := scope.session.scalars(opened).one_or_none()) is not None:
        if not is_over(job_of(scope, before.id)):
            return str(before.id)
        before.state = WritingState.FAILED.value
        scope.session.flush()
    row = scope.add(wanted)
    kind, event = KINDS[Purpose(row.purpose)]
    request(scope, kind, row.id)
    timeline.record(scope, event, row.application_id, id=str(row.id))
    return str(row.id)


def cancel(scope: Scope, writing_id: str) -> str:
    """Stop what is being written, for whoever writes it to notice within a second; what is there of it stays."""
    row = scope.get(Writing, writing_id, lock=True)
    if row.state != WritingState.OPEN:
        return "It had ended already"
    row.state = WritingState.CANCELLED.value
    timeline.record(scope, EventKind.WRITING_CANCELLED, row.application_id, id=str(row.id))
    return "Stopped"


def again(scope: Scope, writing_id: str) -> str:
    """Try once more what failed; what is waiting or being written is left alone."""
    row = scope.get(Writing, writing_id, lock=True)
    job = job_of(scope, row.id)
    if row.state != WritingState.OPEN or not is_over(job):
        return "It is no longer there to be tried again"
    budget.insist(scope, own.insist(scope))
    if job is not None and job.state == JobState.FAILED:
        retry(scope, job.id)
    else:
        request(scope, KINDS[Purpose(row.purpose)][0], row.id)
    return "Trying again"


def job_of(scope: Scope, writing_id: UUID) -> Job | None:
    """The job that writes it, the latest where there were several."""
    mine: tuple[Any, ...] = (jobs.user_id == scope.user_id, jobs.subject == writing_id)
    latest = select(Job).where(*mine).order_by(jobs.requested_at.desc(), jobs.id.desc()).limit(1)
    return scope.session.scalars(latest).one_or_none()


def is_over(job: Job | None) -> bool:
    """Whether a job will do nothing more by itself."""
    return job is None or job.next_try_at is None
