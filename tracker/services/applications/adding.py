"""Adding an application, and seeing beforehand whether it is there already."""

from sqlalchemy import func, or_, select

from tracker.db import Scope
from tracker.models import Application, applications
from tracker.services import snapshots, timeline
from tracker.services.applications.fields import check_salary, check_sent, parsed
from tracker.services.applications.moving import first_follow_up
from tracker.services.postings import posting_key, source_of
from tracker.shapes.applications import Likeness
from tracker.shapes.dates import days_from
from tracker.shapes.words import EventKind, Stage

ALIKE = 0.45
"""Trigram similarity of two roles from which they may be the same job (`Backend Engineer`, `Senior Backend Engineer`)."""


def add(scope: Scope, typed: dict[str, str], stage: str = Stage.SAVED) -> str:
    """Keep a new application in a stage other than closed; its id. Invalid names each field that was wrong."""
    values = parsed({"company": "", "role": "", **typed})
    check_sent(values.get("applied_on"), scope.today)
    check_salary(values.get("salary_from"), values.get("salary_to"))
    if values.get("salary_from") is not None or values.get("salary_to") is not None:
        values["currency"] = values.get("currency") or scope.who.currency
        values["salary_period"] = values.get("salary_period") or "year"
    stands = Stage(stage) if stage in set(Stage) and stage != Stage.CLOSED else Stage.SAVED
    if stands is not Stage.SAVED:
        values["applied_on"] = values.get("applied_on") or scope.today
        values[f"{stands}_at"] = scope.now
        first = first_follow_up(scope, stands, values["applied_on"], None)
        values["follow_up_on"] = values.get("follow_up_on") or first
    address = values.get("posting_url", "")
    values["source"] = values.get("source") or source_of(address)
    row = Application(
        **values,
        posting_key=posting_key(address),
        stage=stands,
        furthest=stands,
        stage_since=scope.now,
        touched_at=scope.now,
        created_at=scope.now,
    )
    scope.add(row)
    snapshots.touched(scope, row.applied_on)
    timeline.record(scope, EventKind.APPLICATION_ADDED, row.id, stage=stands)
    return str(row.id)


def likenesses(scope: Scope, company: str, role: str, address: str) -> list[Likeness]:
    """Applications that may be the same job: the same posting, or the same company and a similar role; at most 3."""
    key = posting_key(address)
    same_posting = (applications.posting_key == key) & (key != "")
    folded = select(
        func.fold(company.strip()).label("company"), func.fold(role.strip()).label("role")
    ).subquery()
    same_job = (applications.company_key == folded.c.company) & (
        func.similarity(applications.role_key, folded.c.role) >= ALIKE
    )
    query = (
        select(
            applications.id,
            applications.company,
            applications.role,
            applications.stage,
            applications.created_at,
        )
        .where(
            applications.user_id == scope.user_id,
            applications.deleted_at.is_(None),
            or_(same_posting, same_job),
        )
        .order_by(applications.touched_at.desc())
        .limit(3)
    )
    return [
        Likeness(
            id=str(row["id"]),
            name=f"{row['role']} at {row['company']}",
            standing=f"{Stage(row['stage']).label}, added "
            + days_from(row["created_at"].astimezone(scope.who.zone).date(), scope.today),
        )
        for row in scope.rows(query)
    ]
