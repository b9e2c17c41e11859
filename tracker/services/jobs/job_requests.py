"""Requesting jobs: a row in the user's transaction, and a message to the workers after commit."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, literal_column, select, text
from sqlalchemy.dialects.postgresql import Insert, insert

from tracker import queue
from tracker.db import Scope
from tracker.models import Job, jobs
from tracker.settings import settings
from tracker.shapes.enumerations import JobKind, JobState

_IS_NEW = literal_column("xmax = 0", Boolean).label("is_new")
"""PostgreSQL sets `xmax` on rows that `ON CONFLICT DO UPDATE` updated, and leaves it 0 on inserted ones."""


def request(scope: Scope, kind: JobKind, subject: UUID | None = None, **arguments: Any) -> UUID:
    """Request a job and return its id.

    A waiting job of this kind and subject is reused, with these arguments. Its row stays locked until the transaction ends,
    so that a worker sees the changes made in it.
    """
    insertion = insert(Job).values(**_initial_values(scope, kind), subject=subject, arguments=arguments)
    upsert = insertion.on_conflict_do_update(
        index_elements=["user_id", "kind", "subject"],
        index_where=text("state = 'waiting' AND day IS NULL"),
        set_={"arguments": insertion.excluded.arguments},
    )
    return _enqueued(scope, kind, upsert)


def request_for_day(scope: Scope, kind: JobKind, day: date) -> UUID:
    """Request the job of a day and return its id. Each kind has one job a day, even after it ended."""
    insertion = insert(Job).values(**_initial_values(scope, kind), day=day)
    upsert = insertion.on_conflict_do_update(
        index_elements=["user_id", "kind", "day"],
        index_where=text("day IS NOT NULL"),
        set_={"day": insertion.excluded.day},
    )
    return _enqueued(scope, kind, upsert)


def retry(scope: Scope, job_id: UUID | str) -> str:
    """Enqueue a failed job as if it were new, and return a sentence for the notice."""
    job = scope.get(Job, job_id, lock=True)
    if job.state != JobState.FAILED:
        return f"{JobKind(job.kind).label}: already {JobState(job.state).label.lower()}"
    kind = JobKind(job.kind)
    duplicate = (jobs.user_id == scope.user_id, jobs.kind == job.kind, jobs.state == JobState.WAITING.value)
    if job.day is None and scope.rows(
        select(jobs.id).where(*duplicate, jobs.subject.is_not_distinct_from(job.subject))
    ):
        scope.session.delete(job)
        return f"{kind.label}: already waiting"
    job.sqlmodel_update(
        {"tries": 0, "reason": "", "progress": 0, "finished_at": None, **_initial_values(scope, kind)}
    )
    job.state = JobState.WAITING.value
    scope.session.flush()
    scope.send(partial(queue.enqueue, scope.user_id, job.id, kind))
    return f"{kind.label}: waiting again"


def _initial_values(scope: Scope, kind: JobKind) -> dict[str, Any]:
    """Return the columns of a new job: due at once, and enqueued again by a sweep after a lease."""
    return {
        "user_id": scope.user_id,
        "kind": kind.value,
        "requested_at": scope.now,
        "next_try_at": scope.now,
        "send_at": scope.now + timedelta(seconds=settings().job_lease),
    }


def _enqueued(scope: Scope, kind: JobKind, upsert: Insert) -> UUID:
    row = scope.rows(upsert.returning(jobs.id, _IS_NEW))[0]
    job_id: UUID = row["id"]
    if row["is_new"]:
        scope.send(partial(queue.enqueue, scope.user_id, job_id, kind))
    return job_id
