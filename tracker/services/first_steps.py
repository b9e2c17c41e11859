"""First steps of a new user: skipping them, and sample data to look around in."""

from sqlalchemy import delete, exists, func, select, update
from sqlmodel import SQLModel

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.models import Preferences, applications, jobs, preferences
from tracker.services.jobs import job_requests
from tracker.shapes.enumerations import FirstStep, JobKind, JobState
from tracker.shapes.first_steps import FirstStepsSheet

ACCOUNT_TABLES = frozenset(
    {
        "app_user", "audit_entry", "idempotency_key", "job", "model_call", "own_service", "preferences", "user_session"
    }
)  # fmt: skip
"""Tables of the account itself, which removing the sample data leaves alone."""


def read(scope: Scope) -> FirstStepsSheet:
    """Return the first steps to show, and whether the sample data is here or on its way."""
    adding = exists().where(
        jobs.user_id == scope.user_id,
        jobs.kind == JobKind.ADD_SAMPLE.value,
        jobs.state.in_([JobState.WAITING.value, JobState.WORKING.value]),
    )
    columns = select(preferences.skipped_steps, preferences.has_sample, adding.label("is_adding"))
    row = scope.rows(columns.where(preferences.user_id == scope.user_id))[0]
    steps = [step.value for step in FirstStep if step.value not in row["skipped_steps"]]
    return FirstStepsSheet(steps, row["has_sample"], row["is_adding"])


def skip(scope: Scope, step: str) -> None:
    """Never show a first step again. Raises NotFound for an unknown one."""
    if step not in set(FirstStep):
        raise NotFound("step")
    skipped = func.array_append(func.array_remove(preferences.skipped_steps, step), step)
    own = preferences.user_id == scope.user_id
    scope.session.execute(update(Preferences).where(own).values(skipped_steps=skipped))


def request_sample(scope: Scope) -> str:
    """Request the sample data unless the account has applications; return a sentence for the notice."""
    if not is_empty(scope):
        return "Sample data can only be added before your first application"
    job_requests.request(scope, JobKind.ADD_SAMPLE)
    return "Adding the sample data"


def is_empty(scope: Scope) -> bool:
    """Return true if the user never added an application."""
    own = select(applications.id).where(applications.user_id == scope.user_id)
    return scope.session.execute(own.limit(1)).first() is None


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
