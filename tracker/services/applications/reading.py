"""Reading one application whole, for its own page."""

from types import SimpleNamespace
from typing import Any

from babel import Locale
from sqlalchemy import Uuid, bindparam, select

from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, applications, priorities
from tracker.services.applications.cards import employment, mark, money, standing, tint
from tracker.services.applications.fields import as_typed
from tracker.services.applications.labels import FIELD_LABELS
from tracker.services.applications.moving import number_of_follow_ups
from tracker.services.prepared_queries import prepared_query
from tracker.services.text import as_html
from tracker.services.timeline import days_of, log_of
from tracker.shapes.applications import ApplicationDetail, Fact
from tracker.shapes.dates import days_from, exact_day
from tracker.shapes.priority import CompanySize
from tracker.shapes.words import WITH_DEADLINE, Employment, Period, Stage, Workplace, choices

_DATES = ("applied_on", "deadline", "follow_up_on")
_CHOICES = {
    "workplace": Workplace,
    "employment": Employment,
    "salary_period": Period,
    "company_size": CompanySize,
}


def detail(scope: Scope, application_id: str) -> ApplicationDetail:
    """Everything the application's page shows; NotFound when it was deleted."""
    found = _whole(scope, row_id=as_uuid(application_id, Application))
    if not found:
        raise NotFound("application")
    row = SimpleNamespace(**found[0])
    return ApplicationDetail(
        id=str(row.id),
        company=row.company,
        role=row.role,
        mark=mark(row.company),
        tint=tint(row.company),
        stage=row.stage,
        stage_label=Stage(row.stage).label,
        outcome=row.outcome or "",
        standing=standing(row.stage, row.outcome),
        since=days_from(row.stage_since.astimezone(scope.who.zone).date(), scope.today),
        added=exact_day(row.created_at.astimezone(scope.who.zone).date(), scope.who.locale),
        excitement=row.excitement or 0,
        score=row.score or 0,
        tags=row.tags,
        facts=[
            _fact(scope, row, name)
            for name in FIELD_LABELS
            if name not in ("notes", "posting_text", "excitement")
        ],
        posting_url=row.posting_url,
        posting_text=row.posting_text,
        notes=row.notes,
        notes_html=as_html(row.notes),
        follow_ups=row.followed_up,
        next_step=_next_step(scope, row),
        days=days_of(scope, row.log),
    )


@prepared_query
def _whole(scope: Scope) -> Any:
    """The application, how often the person followed up on it, its score and its log, in one statement."""
    row_id = bindparam("row_id", type_=Uuid())
    score = select(priorities.score).where(
        priorities.user_id == scope.user_id, priorities.application_id == row_id
    )
    return select(
        *applications,
        number_of_follow_ups(scope, row_id).label("followed_up"),
        score.scalar_subquery().label("score"),
        log_of(scope, row_id).label("log"),
    ).where(
        applications.user_id == scope.user_id, applications.id == row_id, applications.deleted_at.is_(None)
    )


def _fact(scope: Scope, row: SimpleNamespace, name: str) -> Fact:
    raw = as_typed(getattr(row, name))
    kind = "date" if name in _DATES else "choice" if name in _CHOICES else "text"
    return Fact(
        name=name,
        label=FIELD_LABELS[name],
        shown=_shown(scope, row, name, raw),
        raw=raw,
        kind=kind,
        choices=[("", "Not set"), *choices(_CHOICES[name])] if kind == "choice" else [],
        link=raw if name == "posting_url" else "",
    )


def _shown(scope: Scope, row: SimpleNamespace, name: str, raw: str) -> str:
    locale = scope.who.locale
    if not raw:
        return ""
    if name in _DATES:
        day = getattr(row, name)
        return f"{exact_day(day, locale)} ({days_from(day, scope.today)})"
    if name == "country":
        return str(Locale("en").territories.get(raw, raw))
    if name == "employment":
        return employment(raw)
    if name in ("salary_from", "salary_to"):
        return money(getattr(row, name), getattr(row, name), row.currency, row.salary_period, locale)
    if name in _CHOICES:
        return _CHOICES[name](raw).label
    return raw


def _next_step(scope: Scope, row: SimpleNamespace) -> str:
    """What is due next on this application, in a few words; nothing when it is closed."""
    if row.stage == Stage.CLOSED:
        return ""
    deadline = row.deadline if row.stage in WITH_DEADLINE else None
    dates = [(deadline, "Deadline"), (row.follow_up_on, "Follow up")]
    due = sorted((day, what) for day, what in dates if day)
    return f"{due[0][1]} {days_from(due[0][0], scope.today)}" if due else ""
