"""Lists of interviews: what is to come, what lies behind, and what belongs to one application."""

import base64
import json
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, literal, select, tuple_

from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, Interview, applications, interviews
from tracker.services.interviews.facts import facts
from tracker.services.interviews.fields import LONGEST, as_typed
from tracker.services.interviews.lines import choosing, chosen, ends_at, line, needs_debrief
from tracker.services.prepared_queries import prepared_query
from tracker.services.text import as_html
from tracker.shapes.interviews import AgendaDay, InterviewDetail, InterviewLine, PastPage
from tracker.shapes.words import InterviewState

AHEAD = 200
PAGE = 50


def detail(scope: Scope, interview_id: str) -> InterviewDetail:
    """One interview with its notes, for its dialog; NotFound when its application was deleted."""
    row = scope.get(Interview, interview_id)
    found = chosen(scope, interviews.id == row.id)
    if not found:
        raise NotFound("interview")
    return InterviewDetail(
        line=line(scope, found[0]),
        preparation=row.preparation,
        preparation_html=as_html(row.preparation),
        debrief=row.debrief,
        debrief_html=as_html(row.debrief),
        typed=as_typed(row),
        facts=facts(scope, row),
    )


def _ahead(scope: Scope) -> ColumnElement[bool]:
    """Scheduled and not over; the bound on the start lets the index leave out the past."""
    earliest = scope.now - timedelta(minutes=LONGEST)
    return (
        (interviews.state == InterviewState.SCHEDULED)
        & (interviews.starts_at > earliest)
        & (ends_at() > scope.now)
    )


def upcoming(scope: Scope, limit: int = AHEAD) -> list[InterviewLine]:
    """Scheduled interviews that aren't over, the next first."""
    return [line(scope, row) for row in _upcoming(scope, limit)]


@prepared_query
def _upcoming(scope: Scope, limit: int) -> Any:
    return choosing(scope, _ahead(scope), limit=limit)


def agenda(scope: Scope) -> list[AgendaDay]:
    """The next 200 scheduled interviews, day by day where the person lives."""
    return [
        AgendaDay(
            date=day,
            label=(first := (of_day := list(group))[0]).day[0].upper() + first.day[1:],
            exact=first.day_exact,
            is_today=day == scope.today.isoformat(),
            interviews=of_day,
        )
        for day, group in groupby(upcoming(scope), key=lambda one: one.date)
    ]


def past(scope: Scope, after: str = "") -> PastPage:
    """Fifty interviews that are over or settled: those that need a debrief first, then the latest first."""
    keys = (needs_debrief(scope), interviews.starts_at, interviews.id)
    rest = [tuple_(*keys) < tuple_(*_cursor(after))] if after else []
    rows = chosen(scope, ~_ahead(scope), *rest, order=[key.desc() for key in keys], limit=PAGE + 1)
    shown = [line(scope, row) for row in rows[:PAGE]]
    return PastPage(shown, _after(shown[-1], rows[PAGE - 1]["starts_at"]) if len(rows) > PAGE else "")


def _after(last: InterviewLine, starts_at: datetime) -> str:
    said = json.dumps([last.needs_debrief, starts_at.isoformat(), last.id])
    return base64.urlsafe_b64encode(said.encode()).decode()


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


def of_application(scope: Scope, application_id: str) -> list[InterviewLine]:
    """Every interview of an application in the order of time; NotFound when there is no such application."""
    row_id = as_uuid(application_id, Application)
    rows = chosen(scope, interviews.application_id == row_id, limit=AHEAD)
    if not rows and not _is_there(scope, row_id):
        raise NotFound("application")
    return [line(scope, row) for row in rows]


def _is_there(scope: Scope, row_id: Any) -> bool:
    query = select(applications.id).where(
        applications.user_id == scope.user_id, applications.id == row_id, applications.deleted_at.is_(None)
    )
    return scope.session.execute(query).first() is not None
