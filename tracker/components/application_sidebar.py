"""The sidebar of an application's fields, each edited in place."""

import reflex as rx

from tracker.components.edit_conflicts import conflict_or
from tracker.components.editable_fields import editable_fields
from tracker.components.optimistic_controls import star_buttons
from tracker.shapes.applications import ApplicationDetail
from tracker.state.application import ApplicationView


def application_sidebar(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """Every field of the application."""
    return rx.el.aside(
        rx.el.h2("Details", class_name="hidden"),
        rx.el.div(
            rx.el.span("Excitement", class_name="term"),
            conflict_or(
                ApplicationView,
                "excitement",
                rx.el.div(
                    *[star(detail, n) for n in range(1, 6)],
                    role="group",
                    aria_label="Excitement",
                    custom_attrs=star_buttons(),
                ),
                draft=f"excitement:{detail.id}",
                rows="2",
            ),
            class_name="fact",
        ),
        editable_fields(ApplicationView, detail.facts, detail.id),
        rx.el.p(f"Added {detail.added}", class_name="quiet small"),
        class_name="rail",
        aria_label="Details",
    )


def star(detail: rx.Var[ApplicationDetail], number: int) -> rx.Component:
    """One of five stars; pressing the last filled one clears all."""
    return rx.el.button(
        on_click=ApplicationView.rate(rx.cond(detail.excitement == number, "", str(number))),
        aria_label=f"{number} of 5",
        aria_pressed=(detail.excitement >= number).to_string(),
        class_name="star",
    )
