"""The list of applications: filters, search, order and keyset pages."""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)

from tracker.db import Row, Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, applications, priorities
from tracker.models.priority import Priority
from tracker.services.applications.cards import card_columns, table_cards
from tracker.services.applications.text_search import matching_ids, search_steps
from tracker.services.figures.drilldown import applications_behind
from tracker.services.figures.pay import Money, money, yearly_pay
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.applications import ApplicationPage, Count
from tracker.shapes.dates import week_of
from tracker.shapes.enumerations import WITH_DEADLINE, Stage
from tracker.shapes.filters import Filters
from tracker.storable_text import clean

PAGE_SIZE = 50
IS_OPEN: ColumnElement[bool] = literal_column("application.stage <> 'closed'", Boolean)
"""First part of the default order, written as in its index."""
MAX_COUNTED = 1000
"""Number of applications up to which a filtered list is counted."""
UNRATED_PAY, UNKNOWN_PAY = -1.0, -2.0
"""Sort keys of salaries in a currency without a known rate, and of unknown salaries."""
_SORT_BY: dict[str, Any] = {
    "touched": applications.touched_at,
    "company": applications.company_key,
    "role": applications.role_key,
    "applied": applications.applied_sort,
    "deadline": func.coalesce(applications.deadline, text("'9999-12-31'::date")),
    "score": priorities.score,
    "excitement": func.coalesce(applications.excitement, 0),
    "stage": case({stage.value: stage.rank for stage in Stage}, value=applications.stage),
}
"""What each order sorts by; the salary's depends on the user's currency and exchange rates."""


def page(scope: Scope, filters: Filters, after: str = "", size: int = PAGE_SIZE) -> ApplicationPage:
    """Return a page of at most `size` applications; `after` is the cursor of the previous page."""
    rows, is_similar = _rows(scope, filters, after, size)
    has_more = len(rows) > size
    return ApplicationPage(
        cards=table_cards(scope, rows[:size]),
        after=_next_cursor(rows[size - 1], filters) if has_more else "",
        count=_count(filters, rows) if has_more and not after else Count(len(rows[:size])),
        is_similar=is_similar,
    )


def page_ids(scope: Scope, filters: Filters, after: str, size: int) -> tuple[list[UUID], str]:
    """Return the ids of a page, in its order, and the cursor of the next one; empty at the end."""
    rows, _ = _rows(scope, filters, after, size)
    cursor = _next_cursor(rows[size - 1], filters) if len(rows) > size else ""
    return [row["id"] for row in rows[:size]], cursor


def _rows(scope: Scope, filters: Filters, after: str, size: int) -> tuple[Sequence[Row], bool]:
    """Return up to `size + 1` rows, and true if a search matched only similar words."""
    is_latest = filters == Filters(view=filters.view, q=filters.q) and not after
    filters_only, last_values = replace(filters, q=""), _cursor(after, filters) if after else {}
    pay_in = money(scope) if filters.sort == "salary" else None
    for step in search_steps(filters.q):
        arguments = (
            filters_only,
            step.kind,
            size + 1 if is_latest and step.kind else None,
            bool(after),
            size,
            pay_in,
            not (after or filters.q),
        )
        if filters.is_of_figures:
            rows = scope.rows(_page_query(scope, *arguments), {**step.parameters, **last_values})
        else:
            rows = _prepared_page(scope, *arguments, **step.parameters, **last_values)
        if rows:
            break
    return rows, step.kind == "similar"


def _count(filters: Filters, rows: Sequence[Row]) -> Count:
    """Return the number of applications that the filters match, exact up to 1,000 and behind a figure.

    Matches of a search aren't counted beyond the first page, since that takes longer than the page.
    """
    if filters.q:
        return Count(len(rows) - 1, is_exact=False)
    of_all = rows[0]["of_all"]
    if filters.is_of_figures:
        return Count(of_all)
    return Count(min(of_all, MAX_COUNTED), is_exact=of_all <= MAX_COUNTED)


def _count_column(scope: Scope, filters: Filters) -> ColumnElement[int]:
    limit = None if filters.is_of_figures else MAX_COUNTED + 1
    rows = filtered(select(applications.id), scope, filters, None).limit(limit).subquery()
    return select(func.count()).select_from(rows).scalar_subquery().label("of_all")


def _page_query(
    scope: Scope,
    filters: Filters,
    search_kind: str,
    latest: int | None,
    is_after: bool,
    size: int,
    pay_in: Money | None,
    is_counted: bool,
) -> Select[Any]:
    """Return the query of a page plus one row; the search text and the cursor are parameters.

    `pay_in` is what salaries are compared in; None for other orders. With `is_counted`, each row has the number of all.
    """
    key = _by_salary(pay_in) if pay_in else _SORT_BY[filters.sort]
    columns = [*card_columns(scope), key.label("sort_key")]
    if is_counted:
        columns.append(_count_column(scope, filters))
    query = filtered(select(*columns), scope, filters, matching_ids(search_kind, latest))
    if filters.sort == "score":
        query = _with_scores(query)
    order = _order(filters, search_kind, key)
    if is_after:
        last = tuple_(*(bindparam(name, type_=column.type) for name, column in order.items()))
        this_row = tuple_(*order.values())
        query = query.where(this_row < last if filters.descending else this_row > last)
    return _ordered(query, filters, order).limit(size + 1)


