"""The list of applications: filtered, searched, sorted, and paged without counting it."""

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
from tracker.services.applications.cards import columns, columns_on_board, in_table, on_board
from tracker.services.applications.searching import found, ways
from tracker.services.figures.drilldown import applications_behind
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.applications import ApplicationPage, Column
from tracker.shapes.dates import week_of
from tracker.shapes.filters import Filters
from tracker.shapes.words import WITH_DEADLINE, Stage

PAGE = 50
LATEST = 1000
"""So many applications, the last ones touched, say which words a person uses."""
_SORT_BY: dict[str, Any] = {
    "touched": applications.touched_at,
    "company": applications.company_key,
    "role": applications.role_key,
    "applied": applications.applied_sort,
    "deadline": func.coalesce(applications.deadline, text("'9999-12-31'::date")),
    "score": priorities.score,
    "excitement": func.coalesce(applications.excitement, 0),
    "salary": func.coalesce(applications.salary_to, applications.salary_from, -1),
    "stage": case({stage.value: stage.rank for stage in Stage}, value=applications.stage),
}


def page(scope: Scope, filters: Filters, after: str = "", size: int = PAGE) -> ApplicationPage:
    """One page of at most `size` applications; `after` is what the page before it gave."""
    is_latest = filters == Filters(view=filters.view, q=filters.q) and not after
    asked, last = replace(filters, q=""), _cursor(after, filters.sort) if after else {}
    for way in ways(filters.q):
        given = (asked, way.finds, size + 1 if is_latest and way.finds else None, bool(after), size)
        if filters.is_of_figures:
            rows = scope.rows(_rows_of(scope, *given), {**way.asked, **last})
        else:
            rows = _rows(scope, *given, **way.asked, **last)
        if rows:
            break
    return ApplicationPage(
        cards=in_table(scope, rows[:size]),
        after=_after(rows[size - 1]) if len(rows) > size else "",
        is_similar=way.finds == "similar",
    )


def _rows_of(
    scope: Scope, filters: Filters, finds: str, latest: int | None, is_after: bool, size: int
) -> Select[Any]:
    """A page's rows, and one more if there is a next page; what is sought and where it begins are parameters."""
    key = _SORT_BY[filters.sort]
    query = _live(scope, select(*columns(scope), key.label("sort_key")), filters, found(finds, latest))
    if filters.sort == "score":
        query = _with_scores(query)
    if is_after:
        ended = bindparam("last_key", type_=key.type), bindparam("last_id", type_=applications.id.type)
        last, here = tuple_(*ended), tuple_(key, applications.id)
        query = query.where(here < last if filters.descending else here > last)
    order = [key.desc(), applications.id.desc()] if filters.descending else [key, applications.id]
    return query.order_by(*order).limit(size + 1)


_rows = prepared_query(_rows_of)


def _with_scores(query: Select[Any]) -> Select[Any]:
    """The scores beside their applications, every one of which has one, so that the order can come from their index."""
    p = priorities
    same = (p.user_id == applications.user_id) & (p.application_id == applications.id)
    return query.select_from(Application).join(Priority, same)


def columns_of_board(
    scope: Scope, filters: Filters, shown: dict[str, int], only: Collection[str] = tuple(Stage)
) -> list[Column]:
    """Every stage (or `only` some) with its first cards (`shown` of a stage, else 50) by last activity, and how many there are."""
    stages = [stage for stage in Stage if filters.stage in ("", "open", stage) and stage in only]
    stages = [stage for stage in stages if not (filters.stage == "open" and stage is Stage.CLOSED)]
    sizes = {stage: min(shown.get(stage, PAGE), 1000) for stage in stages}
    if not sizes:
        return []
    most = max(sizes.values()) + 1
    asked = replace(filters, q="")
    for way in ways(filters.q):
        given = (asked, way.finds, tuple(sizes), most)
        if filters.is_of_figures:
            rows = scope.rows(_latest_of_each(scope, *given), way.asked)
        else:
            rows = _board(scope, *given, **way.asked)
        if rows:
            break
    return [
        _column(scope, stage, [row for row in rows if row["stage"] == stage], size)
        for stage, size in sizes.items()
    ]


