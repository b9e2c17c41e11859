"""The person's latest jobs, in words."""

from datetime import datetime

from sqlalchemy import select

from tracker.db import Scope
from tracker.models import Job, jobs
from tracker.shapes.dates import ago, moment_in_words
from tracker.shapes.jobs import JobLine
from tracker.shapes.words import JobKind, JobState

SHOWN = 20


def recent(scope: Scope) -> list[JobLine]:
    """The person's latest twenty jobs, the latest asked for first."""
    latest = (
        select(Job).where(jobs.user_id == scope.user_id).order_by(jobs.requested_at.desc(), jobs.id.desc())
    )
    return [_line(scope, job) for job in scope.session.scalars(latest.limit(SHOWN))]


def _line(scope: Scope, job: Job) -> JobLine:
    state, latest = JobState(job.state), job.finished_at or job.started_at or job.requested_at
    comes_back = state is JobState.FAILED and job.next_try_at is not None
    return JobLine(
        id=str(job.id),
        label=JobKind(job.kind).label,
        state=state.value,
        state_label="To be tried again" if comes_back else state.label,
        when=_until(job.next_try_at, scope.now) if comes_back and job.next_try_at else ago(latest, scope.now),
        exactly=moment_in_words(latest, scope.who.zone, scope.today, scope.who.locale),
        progress=job.progress if state is JobState.WORKING else 0,
        reason=job.reason,
        can_retry=state is JobState.FAILED,
    )


def _until(then: datetime, now: datetime) -> str:
    minutes = int((then - now).total_seconds() // 60)
    return f"in {minutes} min" if minutes > 0 else "within a minute"
