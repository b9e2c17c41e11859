"""An application's stage, and the control that changes it."""

from typing import Any

import reflex as rx

from tracker.components.optimistic_controls import optimistic_select
from tracker.shapes.enumerations import Outcome, Stage


def stage_select(card: Any, on_move: Any, stage: Any = None, class_name: str = "chip over") -> rx.Component:
    """The stage as a menu; closing asks for the outcome in the same menu."""
    stage = card.stage if stage is None else stage
    return optimistic_select(
        *[rx.el.option(stage.label, value=stage.value) for stage in Stage if stage is not Stage.CLOSED],
        rx.el.optgroup(
            *[rx.el.option(outcome.label, value=f"closed:{outcome.value}") for outcome in Outcome],
            label="Closed as",
        ),
        value=rx.cond(card.outcome != "", f"closed:{card.outcome}", stage),
        on_change=on_move,
        class_name=class_name,
        aria_label=f"Stage of {card.role} at {card.company}",
        custom_attrs={"data-moves": "", "data-acts": ""},
    )


def company_mark(card: Any, size: str = "") -> rx.Component:
    """A company's initials on a coloured background."""
    return rx.el.span(
        card.mark,
        class_name=f"mark {size}".strip(),
        aria_hidden="true",
        custom_attrs={"data-tint": card.tint},
    )


def next_date(card: Any) -> rx.Component:
    """The next interview, follow-up or deadline of an application; amber when overdue."""
    return rx.cond(
        card.interview != "",
        rx.el.span(rx.icon("calendar", size=13), card.interview, class_name="row nowrap"),
        rx.cond(
            card.is_due,
            rx.el.span(rx.icon("clock", size=13), "Follow-up ", card.follow_up, class_name="row nowrap late"),
            rx.cond(
                card.deadline != "",
                rx.el.span(
                    rx.cond(card.is_late, rx.icon("clock", size=13), rx.fragment()),
                    "Deadline ",
                    card.deadline,
                    class_name=rx.cond(card.is_late, "row nowrap late", "row nowrap"),
                    title=card.deadline_exact,
                ),
                rx.cond(card.follow_up != "", rx.el.span("Follow-up ", card.follow_up), rx.fragment()),
            ),
        ),
    )
