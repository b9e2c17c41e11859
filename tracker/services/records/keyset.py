"""Keyset pages of records: a cursor holds the order's values of the last row."""

import base64
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Select, literal, tuple_

from tracker.db import Row, Scope, as_uuid
from tracker.errors import NotFound
from tracker.services.local_days import midnight
from tracker.shapes.records import Page
from tracker.storable_text import clean

R = TypeVar("R")


def page(
    scope: Scope,
    query: Select[Any],
    order: Sequence[Any],
    after: str,
    size: int,
    record: Callable[[Row], R],
    *,
    newest_first: bool = False,
) -> Page[R]:
    """Return at most `size` records of a query in the order of these columns, the last of which is an id.

    `after` is the cursor of the previous page. Raises NotFound for a cursor of another list.
    """
    if after:
        last = tuple_(*_values(after, order))
        query = query.where(tuple_(*order) < last if newest_first else tuple_(*order) > last)
    directed = [column.desc() if newest_first else column for column in order]
    rows = scope.rows(query.order_by(*directed).limit(size + 1))
    shown = rows[:size]
    has_more = len(rows) > size
    return Page([record(row) for row in shown], _cursor(shown[-1], order) if has_more else None)


def within(scope: Scope, column: Any, since: date | None, until: date | None) -> list[Any]:
    """Return the conditions that an instant is in these days of the user's, both included."""
    conditions = []
    if since:
        conditions.append(column >= midnight(scope, since))
    if until:
        conditions.append(column < midnight(scope, until + timedelta(days=1)))
    return conditions


def _cursor(row: Row, order: Sequence[Any]) -> str:
    plain = [
        value.isoformat() if isinstance(value := row[column.key], datetime) else str(value)
        for column in order
    ]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode()


def _values(after: str, order: Sequence[Any]) -> list[Any]:
    try:
        *plain, row_id = json.loads(base64.urlsafe_b64decode(after))
        values = [
            literal(_parsed(text, column), column.type)
            for text, column in zip(plain, order[:-1], strict=True)
        ]
        return [*values, literal(as_uuid(row_id), order[-1].type)]
    except (ValueError, TypeError, AttributeError):
        raise NotFound("page") from None


def _parsed(text: str, column: Any) -> Any:
    if column.type.python_type is datetime:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError
        return moment
    return clean(text)
