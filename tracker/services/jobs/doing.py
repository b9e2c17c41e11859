"""A job in a worker's hands: claimed by one try at a time, kept while it shows life, and ended once."""

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
from tracker.shapes.words import JobKind, JobState

TRIES = 5
"""How often a job is begun before it has failed for good, unless its kind says otherwise."""
LONGEST_REST = timedelta(hours=1)


class Lost(NotFound):
    """The claim ran out and another worker has the job: nothing of this try may be kept."""

    def __init__(self) -> None:
        super().__init__("job")


@dataclass(frozen=True)
class Claimed:
    """A job as the try that holds it knows it."""

    job_id: UUID
    claim: UUID
    kind: JobKind
    subject: UUID | None
    arguments: dict[str, Any]
    tries: int


def most_tries(kind: JobKind) -> int:
    """How often a job of a kind is begun before it has failed for good."""
    return queue.TRIES.get(kind, TRIES)


def claim(scope: Scope, job_id: UUID) -> Claimed | None:
    """Take a job that is anyone's to take now, for as long as a lease; nothing when it is done, or another's, or not yet due."""
    token = uuid4()
    taken = (
        update(Job)
        .where(jobs.user_id == scope.user_id, jobs.id == job_id, jobs.next_try_at <= scope.now)
        .values(
            state=JobState.WORKING.value, claim=token, tries=jobs.tries + 1, reason="", progress=0,
            started_at=scope.now, finished_at=None, **_leased(scope),
        )
        .returning(jobs.kind, jobs.subject, jobs.arguments, jobs.day, jobs.tries)
    )  # fmt: skip
    if not (rows := scope.rows(taken)):
        return None
    row = rows[0]
    _watch(scope, JobKind(row["kind"]))
    arguments = {**row["arguments"], **({"day": row["day"]} if row["day"] else {})}
    return Claimed(job_id, token, JobKind(row["kind"]), row["subject"], arguments, row["tries"])


def renew(scope: Scope, held: Claimed) -> None:
    """Show that this try is alive, and keep the job for another lease; Lost when it is no longer this try's."""
    _change(scope, held, **_leased(scope))
    _watch(scope, held.kind)


def advance(scope: Scope, held: Claimed, per_cent: int) -> None:
    """Say how far the job is; Lost when it is no longer this try's."""
    _change(scope, held, progress=per_cent, **_leased(scope))


def finish(scope: Scope, held: Claimed) -> None:
    """Mark the job done in the transaction that holds its effect; Lost, and so neither, when it isn't this try's."""
    _end(scope, held, JobState.DONE, progress=100, next_try_at=None)


def fail(scope: Scope, held: Claimed, reason: str) -> None:
    """Say in a sentence why the job failed, and leave it until someone asks for it again."""
    _end(scope, held, JobState.FAILED, reason=reason[:500], next_try_at=None)


def postpone(scope: Scope, held: Claimed, reason: str, after: float | None = None) -> None:
    """Try the job again by itself after a rest that doubles, or let it fail for good when it was tried often enough.

    The rest lasts at least the seconds that the service asked for.
    """
    if held.tries >= most_tries(held.kind):
        return fail(scope, held, reason)
    first = settings().job_rest * queue.RESTS.get(held.kind, 1)
    rest = timedelta(seconds=max(first * 2 ** min(held.tries - 1, 20), after or 0))
    due = scope.now + min(rest, LONGEST_REST)
    scope.send(partial(queue.wake, due))
    return _end(scope, held, JobState.FAILED, reason=reason[:500], next_try_at=due, send_at=due)


def _watch(scope: Scope, kind: JobKind) -> None:
    """Have what somebody looks on at sent for as soon as its lease has run out, should this try have died."""
    if kind in queue.RESTS:
        scope.send(partial(queue.wake, scope.now + timedelta(seconds=settings().job_lease)))


def _leased(scope: Scope) -> dict[str, Any]:
    until = scope.now + timedelta(seconds=settings().job_lease)
    return {"next_try_at": until, "send_at": until}


def _end(scope: Scope, held: Claimed, state: JobState, **values: Any) -> None:
    _change(scope, held, state=state.value, claim=None, finished_at=scope.now, **values)


def _change(scope: Scope, held: Claimed, **values: Any) -> None:
    mine = (jobs.user_id == scope.user_id, jobs.id == held.job_id, jobs.claim == held.claim)
    if not scope.rows(update(Job).where(*mine).values(**values).returning(jobs.id)):
        raise Lost
