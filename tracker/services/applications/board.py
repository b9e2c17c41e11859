"""The board: each stage's latest applications and its count."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, Text, func, literal, select, text, true
from sqlalchemy.dialects.postgresql import ARRAY

from tracker.db import Row, Scope
from tracker.models import applications
from tracker.services.applications.application_list import PAGE_SIZE, filtered
from tracker.services.applications.cards import board_card_columns, board_cards
from tracker.services.applications.text_search import matching_ids, search_steps
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.applications import Column
from tracker.shapes.enumerations import Stage
from tracker.shapes.filters import Filters


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
    count_query = filtered(select(func.count().label("of_all")), scope, filters, matches)
    stage_count = count_query.where(a.stage == stage_table.c.stage).lateral()
    cards = filtered(select(*board_card_columns(scope)), scope, filters, matches).where(
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