_prepared_page = prepared_query(_page_query)


def _order(filters: Filters, search_kind: str, key: Any) -> dict[str, Any]:
    """Return the columns of the order, by the names of a cursor's parameters."""
    order = {"last_key": key, "last_id": applications.id}
    return {"last_is_open": IS_OPEN, **order} if filters.is_open_first and not search_kind else order


def _ordered(query: Select[Any], filters: Filters, order: dict[str, Any]) -> Select[Any]:
    return query.order_by(*(column.desc() if filters.descending else column for column in order.values()))


def whole_list_queries(
    scope: Scope, filters: Filters, columns: list[Any]
) -> Iterator[tuple[Select[Any], dict[str, Any]]]:
    """Yield the queries of the whole list to try in turn, each with its parameters.

    The first one with rows has all applications that the filters match, in the order of the list.
    """
    key = _by_salary(money(scope)) if filters.sort == "salary" else _SORT_BY[filters.sort]
    for step in search_steps(filters.q):
        query = filtered(select(*columns), scope, filters, matching_ids(step.kind))
        if filters.sort == "score":
            query = _with_scores(query)
        yield _ordered(query, filters, _order(filters, step.kind, key)), step.parameters


def _by_salary(pay_in: Money) -> ColumnElement[float]:
    """Return the yearly pay; salaries without a rate come below it, and unknown salaries last."""
    a = applications
    is_unknown = func.coalesce(a.salary_to, a.salary_from).is_(None)
    return func.coalesce(yearly_pay(a, pay_in), case((is_unknown, UNKNOWN_PAY), else_=UNRATED_PAY))


def _with_scores(query: Select[Any]) -> Select[Any]:
    """Join the scores, so that PostgreSQL can read the order from their index; each application has one."""
    p = priorities
    own_score = (p.user_id == applications.user_id) & (p.application_id == applications.id)
    return query.select_from(Application).join(Priority, own_score)


def filtered(query: Select[Any], scope: Scope, filters: Filters, matches: Any) -> Select[Any]:
    """Limit a query of applications to the user's, to the filters and to the matches of a search."""
    a = applications
    query = query.where(a.user_id == scope.user_id, a.deleted_at.is_(None))
    if filters.stage == "open":
        query = query.where(a.stage != Stage.CLOSED)
    elif filters.stage:
        query = query.where(a.stage == filters.stage)
    for column, value in (
        (a.outcome, filters.outcome),
        (a.workplace, filters.workplace),
        (a.source, filters.source),
    ):
        if value:
            query = query.where(column == value)
    if filters.tag:
        query = query.where(a.tags.contains([filters.tag]))
    if filters.due:
        query = query.where(due(scope, filters.due))
    if filters.is_of_figures:
        query = query.where(a.id.in_(applications_behind(scope, filters.selection, filters.behind)))
    return query if matches is None else query.where(a.id.in_(select(text("*")).select_from(matches)))


def due(scope: Scope, when: str) -> ColumnElement[bool]:
    """Return the condition that a deadline or follow-up is due `today` or before, this `week`, or `late`."""
    a = applications
    last_day = scope.today
    if when == "week":
        last_day = week_of(scope.today, scope.who.week_start) + timedelta(days=6)
    elif when == "late":
        last_day = scope.today - timedelta(days=1)
    return or_(
        (a.deadline <= last_day) & a.stage.in_(WITH_DEADLINE),
        (a.follow_up_on <= last_day) & (a.stage != Stage.CLOSED),
    )


def _next_cursor(row: Row, filters: Filters) -> str:
    value = row["sort_key"]
    plain = value.isoformat() if isinstance(value, date | datetime) else str(value)
    is_open = [row["stage"] != Stage.CLOSED] if filters.is_open_first else []
    return base64.urlsafe_b64encode(json.dumps([plain, str(row["id"]), *is_open]).encode()).decode()


def _cursor(after: str, filters: Filters) -> dict[str, Any]:
    """Return the last row's values of the order. Raises NotFound for a cursor of another order."""
    key_type: Any = float if filters.sort == "salary" else _SORT_BY[filters.sort].type.python_type
    parse: Any = {datetime: datetime.fromisoformat, date: date.fromisoformat, str: clean}.get(
        key_type, key_type
    )
    try:
        plain, row_id, *more = json.loads(base64.urlsafe_b64decode(after))
        last = {"last_key": parse(plain), "last_id": as_uuid(row_id)}
        if filters.is_open_first:
            [is_open] = more
            last["last_is_open"] = bool(is_open)
        return last
    except (ValueError, TypeError, ArithmeticError, AttributeError):
        raise NotFound("page") from None
