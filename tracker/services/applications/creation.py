"""Create applications, and find possible duplicates beforehand."""

from typing import Any

from sqlalchemy import func, or_, select

from tracker.db import Scope
from tracker.errors import Invalid
from tracker.models import Application, applications
from tracker.services import timeline
from tracker.services.applications.application_fields import check_salary, check_sent, parsed
from tracker.services.applications.duplicate_keys import update_keys
from tracker.services.applications.salary_fields import spread_salary
from tracker.services.applications.stage_moves import next_follow_up
from tracker.services.employers import employer_key
from tracker.services.figures import snapshots
from tracker.services.postings import posting_key, source_of
from tracker.shapes.applications import PossibleDuplicate
from tracker.shapes.dates import days_from
from tracker.shapes.enumerations import EventKind, Stage
from tracker.storable_text import clean

MIN_ROLE_SIMILARITY = 0.45
"""Trigram similarity above which two roles may be the same job (`Backend Engineer`, `Senior Backend Engineer`)."""


def add(scope: Scope, typed: dict[str, str], stage: str = Stage.SAVED) -> str:
    """Create an application in a stage other than closed and return its id. Raises Invalid."""
    values = _valid_values(scope, typed)
    if values.get("salary_from") is not None or values.get("salary_to") is not None:
        values["currency"] = values.get("currency") or scope.who.currency
        values["salary_period"] = values.get("salary_period") or "year"
    initial_stage = Stage(stage) if stage in set(Stage) and stage != Stage.CLOSED else Stage.SAVED
    if initial_stage is not Stage.SAVED:
        values["applied_on"] = values.get("applied_on") or scope.today
        values[f"{initial_stage}_at"] = scope.now
        follow_up_on = next_follow_up(scope, initial_stage, values["applied_on"], None)
        values["follow_up_on"] = values.get("follow_up_on") or follow_up_on
    address = values.get("posting_url", "")
    values["source"] = values.get("source") or source_of(address)
    row = Application(
        **values,
        stage=initial_stage,
        furthest=initial_stage,
        stage_since=scope.now,
        touched_at=scope.now,
        created_at=scope.now,
    )
    update_keys(row)
    scope.add(row)
    snapshots.invalidate(scope, row.applied_on)
    timeline.record(scope, EventKind.APPLICATION_ADDED, row.id, stage=initial_stage)
    return str(row.id)


def _valid_values(scope: Scope, typed: dict[str, str]) -> dict[str, Any]:
    """Return the values of all fields. Raises Invalid, which names every field with a mistake at once."""
    unreadable: dict[str, str] = {}
    try:
        fields = spread_salary(typed, scope.who.currency)
    except Invalid as error:
        unreadable = error.fields
        fields = {name: text for name, text in typed.items() if name not in unreadable}

    def check_readable(values: dict[str, Any]) -> None:
        if unreadable:
            raise Invalid(unreadable)

    return parsed(
        {"company": "", "role": "", **fields},
        check_readable,
        lambda values: check_sent(values.get("applied_on"), scope.today),
        lambda values: check_salary(values.get("salary_from"), values.get("salary_to")),
    )


def possible_duplicates(scope: Scope, company: str, role: str, address: str) -> list[PossibleDuplicate]:
    """Return at most 3 applications: with this posting first, then this company and a similar role."""
    posting, employer = posting_key(clean(address)), employer_key(clean(company))
    same_posting = applications.posting_key == func.nullif(posting, "")
    # Letters outside of ASCII have no trigrams under some collations, so that only equal roles are similar.
    typed_role = select(func.fold(clean(role).strip()).label("key")).subquery()
    similar_role = or_(
        applications.role_key == typed_role.c.key,
        func.similarity(applications.role_key, typed_role.c.key) >= MIN_ROLE_SIMILARITY,
    )
    same_job = (applications.employer_key == func.nullif(employer, "")) & similar_role
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
        .order_by(same_posting.desc(), applications.touched_at.desc())
        .limit(3)
    )
    return [
        PossibleDuplicate(
            id=str(row["id"]),
            name=f"{row['role']} at {row['company']}",
            standing=f"{Stage(row['stage']).label}, added "
            + days_from(row["created_at"].astimezone(scope.who.zone).date(), scope.today),
        )
        for row in scope.rows(query)
    ]
