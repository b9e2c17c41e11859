"""Lists of interviews: upcoming, past, and of one application."""

import base64
import json
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, literal, select, tuple_

from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, Interview, applications, interviews
from tracker.services.interviews.editable_fields import editable_fields
from tracker.services.interviews.interview_fields import MAX_MINUTES, as_typed
from tracker.services.interviews.interview_items import (
    ends_at,
    list_item,
    matching_query,
    matching_rows,
    needs_debrief,
)
from tracker.services.markdown import as_html
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.enumerations import InterviewState
from tracker.shapes.interviews import AgendaDay, InterviewDetail, InterviewItem, PastPage

MAX_UPCOMING = 200
PAGE_SIZE = 50


def detail(scope: Scope, interview_id: str) -> InterviewDetail:
    """Return an interview with its notes. Raises NotFound when its application was deleted."""
    row = scope.get(Interview, interview_id)
    rows = matching_rows(scope, interviews.id == row.id)
    if not rows:
        raise NotFound("interview")
    return InterviewDetail(
        line=list_item(scope, rows[0]),
        preparation=row.preparation,
        preparation_html=as_html(row.preparation),
        debrief=row.debrief,
        debrief_html=as_html(row.debrief),
        typed=as_typed(row),
        facts=editable_fields(scope, row),
    )


def _is_ahead(scope: Scope) -> ColumnElement[bool]:
    """Return the condition scheduled and not over; the bound on the start lets the index skip the past."""
    earliest = scope.now - timedelta(minutes=MAX_MINUTES)
    return (
        (interviews.state == InterviewState.SCHEDULED)
        & (interviews.starts_at > earliest)
        & (ends_at() > scope.now)
    )


def upcoming(scope: Scope, limit: int = MAX_UPCOMING) -> list[InterviewItem]:
    """Return scheduled interviews that aren't over, the next first."""
    return [list_item(scope, row) for row in _upcoming_rows(scope, limit)]


@prepared_query
def _upcoming_rows(scope: Scope, limit: int) -> Any:
    return matching_query(scope, _is_ahead(scope), limit=limit)


def agenda(scope: Scope) -> list[AgendaDay]:
    """Return the next 200 scheduled interviews, grouped by day in the user's time zone."""
    return [
        AgendaDay(
            date=day,
            label=(first := (items := list(group))[0]).day[0].upper() + first.day[1:],
            exact=first.day_exact,
            is_today=day == scope.today.isoformat(),
            interviews=items,
        )
        for day, group in groupby(upcoming(scope), key=lambda item: item.date)
    ]


def past(scope: Scope, after: str = "") -> PastPage:
    """Return a page of 50 interviews that aren't upcoming: first those to debrief, then the latest first."""
    keys = (needs_debrief(scope), interviews.starts_at, interviews.id)
    after_cursor = [tuple_(*keys) < tuple_(*_cursor(after))] if after else []
    rows = matching_rows(
        scope, ~_is_ahead(scope), *after_cursor, order=[key.desc() for key in keys], limit=PAGE_SIZE + 1
    )
    items = [list_item(scope, row) for row in rows[:PAGE_SIZE]]
    return PastPage(
        items, _next_cursor(items[-1], rows[PAGE_SIZE - 1]["starts_at"]) if len(rows) > PAGE_SIZE else ""
    )


def _next_cursor(last: InterviewItem, starts_at: datetime) -> str:
    payload = json.dumps([last.needs_debrief, starts_at.isoformat(), last.id])
    return base64.urlsafe_b64encode(payload.encode()).decode()


def _cursor(after: str) -> tuple[Any, ...]:
    try:
        needs, starts, row_id = json.loads(base64.urlsafe_b64decode(after))
        return (
            literal(bool(needs)),
            literal(datetime.fromisoformat(starts), interviews.starts_at.type),
            literal(as_uuid(row_id), interviews.id.type),
        )
    except (ValueError, TypeError):
        raise NotFound("page") from None


def of_application(scope: Scope, application_id: str) -> list[InterviewItem]:
    """Return an application's interviews by time. Raises NotFound when there is no such application."""
    row_id = as_uuid(application_id, Application)
    rows = matching_rows(scope, interviews.application_id == row_id, limit=MAX_UPCOMING)
    if not rows and not _exists(scope, row_id):
        raise NotFound("application")
    return [list_item(scope, row) for row in rows]


def _exists(scope: Scope, row_id: Any) -> bool:
    query = select(applications.id).where(
        applications.user_id == scope.user_id, applications.id == row_id, applications.deleted_at.is_(None)
    )
    return scope.session.execute(query).first() is not None
