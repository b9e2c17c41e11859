"""The board: a column per stage, fifty cards each, with a button for more."""

from typing import Any

import reflex as rx

from tracker.components.card_parts import company_mark, stage_select
from tracker.components.drop_zone import DropZone
from tracker.components.score import score
from tracker.shapes.applications import BoardCard, Column
from tracker.shapes.enumerations import Stage
from tracker.state.applications import Applications

COLUMNS = rx.Var.create([getattr(Applications, stage) for stage in Stage]).to(list[Column])
"""The board's columns in order, each a var of its own, so that a move sends two of them and not six."""


def board() -> rx.Component:
    """All columns side by side; on a phone with a strip of stage names above."""
    return rx.fragment(
        rx.el.nav(
            rx.foreach(
                COLUMNS,
                lambda column: rx.cond(column.stage != "", link_to_column(column)),
            ),
            class_name="stage-strip",
            aria_label="Stages",
        ),
        rx.el.div(
            rx.foreach(COLUMNS, lambda column: rx.cond(column.stage != "", column_of_cards(column))),
            class_name="board",
        ),
    )


def link_to_column(column: rx.Var[Column]) -> rx.Component:
    """A link in the strip: a stage's name and count."""
    return rx.el.a(
        rx.el.span(class_name="dot", custom_attrs={"data-stage": column.stage}),
        column.label,
        rx.el.span(column.count, class_name="figures"),
        href=f"#stage-{column.stage}",
        reload_document=True,
        key=column.stage,
    )


def column_of_cards(column: rx.Var[Column]) -> rx.Component:
    """One stage: its name, its count and its cards."""
    return DropZone.create(
        rx.el.h2(
            rx.el.span(class_name="dot", custom_attrs={"data-stage": column.stage}),
            column.label,
            rx.el.span(column.count, class_name="count"),
        ),
        rx.el.div(rx.foreach(column.cards, lambda card: board_card(card, column.stage)), class_name="cards"),
        rx.cond(
            column.has_more,
            rx.el.button(
                "Show more", class_name="plain-button", on_click=Applications.show_more(column.stage)
            ),
        ),
        id=f"stage-{column.stage}",
        class_name="column",
        role="region",
        aria_label=column.label,
        key=column.stage,
        on_card=lambda card_id: Applications.drop(column.stage, card_id),
        custom_attrs={"data-drop": column.stage},
    )


def board_card(card: rx.Var[BoardCard], stage: rx.Var[str]) -> rx.Component:
    """An application as a card that can be dragged, or moved by its stage menu."""
    return rx.el.article(
        rx.el.a(card.role, href=f"/applications/{card.id}", class_name="opens", draggable=False),
        rx.el.div(
            company_mark(card),
            rx.el.span(card.company, class_name="clip"),
            rx.cond(stage == "closed", rx.fragment(), score(card)),
            class_name="row",
        ),
        rx.cond(card.facts != "", rx.el.div(card.facts, class_name="quiet clip")),
        next_date(card),
        rx.el.div(
            rx.el.span(card.touched, class_name="figures nowrap"),
            move_menu(card, stage),
            class_name="foot",
        ),
        class_name="card",
        key=card.id,
        draggable=True,
        custom_attrs={"data-card": card.id, "data-item": card.id},
    )


def move_menu(card: rx.Var[BoardCard], stage: rx.Var[str]) -> rx.Component:
    """The menu of stages: an icon, since the column names the stage; Closed shows the outcome."""

    def move(to: rx.Var[str]) -> Any:
        return Applications.move(card.id, to)

    return rx.cond(
        stage == "closed",
        rx.el.span(stage_select(card, move, stage), class_name="push"),
        rx.el.span(
            rx.icon("arrow-right-left", size=14),
            stage_select(card, move, stage, ""),
            class_name="move-menu push",
            title="Move to another stage",
        ),
    )


def next_date(card: rx.Var[BoardCard]) -> rx.Component:
    """The next interview, follow-up or deadline; amber when overdue."""
    return rx.cond(
        card.next != "",
        rx.el.span(
            rx.cond(
                card.has_interview,
                rx.icon("calendar", size=13),
                rx.cond(card.is_late, rx.icon("clock", size=13), rx.fragment()),
            ),
            card.next,
            class_name=rx.cond(card.is_late, "row nowrap late", "row nowrap"),
            title=card.next_exact,
        ),
    )
