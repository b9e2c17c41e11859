"""The bar for the applications that are selected in the list."""

import reflex as rx

from tracker.components.idempotency import idempotent, submission_key
from tracker.components.optimistic_controls import busy
from tracker.shapes.enumerations import Outcome, Stage
from tracker.state.applications import Applications


def bulk_bar() -> rx.Component:
    """Actions on the selected applications."""
    deletes = f"delete:{Applications.selected.join(' ')}"
    return rx.cond(
        Applications.selected.length() > 0,
        rx.el.section(
            rx.el.strong(f"{Applications.selected.length()} selected", role="status"),
            stage_menu(),
            rx.el.form(
                rx.el.input(
                    name="tag", placeholder="Tag", aria_label="Tag for selected", max_length=40, size="10"
                ),
                rx.el.button("Add tag", type="submit", custom_attrs=busy()),
                on_submit=Applications.tag_selected,
                reset_on_submit=True,
                class_name="row",
            ),
            compare_link(),
            rx.el.button(
                "Delete",
                class_name="danger",
                on_click=Applications.delete_selected(submission_key(deletes)),
                custom_attrs={**busy(), **idempotent(deletes)},
            ),
            rx.el.button("Clear", class_name="plain-button", on_click=Applications.select_all(False)),
            class_name="bulk",
            aria_label="Selected applications",
        ),
    )


def stage_menu() -> rx.Component:
    """The menu that moves the selected applications to a stage, or closes them with an outcome."""
    stages = [(stage.value, stage.label) for stage in Stage if stage is not Stage.CLOSED]
    outcomes = [(f"closed:{outcome.value}", outcome.label) for outcome in Outcome]
    return rx.el.select(
        rx.el.option("Move to", value=""),
        *[rx.el.option(label, value=value) for value, label in stages],
        rx.el.optgroup(*[rx.el.option(label, value=value) for value, label in outcomes], label="Closed as"),
        value="",
        on_change=Applications.move_selected,
        custom_attrs={"data-acts": "", "data-moves-selected": ""},
        aria_label="Move selected to",
    )


def compare_link() -> rx.Component:
    """A link that compares the two selected applications."""
    first, second = Applications.selected[0], Applications.selected[1]
    return rx.cond(
        Applications.selected.length() == 2,
        rx.el.a("Compare", href=f"/compare?a={first}&b={second}", class_name="button"),
    )
