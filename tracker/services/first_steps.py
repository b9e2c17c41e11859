"""First steps of a new user: skipping them, and sample data to look around in."""

from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlmodel import SQLModel

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.models import Preferences, jobs, preferences
from tracker.services.jobs import job_requests
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.enumerations import JobKind, JobState
from tracker.shapes.first_steps import FirstStep, FirstStepsSheet

ACCOUNT_TABLES = frozenset(
    {
        "access_token", "app_user", "archive", "archive_part", "audit_entry", "calendar_feed", "idempotency_key", "job", "model_call",
        "own_service", "posting_capture", "preferences", "user_session",
    }
)  # fmt: skip
"""Tables of the account itself, which removing the sample data leaves alone."""
CONTENT_TABLES = (
    "application",
    "contact",
    "position",
    "bullet",
    "profile",
    "wishes",
    "resume_import",
    "data_import",
)
"""Tables that hold what a user entered. Sample data is only added while they are empty, since it is removed with them."""


def read(scope: Scope) -> FirstStepsSheet:
    """Return the first steps to show, and whether the sample data is here or on its way."""
    [row] = _sheet_rows(scope)
    hidden = {*row["skipped_steps"], *((FirstStep.SAMPLE,) if row["has_content"] else ())}
    steps = [step.value for step in FirstStep if step.value not in hidden]
    return FirstStepsSheet(steps, row["has_sample"], row["is_adding"])


@prepared_query
def _sheet_rows(scope: Scope) -> Any:
    adding = exists().where(
        jobs.user_id == scope.user_id,
        jobs.kind == JobKind.ADD_SAMPLE.value,
        jobs.state.in_([JobState.WAITING.value, JobState.WORKING.value]),
    )
    columns = (preferences.skipped_steps, preferences.has_sample, adding.label("is_adding"))
    query = select(*columns, _has_content(scope).label("has_content"))
    return query.where(preferences.user_id == scope.user_id)


def skip(scope: Scope, step: str) -> None:
    """Never show a first step again. Raises NotFound for an unknown one."""
    if step not in set(FirstStep):
        raise NotFound("step")
    skipped = func.array_append(func.array_remove(preferences.skipped_steps, step), step)
    own = preferences.user_id == scope.user_id
    scope.session.execute(update(Preferences).where(own).values(skipped_steps=skipped))


def request_sample(scope: Scope) -> str:
    """Request the sample data unless the user entered anything; return a sentence for the notice."""
    if not is_empty(scope):
        return "Sample data can only be added to an empty account"
    job_requests.request(scope, JobKind.ADD_SAMPLE)
    return "Adding the sample data"


def is_empty(scope: Scope) -> bool:
    """Return true if the user entered nothing of their own yet."""
    return not scope.session.execute(select(_has_content(scope))).scalar_one()


def _has_content(scope: Scope) -> ColumnElement[bool]:
    """Return whether the user entered anything, as SQL."""
    tables = [SQLModel.metadata.tables[name] for name in CONTENT_TABLES]
    return or_(*(exists().where(table.c.user_id == scope.user_id) for table in tables))


def mark_sample(scope: Scope) -> None:
    """Note that the account holds the sample data."""
    own = preferences.user_id == scope.user_id
    scope.session.execute(update(Preferences).where(own).values(has_sample=True))


def remove_sample(scope: Scope) -> str:
    """Remove the sample data and everything added since. Raises NotFound without sample data.

    What belongs to the account stays: the name, the settings, the sessions and their history.
    """
    own = preferences.user_id == scope.user_id
    marked = update(Preferences).where(own, preferences.has_sample).values(has_sample=False)
    if scope.session.execute(marked.returning(preferences.user_id)).first() is None:
        raise NotFound("sample data")
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name not in ACCOUNT_TABLES:
            scope.session.execute(delete(table).where(table.c.user_id == scope.user_id))
    return "Sample data removed"
