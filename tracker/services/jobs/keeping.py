"""What is done for all people's jobs at once, as upkeep: sent again, forgotten, counted, and asked for at midnight."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text, update

from tracker import clock, queue, zones
from tracker.db import scoped, upkeep
from tracker.models import Job, jobs, preferences
from tracker.services.jobs.asking import request_for_day
from tracker.settings import settings
from tracker.shapes.jobs import Standing
from tracker.shapes.people import Who
from tracker.shapes.words import Door, JobKind, JobState

KEPT = timedelta(days=30)
LONGEST_SILENCE = timedelta(minutes=10)
"""After which word of a waiting job is sent again at the latest."""


def sweep() -> int:
    """Send word of every job that could be taken and wasn't, after a silence that doubles while it waits; the number sent."""
    now, lease = clock.now(), timedelta(seconds=settings().job_lease)
    silence = func.greatest(lease, func.least(now - jobs.next_try_at, LONGEST_SILENCE))
    due = (
        update(Job)
        .where(jobs.next_try_at <= now, jobs.send_at <= now)
        .values(send_at=now + silence)
        .returning(jobs.user_id, jobs.id, jobs.kind)
    )
    with upkeep() as session:
        found = session.execute(due).all()
    for user_id, job_id, kind in found:
        queue.carry(user_id, job_id, JobKind(kind))
    return len(found)


def forget() -> int:
    """Forget what was done more than thirty days ago; the number forgotten."""
    with upkeep() as session:
        old = delete(Job).where(jobs.state == JobState.DONE.value, jobs.finished_at < clock.now() - KEPT)
        return len(session.execute(old.returning(jobs.id)).all())


def standing() -> Standing:
    """How many jobs of all people wait, are worked on and have failed, and for how long the first has waited."""
    open_jobs = jobs.state != JobState.DONE.value
    query = select(jobs.state, func.count(), func.min(jobs.next_try_at)).where(open_jobs).group_by(jobs.state)
    with upkeep() as session:
        found = {state: (number, since) for state, number, since in session.execute(query)}
    waiting, since = found.get(JobState.WAITING.value, (0, None))
    return Standing(
        waiting=waiting,
        working=found.get(JobState.WORKING.value, (0, None))[0],
        failed=found.get(JobState.FAILED.value, (0, None))[0],
        waited=clock.now() - since if since else timedelta(),
    )


def nightfall(kind: JobKind = JobKind.NIGHTLY_SNAPSHOT) -> int:
    """Ask for the job of the day that has ended, of each person whose midnight has passed since the last; the number."""
    ended = ended_days(kind)
    for user_id, day in ended:
        with scoped(Who(user_id), Door.WORKER) as scope:
            request_for_day(scope, kind, day)
    return len(ended)


def ended_days(kind: JobKind) -> list[tuple[UUID, date]]:
    """Everyone whose last whole day has no job of this kind yet, with that day; nobody for days before they came."""
    now = clock.now()
    with upkeep() as session:
        names = session.scalars(select(preferences.timezone).distinct()).all()
        today = [(zone := zones.named(name), now.astimezone(zone).date()) for name in names]
        midnights = [zones.day_begins(day, zone) for zone, day in today]
        ended = [day - timedelta(days=1) for _, day in today]
        values = {"kind": kind.value, "zones": list(names), "days": ended, "midnights": midnights}
        return [(user_id, day) for user_id, day in session.execute(_WITHOUT, values)]


_WITHOUT = text("""
SELECT p.user_id, z.day
FROM unnest(cast(:zones AS text[]), cast(:days AS date[]), cast(:midnights AS timestamptz[])) AS z(zone, day, midnight)
JOIN preferences p ON p.timezone = z.zone
WHERE uuid_extract_timestamp(p.user_id) < z.midnight
  AND NOT EXISTS (SELECT 1 FROM job j WHERE j.user_id = p.user_id AND j.kind = :kind AND j.day >= z.day)
""")
"""An identifier tells when it was made, and so when its person came."""
