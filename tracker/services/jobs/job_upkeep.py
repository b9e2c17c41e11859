"""Upkeep of all users' jobs: sweep, delete, count, and request end-of-day jobs."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text, update

from tracker import clock, queue, zones
from tracker.db import scoped, upkeep
from tracker.models import Job, jobs, preferences
from tracker.services.jobs.job_requests import request_for_day
from tracker.settings import settings
from tracker.shapes.enumerations import Door, JobKind, JobState
from tracker.shapes.jobs import JobCounts
from tracker.shapes.people import Who

RETENTION = timedelta(days=30)
MAX_RESEND_INTERVAL = timedelta(minutes=10)
"""Longest interval after which a waiting job is enqueued again."""


def sweep() -> int:
    """Enqueue due jobs that no worker claimed, at intervals that double, and return their number."""
    now, lease = clock.now(), timedelta(seconds=settings().job_lease)
    interval = func.greatest(lease, func.least(now - jobs.next_try_at, MAX_RESEND_INTERVAL))
    statement = (
        update(Job)
        .where(jobs.next_try_at <= now, jobs.send_at <= now)
        .values(send_at=now + interval)
        .returning(jobs.user_id, jobs.id, jobs.kind)
    )
    with upkeep() as session:
        due_jobs = session.execute(statement).all()
    for user_id, job_id, kind in due_jobs:
        queue.enqueue(user_id, job_id, JobKind(kind))
    return len(due_jobs)


def delete_done() -> int:
    """Delete jobs done more than 30 days ago and return their number."""
    with upkeep() as session:
        statement = delete(Job).where(
            jobs.state == JobState.DONE.value, jobs.finished_at < clock.now() - RETENTION
        )
        return len(session.execute(statement.returning(jobs.id)).all())


def counts() -> JobCounts:
    """Return the numbers of waiting, working and failed jobs of all users, and the longest wait."""
    open_jobs = jobs.state != JobState.DONE.value
    query = select(jobs.state, func.count(), func.min(jobs.next_try_at)).where(open_jobs).group_by(jobs.state)
    with upkeep() as session:
        groups = {state: (number, since) for state, number, since in session.execute(query)}
    waiting, since = groups.get(JobState.WAITING.value, (0, None))
    return JobCounts(
        waiting=waiting,
        working=groups.get(JobState.WORKING.value, (0, None))[0],
        failed=groups.get(JobState.FAILED.value, (0, None))[0],
        longest_wait=clock.now() - since if since else timedelta(),
    )


def request_day_jobs(kind: JobKind = JobKind.NIGHTLY_SNAPSHOT) -> int:
    """Request the job of the day that just ended for each user past midnight, and return their number."""
    missing = days_without_job(kind)
    for user_id, day in missing:
        with scoped(Who(user_id), Door.WORKER) as scope:
            request_for_day(scope, kind, day)
    return len(missing)


def days_without_job(kind: JobKind) -> list[tuple[UUID, date]]:
    """Return users without a job of this kind for their last whole day, with that day.

    Days before an account was created don't count.
    """
    now = clock.now()
    with upkeep() as session:
        names = session.scalars(select(preferences.timezone).distinct()).all()
        today = [(zone := zones.named(name), now.astimezone(zone).date()) for name in names]
        midnights = [zones.day_begins(day, zone) for zone, day in today]
        yesterdays = [day - timedelta(days=1) for _, day in today]
        values = {"kind": kind.value, "zones": list(names), "days": yesterdays, "midnights": midnights}
        return [(user_id, day) for user_id, day in session.execute(_DAYS_WITHOUT_JOB, values)]


_DAYS_WITHOUT_JOB = text("""
SELECT p.user_id, z.day
FROM unnest(cast(:zones AS text[]), cast(:days AS date[]), cast(:midnights AS timestamptz[])) AS z(zone, day, midnight)
JOIN preferences p ON p.timezone = z.zone
WHERE uuid_extract_timestamp(p.user_id) < z.midnight
  AND NOT EXISTS (SELECT 1 FROM job j WHERE j.user_id = p.user_id AND j.kind = :kind AND j.day >= z.day)
""")
"""User ids are UUIDv7, whose timestamp is when the account was created."""
