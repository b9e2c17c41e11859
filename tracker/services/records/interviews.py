"""Interviews as records."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from tracker.db import Row, Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, Interview, applications, interviews
from tracker.services.interviews.scheduling import locked_interview
from tracker.services.records import keyset
from tracker.services.records.conversion import as_record
from tracker.shapes.records import InterviewRecord, Page
from tracker.zones import named


@dataclass(frozen=True)
class InterviewFilter:
    """Limits of a list of interviews; empty ones don't apply. Days are the user's, and inclusive."""

    application_id: UUID | None = None
    state: str = ""
    since: date | None = None
    until: date | None = None


def read(scope: Scope, interview_id: UUID | str, *, lock: bool = False) -> InterviewRecord:
    """Return an interview, with its row locked on request."""
    if lock:
        locked_interview(scope, str(interview_id))
    rows = scope.rows(_query(scope).where(interviews.id == as_uuid(interview_id, Interview)))
    if not rows:
        raise NotFound("interview")
    return _record(rows[0])


def page(scope: Scope, limits: InterviewFilter, after: str, size: int) -> Page[InterviewRecord]:
    """Return at most `size` interviews by start; `after` is the previous page's cursor."""
    i = interviews
    query = _query(scope).where(*keyset.within(scope, i.starts_at, limits.since, limits.until))
    if limits.application_id:
        query = query.where(i.application_id == limits.application_id)
    if limits.state:
        query = query.where(i.state == limits.state)
    return keyset.page(scope, query, [i.starts_at, i.id], after, size, _record)


def _query(scope: Scope) -> Select[Any]:
    """Return the query of the user's interviews, without those of deleted applications."""
    own_application = (applications.user_id == interviews.user_id) & (
        applications.id == interviews.application_id
    )
    return (
        select(*interviews)
        .join(Application, own_application)
        .where(interviews.user_id == scope.user_id, applications.deleted_at.is_(None))
    )


def _record(row: Row) -> InterviewRecord:
    starts_at = row["starts_at"].astimezone(named(row["zone"]))
    return as_record(InterviewRecord, row, time_zone=row["zone"], starts_at=starts_at)
