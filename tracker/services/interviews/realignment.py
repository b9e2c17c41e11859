"""Realignment: recompute interviews' instants after time zone rules change, keeping the local time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tracker import clock
from tracker.db import Scope, scoped, upkeep
from tracker.models import Interview, interviews
from tracker.services import timeline
from tracker.services.interviews.interview_fields import current_instant
from tracker.services.interviews.interview_items import place_of
from tracker.services.jobs.job_requests import request
from tracker.shapes.enumerations import Door, EventKind, InterviewState, JobKind
from tracker.shapes.people import Who

_CAN_TAKE_PLACE = (InterviewState.SCHEDULED, InterviewState.CANCELLED)
"""A cancelled interview can be reopened at its local time."""


def request_jobs() -> int:
    """Request the job for each user with an interview to realign, and return their number."""
    i = interviews
    ahead = select(i.user_id, i.starts_at, i.wall_time, i.fold, i.zone).where(
        i.state.in_(_CAN_TAKE_PLACE), i.starts_at > clock.now()
    )
    with upkeep() as session:
        user_ids: set[UUID] = {
            row.user_id
            for row in session.execute(ahead)
            if row.starts_at != current_instant(row.wall_time, row.fold, row.zone, row.starts_at)
        }
    for user_id in user_ids:
        with scoped(Who(user_id), Door.WORKER) as scope:
            request(scope, JobKind.REALIGN_INTERVIEWS)
    return len(user_ids)


def realign(scope: Scope) -> int:
    """Move upcoming interviews to the current instant of their local time, and return how many moved."""
    i = interviews
    ahead = select(Interview).where(i.user_id == scope.user_id, i.starts_at > scope.now)
    moved = 0
    for row in scope.session.scalars(ahead.order_by(i.id).with_for_update()):
        starts_at = current_instant(row.wall_time, row.fold, row.zone, row.starts_at)
        if starts_at != row.starts_at:
            _move(scope, row, starts_at)
            moved += 1
    return moved


def _move(scope: Scope, row: Interview, starts_at: datetime) -> None:
    changed = {"starts_at": [row.starts_at.isoformat(), starts_at.isoformat()]}
    row.starts_at = starts_at
    timeline.record(
        scope,
        EventKind.INTERVIEW_REALIGNED,
        row.application_id,
        id=str(row.id),
        interview=row.kind,
        wall_time=row.wall_time.isoformat(),
        place=place_of(row.zone),
        changed=changed,
    )
