"""Fields that are edited in place."""

from typing import Any

import reflex as rx

from tracker.components.edit_conflicts import conflict_or, has_conflict
from tracker.components.idempotency import key_field
from tracker.components.zones import zone_options
from tracker.shapes.applications import Fact
from tracker.state.in_place_editing import InPlaceEditing


def editable_fields(page: type[InPlaceEditing], facts: rx.Var[list[Fact]], of: Any) -> rx.Component:
    """The fields that have a value or are edited, then the others as buttons that begin to edit them."""

    def is_listed(item: rx.Var[Fact]) -> Any:
        return (item.shown != "") | (page.editing == item.name) | has_conflict(page, item.name)

    return rx.fragment(
        rx.foreach(facts, lambda item: rx.cond(is_listed(item), editable_field(page, item, of))),
        rx.el.div(
            rx.foreach(facts, lambda item: rx.cond(is_listed(item), rx.fragment(), unset_field(page, item))),
            class_name="unset",
            role="group",
            aria_label="Not set",
        ),
    )


def unset_field(page: type[InPlaceEditing], item: rx.Var[Fact]) -> rx.Component:
    """A field without a value."""
    return rx.el.button(
        rx.icon("plus", size=12),
        item.label,
        on_click=page.edit(item.name),
        id=f"fact-{item.name}",
        aria_label=f"Edit {item.label}: {item.shown}",
        key=item.name,
    )


def editable_field(page: type[InPlaceEditing], item: rx.Var[Fact], of: Any) -> rx.Component:
    """A field as text, or its editor; `page` is the state that saves it, `of` the row's id."""
    return rx.el.div(
        rx.el.span(item.label, class_name="term", id=f"term-{item.name}"),
        conflict_or(
            page,
            item.name,
            rx.cond(page.editing == item.name, editor(page, item), field_value(page, item)),
            draft=f"{item.name}:{of}",
            back=f"fact-{item.name}",
            rows="2",
        ),
        class_name="fact",
        key=item.name,
    )


def field_value(page: type[InPlaceEditing], item: rx.Var[Fact]) -> rx.Component:
    """The value with its edit button; an address can also be opened."""
    return rx.el.div(
        rx.el.button(
            rx.cond(item.shown != "", item.shown, rx.el.span("Not set", class_name="quiet")),
            on_click=page.edit(item.name),
            id=f"fact-{item.name}",
            aria_label=f"Edit {item.label}: {item.shown}",
        ),
        rx.cond(
            item.link != "",
            rx.el.a(
                rx.match(
                    item.name,
                    ("email", rx.icon("mail", size=14)),
                    ("phone", rx.icon("phone", size=14)),
                    rx.icon("external-link", size=14),
                ),
                href=item.link, target="_blank", rel="noopener noreferrer", class_name="follow",
                aria_label=f"Open {item.label}", reload_document=True,
            ),
        ),
        class_name="row",
    )  # fmt: skip


def editor(page: type[InPlaceEditing], item: rx.Var[Fact]) -> rx.Component:
    """A form with one field; Enter saves, Escape cancels."""
    back = {"data-stays": f"fact-{item.name}"}
    return rx.el.form(
        key_field(),
        rx.el.input(type="hidden", name="field", value=item.name),
        rx.el.input(type="hidden", name="was", value=item.raw),
        rx.el.div(
            control(item),
            rx.el.button(rx.icon("check", size=14), type="submit", class_name="icon-button", aria_label="Save", custom_attrs=back),
            rx.el.button(
                rx.icon("x", size=14), type="button", class_name="icon-button", aria_label="Cancel editing",
                on_click=page.cancel, custom_attrs={"data-escape": ""} | back,
            ),
            class_name="row editing",
        ),
        rx.cond(page.twice != "", which_of_two(page)),
        rx.el.div(page.errors[item.name], class_name="problem", role="alert"),
        on_submit=page.save,
        custom_attrs={"noValidate": True},
    )  # fmt: skip


def which_of_two(page: type[InPlaceEditing]) -> rx.Component:
    """A choice between two instants with the same local time."""
    return rx.el.select(
        rx.el.option("Choose which", value=""),
        rx.foreach(page.choices, lambda choice: rx.el.option(choice[1], value=choice[0], key=choice[0])),
        name="fold",
        aria_label=page.twice,
        auto_focus=True,
    )


def control(item: rx.Var[Fact]) -> rx.Component:
    """The input for the field's type."""
    named: dict[str, Any] = {"name": "value", "aria_labelledby": f"term-{item.name}", "auto_focus": True}
    named["default_value"] = item.raw
    return rx.match(
        item.kind,
        (
            "choice",
            rx.el.select(
                rx.foreach(
                    item.choices, lambda choice: rx.el.option(choice[1], value=choice[0], key=choice[0])
                ),
                **named,
            ),
        ),
        ("zone", rx.el.select(zone_options(item.raw), **named)),
        ("date", rx.el.input(type="date", **named)),
        ("datetime", rx.el.input(type="datetime-local", **named)),
        ("number", rx.el.input(type="number", **named)),
        rx.el.input(type="text", auto_complete="off", **named),
    )
