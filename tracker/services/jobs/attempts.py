"""Attempts at a job: claimed under a lease, renewed while they run, and ended once."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import update

from tracker import queue
from tracker.db import Scope
from tracker.errors import NotFound
from tracker.models import Job, jobs
from tracker.settings import settings
from tracker.shapes.enumerations import JobKind, JobState

MAX_TRIES = 5
"""Attempts at a job before it fails for good, unless `queue.MAX_TRIES` sets another number for its kind."""
MAX_BACKOFF = timedelta(hours=1)


class LostLease(NotFound):
    """The lease expired and another worker claimed the job; this attempt must save nothing."""

    def __init__(self) -> None:
        super().__init__("job")


@dataclass(frozen=True)
class Attempt:
    """One attempt at a job, identified by its lease token."""

    job_id: UUID
    lease_token: UUID
    kind: JobKind
    subject: UUID | None
    arguments: dict[str, Any]
    tries: int


def max_tries(kind: JobKind) -> int:
    """Return how many attempts a job of this kind gets before it fails for good."""
    return queue.MAX_TRIES.get(kind, MAX_TRIES)


def claim(scope: Scope, job_id: UUID) -> Attempt | None:
    """Claim a job for one lease. Returns None when it is done, not due yet, or leased by another attempt."""
    lease_token = uuid4()
    claim_statement = (
        update(Job)
        .where(jobs.user_id == scope.user_id, jobs.id == job_id, jobs.next_try_at <= scope.now)
        .values(
            state=JobState.WORKING.value, claim=lease_token, tries=jobs.tries + 1, reason="", progress=0,
            started_at=scope.now, finished_at=None, **_lease_columns(scope),
        )
        .returning(jobs.kind, jobs.subject, jobs.arguments, jobs.day, jobs.tries)
    )  # fmt: skip
    if not (rows := scope.rows(claim_statement)):
        return None
    row = rows[0]
    _wake_after_lease(scope, JobKind(row["kind"]))
    arguments = {**row["arguments"], **({"day": row["day"]} if row["day"] else {})}
    return Attempt(job_id, lease_token, JobKind(row["kind"]), row["subject"], arguments, row["tries"])


def renew(scope: Scope, attempt: Attempt) -> None:
    """Extend the lease. Raises LostLease when another attempt holds the job."""
    _update(scope, attempt, **_lease_columns(scope))
    _wake_after_lease(scope, attempt.kind)


def advance(scope: Scope, attempt: Attempt, percent: int) -> None:
    """Store the progress in percent and extend the lease.

    Raises LostLease when another attempt holds the job.
    """
    _update(scope, attempt, progress=percent, **_lease_columns(scope))


def finish(scope: Scope, attempt: Attempt) -> None:
    """Mark the job done, in the transaction that saves its effect.

    Raises LostLease when another attempt holds the job, which rolls both back.
    """
    _end(scope, attempt, JobState.DONE, progress=100, next_try_at=None)


def fail(scope: Scope, attempt: Attempt, reason: str) -> None:
    """Mark the job failed with a reason for the user. It runs again only on request."""
    _end(scope, attempt, JobState.FAILED, reason=reason[:500], next_try_at=None)


def postpone(scope: Scope, attempt: Attempt, reason: str, min_seconds: float | None = None) -> None:
    """Schedule a retry with exponential backoff, or fail the job after its last attempt.

    The backoff is at least `min_seconds`, the delay that the service asked for.
    """
    if attempt.tries >= max_tries(attempt.kind):
        return fail(scope, attempt, reason)
    first = settings().job_rest * queue.BACKOFF_FACTORS.get(attempt.kind, 1)
    backoff = timedelta(seconds=max(first * 2 ** min(attempt.tries - 1, 20), min_seconds or 0))
    due = scope.now + min(backoff, MAX_BACKOFF)
    scope.send(partial(queue.wake, due))
    return _end(scope, attempt, JobState.FAILED, reason=reason[:500], next_try_at=due, send_at=due)


def _wake_after_lease(scope: Scope, kind: JobKind) -> None:
    """Wake the sweep when the lease expires, so that a job the user watches resumes soon after a crash."""
    if kind in queue.BACKOFF_FACTORS:
        scope.send(partial(queue.wake, scope.now + timedelta(seconds=settings().job_lease)))


def _lease_columns(scope: Scope) -> dict[str, Any]:
    expiry = scope.now + timedelta(seconds=settings().job_lease)
    return {"next_try_at": expiry, "send_at": expiry}


def _end(scope: Scope, attempt: Attempt, state: JobState, **values: Any) -> None:
    _update(scope, attempt, state=state.value, claim=None, finished_at=scope.now, **values)


def _update(scope: Scope, attempt: Attempt, **values: Any) -> None:
    conditions = (jobs.user_id == scope.user_id, jobs.id == attempt.job_id, jobs.claim == attempt.lease_token)
    if not scope.rows(update(Job).where(*conditions).values(**values).returning(jobs.id)):
        raise LostLease
