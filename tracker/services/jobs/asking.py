"""Jobs: asked for in a person's own transaction, and carried to a worker once that is kept."""

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
from tracker.shapes.words import JobKind, JobState

_IS_NEW = literal_column("xmax = 0", Boolean).label("is_new")
"""Whether the row was made by this statement; one that was there already is marked by it."""


def request(scope: Scope, kind: JobKind, subject: UUID | None = None, **arguments: Any) -> UUID:
    """Ask for a job, and get its id; one of that kind and subject that waits already is the one, with these arguments.

    Its row is held until this transaction ends, so that a worker never takes the waiting one before what was changed here
    can be seen.
    """
    made = insert(Job).values(**_first(scope, kind), subject=subject, arguments=arguments)
    merged = made.on_conflict_do_update(
        index_elements=["user_id", "kind", "subject"],
        index_where=text("state = 'waiting' AND day IS NULL"),
        set_={"arguments": made.excluded.arguments},
    )
    return _sent(scope, kind, merged)


def request_for_day(scope: Scope, kind: JobKind, day: date) -> UUID:
    """Ask for the job of a day, and get its id; there is one of a kind for each day, whatever has become of it."""
    made = insert(Job).values(**_first(scope, kind), day=day)
    once = made.on_conflict_do_update(
        index_elements=["user_id", "kind", "day"],
        index_where=text("day IS NOT NULL"),
        set_={"day": made.excluded.day},
    )
    return _sent(scope, kind, once)


def retry(scope: Scope, job_id: UUID | str) -> str:
    """Put a failed job back to wait, as if new; what was done, in words. One that hasn't failed is left alone."""
    job = scope.get(Job, job_id, lock=True)
    if job.state != JobState.FAILED:
        return f"{JobKind(job.kind).label}: {JobState(job.state).label.lower()} already"
    kind = JobKind(job.kind)
    twin = (jobs.user_id == scope.user_id, jobs.kind == job.kind, jobs.state == JobState.WAITING.value)
    if job.day is None and scope.rows(
        select(jobs.id).where(*twin, jobs.subject.is_not_distinct_from(job.subject))
    ):
        scope.session.delete(job)
        return f"{kind.label}: waiting already"
    job.sqlmodel_update({"tries": 0, "reason": "", "progress": 0, "finished_at": None, **_first(scope, kind)})
    job.state = JobState.WAITING.value
    scope.session.flush()
    scope.send(partial(queue.carry, scope.user_id, job.id, kind))
    return f"{kind.label}: waiting again"


def _first(scope: Scope, kind: JobKind) -> dict[str, Any]:
    """How a job begins: anyone's to take at once, and sent again when it has waited for as long as a lease."""
    return {
        "user_id": scope.user_id,
        "kind": kind.value,
        "requested_at": scope.now,
        "next_try_at": scope.now,
        "send_at": scope.now + timedelta(seconds=settings().job_lease),
    }


def _sent(scope: Scope, kind: JobKind, made: Insert) -> UUID:
    row = scope.rows(made.returning(jobs.id, _IS_NEW))[0]
    job_id: UUID = row["id"]
    if row["is_new"]:
        scope.send(partial(queue.carry, scope.user_id, job_id, kind))
    return job_id
