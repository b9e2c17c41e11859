"""The list of applications: filtered, searched, sorted, and paged without counting it."""

import base64
import json
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, case, func, literal, or_, select, text, true, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import RowMapping

from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, applications, priorities
from tracker.models.priority import Priority
from tracker.services.applications.cards import card, columns, columns_on_board, on_board
from tracker.services.figures.members import members
from tracker.services.once import built_once
from tracker.services.typed import clean
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
    latest = size + 1 if is_latest else None
    for found in _ways(filters.q, latest):
        cards = _page(scope, filters, found, after, size)
        if cards.cards:
            break
    return cards


def _page(scope: Scope, filters: Filters, found: Any, after: str, size: int) -> ApplicationPage:
    if found is None and not after and not filters.is_of_figures:
        rows = _first_page(scope, filters, size)
    else:
        rows = scope.rows(_rows_of(scope, filters, found, after, size))
    return ApplicationPage(
        cards=[card(scope, row) for row in rows[:size]],
        after=_after(rows[size - 1]) if len(rows) > size else "",
        is_similar=found is not None and "similar" in found.name,
    )


def _rows_of(scope: Scope, filters: Filters, found: Any, after: str, size: int) -> Select[Any]:
    """A page's rows, and one more if there is a next page."""
    key = _SORT_BY[filters.sort]
    query = _live(scope, select(*columns(scope), key.label("sort_key")), filters, found)
    if filters.sort == "score":
        query = _with_scores(query)
    if after:
        last = tuple_(*_cursor(after, filters.sort))
        here = tuple_(key, applications.id)
        query = query.where(here < last if filters.descending else here > last)
    order = [key.desc(), applications.id.desc()] if filters.descending else [key, applications.id]
    return query.order_by(*order).limit(size + 1)


@built_once
def _first_page(scope: Scope, filters: Filters, size: int) -> Select[Any]:
    return _rows_of(scope, filters, None, "", size)


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
    for found in _ways(filters.q):
        if found is None and not filters.is_of_figures:
            rows = _whole_board(scope, filters, tuple(sizes), most)
        else:
            rows = scope.rows(_latest_of_each(scope, filters, found, tuple(sizes), most))
        if rows:
            break
    return [
        _column(scope, stage, [row for row in rows if row["stage"] == stage], size)
        for stage, size in sizes.items()
    ]


@built_once
def _whole_board(scope: Scope, filters: Filters, stages: tuple[Stage, ...], most: int) -> Select[Any]:
    return _latest_of_each(scope, filters, None, stages, most)


def _latest_of_each(
    scope: Scope, filters: Filters, found: Any, stages: tuple[Stage, ...], most: int
) -> Select[Any]:
    """The latest applications of each stage, of every one as many at most, beside how many there are."""
    a = applications
    wanted = (
        func.unnest(literal(list(stages), ARRAY(Text))).table_valued("stage", name="wanted").render_derived()
    )
    # What the words find is looked up once for all stages.
    sought = None if found is None else select(text("*")).select_from(found).cte("sought")
    number = _live(scope, select(func.count().label("of_all")), filters, sought)
    counted = number.where(a.stage == wanted.c.stage).lateral()
    cards = _live(scope, select(*columns_on_board(scope)), filters, sought).where(a.stage == wanted.c.stage)
    latest = cards.order_by(a.touched_at.desc(), a.id.desc()).limit(most).lateral()
    beside = wanted.join(latest, true()).join(counted, true())
    return select(latest, counted.c.of_all).select_from(beside)


def _column(scope: Scope, stage: Stage, rows: list[RowMapping], size: int) -> Column:
    return Column(
        stage=stage.value,
        label=stage.label,
        count=rows[0]["of_all"] if rows else 0,
        cards=on_board(scope, rows[:size]),
        has_more=len(rows) > size,
    )


def counts(scope: Scope, filters: Filters | None = None) -> dict[str, int]:
    """How many applications stand in each stage, of those the filters let through."""
    asked = filters or Filters()
    for found in _ways(asked.q):
        query = _live(scope, select(applications.stage, func.count()), asked, found)
        totals = {row[0]: row[1] for row in scope.session.execute(query.group_by(applications.stage))}
        if totals:
            break
    return totals


def sources_and_tags(scope: Scope) -> tuple[list[str], list[str]]:
    """The sources and the tags of the latest thousand, the most frequent 50 of each: what the filters offer."""
    rows = _offers(scope)
    sources, tags = ([row["word"] for row in rows if row["what"] == what][:50] for what in ("source", "tag"))
    return sources, tags


@built_once
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


def _live(scope: Scope, query: Select[Any], filters: Filters, found: Any) -> Select[Any]:
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
        query = query.where(a.id.in_(members(scope, filters.selection, filters.behind)))
    return query if found is None else query.where(a.id.in_(select(text("*")).select_from(found)))


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


_QUOTE = "\ue000"
"""Stands for a quotation mark until accents are folded, since folding turns some letters and marks into one."""


def _ways(words: str, latest: int | None = None) -> Iterator[Any]:
    """The ways to search, each for when the one before finds nothing: for words of which the last one may be unfinished,
    for words that may all be, and for headlines that are alike.

    What begins a word is looked up among everybody's words before the person's are kept, so whole words come first.
    With `latest`, at most so many are found, those touched last: all that the first page of a plain search needs.
    """
    typed = clean(words).strip()[:200]
    if not typed:
        yield None
        return
    asked = [word for word in typed.replace(_QUOTE, "").split() if any(c.isalnum() for c in word)]
    yield _find(typed, asked[:-1], asked[-1:], latest)
    if len(asked) > 1:
        yield _find(typed, [], asked, latest)
    yield _find_similar(typed, latest)


def _find(typed: str, whole: list[str], begun: list[str], latest: int | None) -> Any:
    """Applications that hold every one of the whole words, and words that begin as the others, or whose headline holds
    all that was typed."""
    quoted = [f"{_QUOTE}{word}{_QUOTE}" for word in whole] + [f"{_QUOTE}{word}{_QUOTE}:*" for word in begun]
    phrase = func.fold(" & ".join(quoted))
    for mark, written in (("\\", ""), ("'", "''"), (_QUOTE, "'")):
        phrase = func.replace(phrase, mark, written)
    part = "%" + typed.replace("\\", "").replace("%", r"\%").replace("_", r"\_") + "%"
    asked = (func.to_tsquery("simple", phrase), func.fold(part))
    return func.find_applications(*asked) if latest is None else func.find_latest_applications(*asked, latest)


def _find_similar(typed: str, latest: int | None) -> Any:
    """Applications whose headline is like the text, typing errors and all."""
    text_of = func.fold(typed)
    if latest is None:
        return func.find_similar_applications(text_of)
    return func.find_latest_similar_applications(text_of, latest)


def _after(row: RowMapping) -> str:
    value = row["sort_key"]
    plain = value.isoformat() if isinstance(value, date | datetime) else str(value)
    return base64.urlsafe_b64encode(json.dumps([plain, str(row["id"])]).encode()).decode()


def _cursor(after: str, sort: str) -> tuple[Any, Any]:
    """The sort value and identifier a page ended on; NotFound when it isn't one of a page so sorted."""
    key = _SORT_BY[sort]
    read: Any = {datetime: datetime.fromisoformat, date: date.fromisoformat}.get(key.type.python_type)
    try:
        plain, row_id = json.loads(base64.urlsafe_b64decode(after))
        value = (read or key.type.python_type)(plain)
        return literal(value, key.type), literal(as_uuid(row_id), applications.id.type)
    except (ValueError, TypeError, ArithmeticError):
        raise NotFound("page") from None
