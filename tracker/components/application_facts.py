"""The rail of facts, each edited where it stands."""

import reflex as rx

from tracker.shapes.applications import ApplicationDetail, Fact
from tracker.state.application import ApplicationView


def rail(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """Every fact of the application; a click, a word, Enter."""
    return rx.el.aside(
        rx.el.h2("Facts", class_name="hidden"),
        rx.el.div(
            rx.el.span("Excitement", class_name="term"),
            rx.el.div(*[star(detail, n) for n in range(1, 6)], role="group", aria_label="Excitement"),
            class_name="fact",
        ),
        rx.foreach(detail.facts, fact),
        rx.el.p(f"Added {detail.added}", class_name="quiet small"),
        class_name="rail",
        aria_label="Facts",
    )


def star(detail: rx.Var[ApplicationDetail], number: int) -> rx.Component:
    """One of five stars; pressing the last lit one puts them all out."""
    return rx.el.button(
        rx.cond(detail.excitement >= number, "★", "☆"),
        on_click=ApplicationView.rate(rx.cond(detail.excitement == number, "", str(number))),
        aria_label=f"{number} of 5",
        aria_pressed=(detail.excitement >= number).to_string(),
        class_name="star",
    )


def fact(item: rx.Var[Fact]) -> rx.Component:
    """A fact as text, or as a field while it is edited."""
    return rx.el.div(
        rx.el.span(item.label, class_name="term", id=f"term-{item.name}"),
        rx.cond(ApplicationView.editing == item.name, editor(item), shown(item)),
        class_name="fact",
        key=item.name,
    )


def shown(item: rx.Var[Fact]) -> rx.Component:
    """The fact, ready to be edited; an address can also be followed."""
    return rx.el.div(
        rx.el.button(
            rx.cond(item.shown != "", item.shown, rx.el.span("Not set", class_name="quiet")),
            on_click=ApplicationView.edit(item.name),
            aria_label=f"Edit {item.label}: {item.shown}",
        ),
        rx.cond(
            item.link != "",
            rx.el.a(
                rx.icon("external-link", size=14), href=item.link, target="_blank", rel="noopener noreferrer",
                aria_label="Open the posting", reload_document=True,
            ),
        ),
        class_name="row",
    )  # fmt: skip


def editor(item: rx.Var[Fact]) -> rx.Component:
    """A form of one field; Enter keeps it, Escape leaves it."""
    problem = ApplicationView.errors[item.name]
    named = {"name": "value", "aria_labelledby": f"term-{item.name}", "auto_focus": True}
    return rx.el.form(
        rx.el.input(type="hidden", name="field", value=item.name),
        rx.el.input(type="hidden", name="was", value=item.raw),
        rx.el.div(
            rx.match(
                item.kind,
                (
                    "choice",
                    rx.el.select(
                        rx.foreach(item.choices, lambda one: rx.el.option(one[1], value=one[0], key=one[0])),
                        default_value=item.raw,
                        **named,
                    ),
                ),
                ("date", rx.el.input(type="date", default_value=item.raw, **named)),
                rx.el.input(type="text", default_value=item.raw, auto_complete="off", **named),
            ),
            rx.el.button(rx.icon("check", size=14), type="submit", class_name="icon-button", aria_label="Save"),
            rx.el.button(
                rx.icon("x", size=14), type="button", class_name="icon-button", aria_label="Cancel",
                on_click=ApplicationView.cancel,
            ),
            class_name="row editing",
        ),
        rx.el.div(problem, class_name="problem", role="alert"),
        on_submit=ApplicationView.save,
        custom_attrs={"noValidate": True},
    )  # fmt: skip
