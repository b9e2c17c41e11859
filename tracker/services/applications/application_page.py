"""The contents of an application's page."""

from types import SimpleNamespace
from typing import Any

from babel import Locale
from sqlalchemy import Uuid, bindparam, select

from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, applications, priorities
from tracker.services.applications.application_fields import as_typed
from tracker.services.applications.cards import employment_label, mark, salary_text, status_label, tint
from tracker.services.applications.salary_fields import ENDS, SALARY, salary_as_typed
from tracker.services.applications.stage_moves import follow_up_count_query
from tracker.services.markdown import as_html
from tracker.services.prepared_queries import prepared_query
from tracker.services.timeline import log_column, log_days
from tracker.shapes.applications import ApplicationDetail, Fact
from tracker.shapes.dates import days_from, exact_day
from tracker.shapes.enumerations import WITH_DEADLINE, Employment, Stage, Workplace, choices
from tracker.shapes.field_labels import FIELD_LABELS
from tracker.shapes.priority import CompanySize

_DATES = ("applied_on", "deadline", "follow_up_on")
_CHOICES = {
    "workplace": Workplace,
    "employment": Employment,
    "company_size": CompanySize,
}
_ELSEWHERE = {"notes", "posting_text", "excitement", *ENDS, "currency", "salary_period"}
"""Fields with another place on the page; the salary is edited as a whole."""


def detail(scope: Scope, application_id: str) -> ApplicationDetail:
    """Return the contents of an application's page. Raises NotFound when it was deleted."""
    rows = _detail_row(scope, row_id=as_uuid(application_id, Application))
    if not rows:
        raise NotFound("application")
    row = SimpleNamespace(**rows[0])
    return ApplicationDetail(
        id=str(row.id),
        company=row.company,
        role=row.role,
        mark=mark(row.company),
        tint=tint(row.company),
        stage=row.stage,
        outcome=row.outcome or "",
        standing=status_label(row.stage, row.outcome),
        since=days_from(row.stage_since.astimezone(scope.who.zone).date(), scope.today),
        added=exact_day(row.created_at.astimezone(scope.who.zone).date(), scope.who.locale),
        excitement=row.excitement or 0,
        score=row.score or 0,
        tags=row.tags,
        facts=_facts(scope, row),
        posting_url=row.posting_url,
        posting_text=row.posting_text,
        notes=row.notes,
        notes_html=as_html(row.notes),
        follow_ups=row.followed_up,
        next_step=_next_step(scope, row),
        days=log_days(scope, row.log),
    )


@prepared_query
def _detail_row(scope: Scope) -> Any:
    """Return the application, its number of follow-ups, its score and its event log, in one query."""
    row_id = bindparam("row_id", type_=Uuid())
    score = select(priorities.score).where(
        priorities.user_id == scope.user_id, priorities.application_id == row_id
    )
    return select(
        *applications,
        follow_up_count_query(scope, row_id).label("followed_up"),
        score.scalar_subquery().label("score"),
        log_column(scope, row_id).label("log"),
    ).where(
        applications.user_id == scope.user_id, applications.id == row_id, applications.deleted_at.is_(None)
    )


def _facts(scope: Scope, row: SimpleNamespace) -> list[Fact]:
    """Return the fields of the list beside the page."""
    return [_fact(scope, row, name) for name in FIELD_LABELS if name not in _ELSEWHERE]


def _fact(scope: Scope, row: SimpleNamespace, field: str) -> Fact:
    raw = salary_as_typed(row) if field == SALARY else as_typed(getattr(row, field))
    kind = "date" if field in _DATES else "choice" if field in _CHOICES else "text"
    return Fact(
        name=field,
        label=FIELD_LABELS[field],
        shown=_display_text(scope, row, field, raw),
        raw=raw,
        kind=kind,
        choices=[("", "Not set"), *choices(_CHOICES[field])] if kind == "choice" else [],
        link=raw if field == "posting_url" else "",
    )


def _display_text(scope: Scope, row: SimpleNamespace, field: str, raw: str) -> str:
    locale = scope.who.locale
    if not raw:
        return ""
    if field in _DATES:
        day = getattr(row, field)
        return f"{exact_day(day, locale)} ({days_from(day, scope.today)})"
    if field == "country":
        return str(Locale("en").territories.get(raw, raw))
    if field == "employment":
        return employment_label(raw)
    if field == SALARY:
        return salary_text(row.salary_from, row.salary_to, row.currency, row.salary_period, locale)
    if field in _CHOICES:
        return _CHOICES[field](raw).label
    return raw


def _next_step(scope: Scope, row: SimpleNamespace) -> str:
    """Return the next due date with its label, or an empty string when the application is closed."""
    if row.stage == Stage.CLOSED:
        return ""
    deadline = row.deadline if row.stage in WITH_DEADLINE else None
    dates = [(deadline, "Deadline"), (row.follow_up_on, "Follow-up")]
    due = sorted((day, label) for day, label in dates if day)
    return f"{due[0][1]} {days_from(due[0][0], scope.today)}" if due else ""