def _latest_of_each(
    scope: Scope, filters: Filters, finds: str, stages: tuple[Stage, ...], most: int
) -> Select[Any]:
    """The latest applications of each stage, of every one as many at most, beside how many there are."""
    a = applications
    wanted = (
        func.unnest(literal(list(stages), ARRAY(Text))).table_valued("stage", name="wanted").render_derived()
    )
    # What the words find is looked up once for all stages.
    sought = select(text("*")).select_from(found(finds)).cte("sought") if finds else None
    number = _live(scope, select(func.count().label("of_all")), filters, sought)
    counted = number.where(a.stage == wanted.c.stage).lateral()
    cards = _live(scope, select(*columns_on_board(scope)), filters, sought).where(a.stage == wanted.c.stage)
    latest = cards.order_by(a.touched_at.desc(), a.id.desc()).limit(most).lateral()
    beside = wanted.join(latest, true()).join(counted, true())
    return select(latest, counted.c.of_all).select_from(beside)


_board = prepared_query(_latest_of_each)


def _column(scope: Scope, stage: Stage, rows: list[Row], size: int) -> Column:
    return Column(
        stage=stage.value,
        label=stage.label,
        count=rows[0]["of_all"] if rows else 0,
        cards=on_board(scope, rows[:size]),
        has_more=len(rows) > size,
    )


def sources_and_tags(scope: Scope) -> tuple[list[str], list[str]]:
    """The sources and the tags of the latest thousand, the most frequent 50 of each: what the filters offer."""
    rows = _offers(scope)
    sources, tags = ([row["word"] for row in rows if row["what"] == what][:50] for what in ("source", "tag"))
    return sources, tags


@prepared_query
def _offers(scope: Scope) -> Select[Any]:
    latest = (
        select(applications.source, applications.tags)
        .where(applications.user_id == scope.user_id, applications.deleted_at.is_(None))
        .order_by(applications.touched_at.desc(), applications.id.desc())
        .limit(LATEST)
        .cte()
    )
    source = select(literal("source").label("what"), latest.c.source.label("word")).where(
        latest.c.source != ""
    )
    tag = select(literal("tag"), func.unnest(latest.c.tags).label("word")).where(latest.c.tags != [])
    every = source.union_all(tag).subquery()
    frequent = select(every.c.what, every.c.word).group_by(every.c.what, every.c.word)
    return frequent.order_by(func.count().desc()).limit(200)


def _live(scope: Scope, query: Select[Any], filters: Filters, sought: Any) -> Select[Any]:
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
    return query if sought is None else query.where(a.id.in_(select(text("*")).select_from(sought)))


def due(scope: Scope, when: str) -> ColumnElement[bool]:
    """Open applications with a deadline or follow-up `today` (or before), this `week`, or already `late`."""
    a = applications
    last = scope.today
    if when == "week":
        last = week_of(scope.today, scope.who.week_start) + timedelta(days=6)
    elif when == "late":
        last = scope.today - timedelta(days=1)
    return or_(
        (a.deadline <= last) & a.stage.in_(WITH_DEADLINE),
        (a.follow_up_on <= last) & (a.stage != Stage.CLOSED),
    )


def _after(row: Row) -> str:
    value = row["sort_key"]
    plain = value.isoformat() if isinstance(value, date | datetime) else str(value)
    return base64.urlsafe_b64encode(json.dumps([plain, str(row["id"])]).encode()).decode()


def _cursor(after: str, sort: str) -> dict[str, Any]:
    """The sort value and identifier a page ended on; NotFound when it isn't one of a page so sorted."""
    of_key = _SORT_BY[sort].type.python_type
    read: Any = {datetime: datetime.fromisoformat, date: date.fromisoformat}.get(of_key, of_key)
    try:
        plain, row_id = json.loads(base64.urlsafe_b64decode(after))
        return {"last_key": read(plain), "last_id": as_uuid(row_id)}
    except (ValueError, TypeError, ArithmeticError):
        raise NotFound("page") from None
