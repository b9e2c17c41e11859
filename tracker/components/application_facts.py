"""The sidebar of an application's fields, each edited in place."""

import reflex as rx

from tracker.components.clash import or_clash
from tracker.components.facts import facts_with_unset
from tracker.components.optimistic import up_to
from tracker.shapes.applications import ApplicationDetail
from tracker.state.application import ApplicationView


def rail(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """Every field of the application."""
    return rx.el.aside(
        rx.el.h2("Facts", class_name="hidden"),
        rx.el.div(
            rx.el.span("Excitement", class_name="term"),
            or_clash(
                ApplicationView,
                "excitement",
                rx.el.div(
                    *[star(detail, n) for n in range(1, 6)],
                    role="group",
                    aria_label="Excitement",
                    custom_attrs=up_to(),
                ),
                draft=f"excitement:{detail.id}",
                rows="2",
            ),
            class_name="fact",
        ),
        facts_with_unset(ApplicationView, detail.facts, detail.id),
        rx.el.p(f"Added {detail.added}", class_name="quiet small"),
        class_name="rail",
        aria_label="Facts",
    )


def star(detail: rx.Var[ApplicationDetail], number: int) -> rx.Component:
    """One of five stars; pressing the last filled one clears all."""
    return rx.el.button(
        on_click=ApplicationView.rate(rx.cond(detail.excitement == number, "", str(number))),
        aria_label=f"{number} of 5",
        aria_pressed=(detail.excitement >= number).to_string(),
        class_name="star",
    )
