"""Interviews whose zone follows new rules: the time agreed on its clocks stays, and the instant moves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tracker import clock
from tracker.db import Scope, scoped, upkeep
from tracker.models import Interview, interviews
from tracker.services import timeline
from tracker.services.interviews.fields import instant
from tracker.services.interviews.lines import place_of
from tracker.services.jobs.job_requests import request
from tracker.shapes.people import Who
from tracker.shapes.words import Door, EventKind, InterviewState, JobKind

_CAN_TAKE_PLACE = (InterviewState.SCHEDULED, InterviewState.CANCELLED)
"""A cancelled interview can be put back on the calendar, at the time it had."""


def ask() -> int:
    """Ask for the repair of everyone who has an interview ahead that isn't when its clocks say; how many people."""
    i = interviews
    ahead = select(i.user_id, i.starts_at, i.wall_time, i.fold, i.zone).where(
        i.state.in_(_CAN_TAKE_PLACE), i.starts_at > clock.now()
    )
    with upkeep() as session:
        whose: set[UUID] = {
            row.user_id
            for row in session.execute(ahead)
            if row.starts_at != instant(row.wall_time, row.fold, row.zone, row.starts_at)
        }
    for user_id in whose:
        with scoped(Who(user_id), Door.WORKER) as scope:
            request(scope, JobKind.REALIGN_INTERVIEWS)
    return len(whose)


def realign(scope: Scope) -> int:
    """Move each interview ahead to when the clocks of its zone show its time, by their present rules; how many moved."""
    i = interviews
    ahead = select(Interview).where(i.user_id == scope.user_id, i.starts_at > scope.now)
    moved = 0
    for row in scope.session.scalars(ahead.order_by(i.id).with_for_update()):
        begins = instant(row.wall_time, row.fold, row.zone, row.starts_at)
        if begins != row.starts_at:
            _move(scope, row, begins)
            moved += 1
    return moved


def _move(scope: Scope, row: Interview, begins: datetime) -> None:
    changed = {"starts_at": [row.starts_at.isoformat(), begins.isoformat()]}
    row.starts_at = begins
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
