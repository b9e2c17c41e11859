"""The list of applications: filters, search, order and keyset pages."""

import base64
import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    text,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY

from tracker.db import Row, Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, applications, priorities
from tracker.models.priority import Priority
from tracker.services.applications.cards import board_card_columns, board_cards, card_columns, table_cards
from tracker.services.applications.text_search import matching_ids, search_steps
from tracker.services.figures.drilldown import applications_behind
from tracker.services.figures.pay import Money, money, yearly_pay
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.applications import ApplicationPage, Column
from tracker.shapes.dates import week_of
from tracker.shapes.filters import Filters
from tracker.shapes.words import WITH_DEADLINE, Stage

PAGE_SIZE = 50
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
    is_latest = filters == Filters(view=filters.view, q=filters.q) and not after
    filters_only, last_values = replace(filters, q=""), _cursor(after, filters.sort) if after else {}
    pay_in = money(scope) if filters.sort == "salary" else None
    for step in search_steps(filters.q):
        arguments = (
            filters_only,
            step.kind,
            size + 1 if is_latest and step.kind else None,
            bool(after),
            size,
            pay_in,
        )
        if filters.is_of_figures:
            rows = scope.rows(_page_query(scope, *arguments), {**step.parameters, **last_values})
        else:
            rows = _prepared_page(scope, *arguments, **step.parameters, **last_values)
        if rows:
            break
    return ApplicationPage(
        cards=table_cards(scope, rows[:size]),
        after=_next_cursor(rows[size - 1]) if len(rows) > size else "",
        is_similar=step.kind == "similar",
    )


def _page_query(
    scope: Scope,
    filters: Filters,
    search_kind: str,
    latest: int | None,
    is_after: bool,
    size: int,
    pay_in: Money | None,
) -> Select[Any]:
    """Return the query of a page plus one row; the search text and the cursor are parameters.

    `pay_in` is what salaries are compared in; None for other orders.
    """
    key = _by_salary(pay_in) if pay_in else _SORT_BY[filters.sort]
    query = _filtered(
        scope, select(*card_columns(scope), key.label("sort_key")), filters, matching_ids(search_kind, latest)
    )
    if filters.sort == "score":
        query = _with_scores(query)
    if is_after:
        last_row = bindparam("last_key", type_=key.type), bindparam("last_id", type_=applications.id.type)
        last, this_row = tuple_(*last_row), tuple_(key, applications.id)
        query = query.where(this_row < last if filters.descending else this_row > last)
    order = [key.desc(), applications.id.desc()] if filters.descending else [key, applications.id]
    return query.order_by(*order).limit(size + 1)


_prepared_page = prepared_query(_page_query)


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


def board_columns(
    scope: Scope, filters: Filters, shown: dict[str, int], only: Collection[str] = tuple(Stage)
) -> list[Column]:
    """Return the board's columns: each stage with its first cards by last activity, and its count.

    `shown` is the number of cards by stage, 50 by default; `only` limits the stages.
    """
    stages = [stage for stage in Stage if filters.stage in ("", "open", stage) and stage in only]
    stages = [stage for stage in stages if not (filters.stage == "open" and stage is Stage.CLOSED)]
    sizes = {stage: min(shown.get(stage, PAGE_SIZE), 1000) for stage in stages}
    if not sizes:
        return []
    limit = max(sizes.values()) + 1
    filters_only = replace(filters, q="")
    for step in search_steps(filters.q):
        arguments = (filters_only, step.kind, tuple(sizes), limit)
        if filters.is_of_figures:
            rows = scope.rows(_board_query(scope, *arguments), step.parameters)
        else:
            rows = _prepared_board(scope, *arguments, **step.parameters)
        if rows:
            break
    return [
        _column(scope, stage, [row for row in rows if row["stage"] == stage], size)
        for stage, size in sizes.items()
    ]


def _board_query(
    scope: Scope, filters: Filters, search_kind: str, stages: tuple[Stage, ...], limit: int
) -> Select[Any]:
    """Return the query of each stage's latest applications, at most `limit` each, and of its count."""
    a = applications
    stage_table = (
        func.unnest(literal(list(stages), ARRAY(Text))).table_valued("stage", name="wanted").render_derived()
    )
    # A CTE, so that the search runs once for all stages.
    matches = select(text("*")).select_from(matching_ids(search_kind)).cte("sought") if search_kind else None
    count_query = _filtered(scope, select(func.count().label("of_all")), filters, matches)
    stage_count = count_query.where(a.stage == stage_table.c.stage).lateral()
    cards = _filtered(scope, select(*board_card_columns(scope)), filters, matches).where(
        a.stage == stage_table.c.stage
    )
    latest = cards.order_by(a.touched_at.desc(), a.id.desc()).limit(limit).lateral()
    joined = stage_table.join(latest, true()).join(stage_count, true())
    return select(latest, stage_count.c.of_all).select_from(joined)


_prepared_board = prepared_query(_board_query)


def _column(scope: Scope, stage: Stage, rows: list[Row], size: int) -> Column:
    return Column(
        stage=stage.value,
        label=stage.label,
        count=rows[0]["of_all"] if rows else 0,
        cards=board_cards(scope, rows[:size]),
        has_more=len(rows) > size,
    )


def _filtered(scope: Scope, query: Select[Any], filters: Filters, matches: Any) -> Select[Any]:
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


def _next_cursor(row: Row) -> str:
    value = row["sort_key"]
    plain = value.isoformat() if isinstance(value, date | datetime) else str(value)
    return base64.urlsafe_b64encode(json.dumps([plain, str(row["id"])]).encode()).decode()


def _cursor(after: str, sort: str) -> dict[str, Any]:
    """Return the last row's sort value and id. Raises NotFound for a cursor of another order."""
    key_type: Any = float if sort == "salary" else _SORT_BY[sort].type.python_type
    parse: Any = {datetime: datetime.fromisoformat, date: date.fromisoformat}.get(key_type, key_type)
    try:
        plain, row_id = json.loads(base64.urlsafe_b64decode(after))
        return {"last_key": parse(plain), "last_id": as_uuid(row_id)}
    except (ValueError, TypeError, ArithmeticError):
        raise NotFound("page") from None
