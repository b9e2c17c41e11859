"""Rows and values restored from the event log, unless they changed since."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from tracker.db import M, Scope
from tracker.errors import Conflict, NotFound
from tracker.models import Contact, Interview, columns_of
from tracker.models.base import Owned

CHANGED_SINCE = "It has changed since, so it can't be undone."
UndoHandler = Callable[[Scope, Any, dict[str, Any]], str | None]
"""Undoes one event, given its application's row, if it has one, and its particulars.

Returns a sentence when the result differs from the state before, else None.
"""


def as_date(logged: str | None) -> date | None:
    """Return the date of an ISO string from the log."""
    return date.fromisoformat(logged) if logged else None


def restore_values(scope: Scope, row: Interview | Contact, changed: dict[str, Any]) -> None:
    """Restore the values before a change. Raises Conflict when one of them changed since."""
    for name, (before, after) in changed.items():
        if getattr(row, name) != column_value(type(row), name, after):
            raise Conflict(CHANGED_SINCE)
        setattr(row, name, column_value(type(row), name, before))
    row.touched_at = scope.now


def restore_row(scope: Scope, model: type[Owned], row: dict[str, Any]) -> None:
    """Insert a deleted row as the log stores it, with its id and timestamps."""
    values = {name: column_value(model, name, value) for name, value in row.items()}
    scope.session.execute(insert(model).values(user_id=scope.user_id, **values))


def column_value(model: type[Owned], name: str, logged: Any) -> Any:
    """Return the value of a column that the log stores as JSON: times, dates and ids are strings there."""
    kind = columns_of(model)[name].type.python_type
    if logged is None or kind not in (datetime, date, UUID):
        return logged
    return UUID(logged) if kind is UUID else kind.fromisoformat(logged)


def existing_row(scope: Scope, model: type[M], row_id: str) -> M:
    """Return the user's row of that id, locked. Raises Conflict when it was deleted."""
    try:
        return scope.get(model, row_id, lock=True)
    except NotFound:
        raise Conflict(CHANGED_SINCE) from None
