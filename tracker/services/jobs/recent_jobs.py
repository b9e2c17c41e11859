"""The user's latest jobs."""

from datetime import datetime

from sqlalchemy import select

from tracker.db import Scope
from tracker.models import Job, jobs
from tracker.shapes.dates import ago, moment_in_words
from tracker.shapes.enumerations import JobKind, JobState
from tracker.shapes.jobs import JobItem

MAX_ROWS = 20


def recent(scope: Scope) -> list[JobItem]:
    """Return the user's latest 20 jobs, the most recently requested first."""
    latest = (
        select(Job).where(jobs.user_id == scope.user_id).order_by(jobs.requested_at.desc(), jobs.id.desc())
    )
    return [_item(scope, job) for job in scope.session.scalars(latest.limit(MAX_ROWS))]


def _item(scope: Scope, job: Job) -> JobItem:
    state, latest = JobState(job.state), job.finished_at or job.started_at or job.requested_at
    will_retry = state is JobState.FAILED and job.next_try_at is not None
    return JobItem(
        id=str(job.id),
        label=JobKind(job.kind).label,
        state=state.value,
        state_label="Will retry" if will_retry else state.label,
        when=_until(job.next_try_at, scope.now) if will_retry and job.next_try_at else ago(latest, scope.now),
        exactly=moment_in_words(latest, scope.who.zone, scope.today, scope.who.locale),
        progress=job.progress if state is JobState.WORKING else 0,
        reason=job.reason,
        can_retry=state is JobState.FAILED,
    )


def _until(moment: datetime, now: datetime) -> str:
    minutes = int((moment - now).total_seconds() // 60)
    return f"in {minutes} min" if minutes > 0 else "within a minute"
