"""Rows as the log kept them, put back where nothing has changed since."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from tracker.db import M, Scope
from tracker.errors import Conflict, NotFound
from tracker.models import Contact, Interview, columns_of
from tracker.models.base import Owned

CHANGED_SINCE = "It was changed again since, so it was left as it is."
Back = Callable[[Scope, Any, dict[str, Any]], str | None]
"""What puts one event right, from its application's row, if it has one, and its particulars.

A sentence when something comes back otherwise than it was.
"""


def day(plain: str | None) -> date | None:
    """A day as the log holds it."""
    return date.fromisoformat(plain) if plain else None


def set_back(scope: Scope, row: Interview | Contact, changed: dict[str, Any]) -> None:
    """Give a row the values it had; Conflict when one of them was changed again."""
    for name, (before, after) in changed.items():
        if getattr(row, name) != kept(type(row), name, after):
            raise Conflict(CHANGED_SINCE)
        setattr(row, name, kept(type(row), name, before))
    row.touched_at = scope.now


def restore(scope: Scope, model: type[Owned], row: dict[str, Any]) -> None:
    """Put a deleted row back as the log kept it, its identifier and times included."""
    values = {name: kept(model, name, value) for name, value in row.items()}
    scope.session.execute(insert(model).values(user_id=scope.user_id, **values))


def kept(model: type[Owned], name: str, plain: Any) -> Any:
    """The value of a column that the log holds as JSON: instants, days and identifiers are text there."""
    kind = columns_of(model)[name].type.python_type
    if plain is None or kind not in (datetime, date, UUID):
        return plain
    return UUID(plain) if kind is UUID else kind.fromisoformat(plain)


def still_there(scope: Scope, model: type[M], row_id: str) -> M:
    """The person's row of that id; Conflict when it is gone."""
    try:
        return scope.get(model, row_id, lock=True)
    except NotFound:
        raise Conflict(CHANGED_SINCE) from None
