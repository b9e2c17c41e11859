"""Columns of the table of applications: heading, sort order, width and cell of each."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx

from tracker.components.card_parts import next_date, stage_select
from tracker.components.score import score
from tracker.shapes.applications import Card
from tracker.state.applications import Applications
from tracker.theme.tokens import COLUMN_WIDTHS


@dataclass(frozen=True)
class Column:
    """A column that people may show or hide; an empty `sort` can't be sorted by."""

    name: str
    heading: str
    sort: str
    width: str
    cell: Callable[[rx.Var[Card]], rx.Component]


def stage_cell(card: rx.Var[Card]) -> rx.Component:
    """The stage, and the control that changes it."""
    return rx.el.td(
        stage_select(card, lambda stage: Applications.move(card.id, stage)), class_name="cell-stage"
    )


def tags_cell(card: rx.Var[Card]) -> rx.Component:
    """All tags in a row."""
    tags = rx.foreach(card.tags, lambda tag: rx.el.span(tag, class_name="tag", key=tag))
    return rx.el.td(rx.el.span(tags, class_name="row"))


def stars(number: rx.Var) -> rx.Component:
    """Excitement as stars, with a text alternative."""
    return rx.el.span(
        rx.match(number, *[(n, "★" * n) for n in range(1, 5)], "★" * 5),
        class_name="stars",
        role="img",
        aria_label=f"{number} of 5",
    )


OPTIONAL_COLUMNS = (
    Column("stage", "Stage", "stage", COLUMN_WIDTHS["stage"], stage_cell),
    Column("score", "Score", "score", COLUMN_WIDTHS["score"],
           lambda card: rx.el.td(rx.cond(card.outcome == "", score(card), ""), class_name="cell-score")),
    Column("next", "Next", "deadline", "13%", lambda card: rx.el.td(next_date(card), class_name="cell-next")),
    Column("location", "Location", "", "9%", lambda card: rx.el.td(card.location, title=card.location)),
    Column("workplace", "Workplace", "", COLUMN_WIDTHS["workplace"], lambda card: rx.el.td(card.workplace)),
    Column("salary", "Salary", "salary", COLUMN_WIDTHS["salary"],
           lambda card: rx.el.td(card.pay, class_name="figures", title=card.salary)),
    Column("source", "Source", "", "11%", lambda card: rx.el.td(card.source, title=card.source)),
    Column("excitement", "Excitement", "excitement", COLUMN_WIDTHS["excitement"],
           lambda card: rx.el.td(rx.cond(card.excitement > 0, stars(card.excitement), ""))),
    Column("tags", "Tags", "", "14%", tags_cell),
    Column("applied", "Applied", "applied", COLUMN_WIDTHS["applied"],
           lambda card: rx.el.td(card.applied, title=card.applied_exact, class_name="figures")),
    Column("touched", "Activity", "touched", COLUMN_WIDTHS["touched"],
           lambda card: rx.el.td(card.touched, class_name="figures quiet")),
)  # fmt: skip
"""In the order of the table."""
