"""Form fields: label, control and error message, connected for assistive technology."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

SEARCH_DEBOUNCE = 40
"""Milliseconds without a key after which a search runs: most of the wait for its results, and shorter than a typist's pause."""


def clear_button(is_narrowed: Any, on_click: Any) -> rx.Component:
    """The button that clears all filters; it keeps its place while nothing is filtered."""
    return rx.el.button(
        "Clear",
        class_name=rx.cond(is_narrowed, "plain-button", "plain-button unseen"),
        disabled=~is_narrowed,
        on_click=on_click,
    )


def field(form: str, name: str, label: str, control: Any, errors: Any, width: str = "") -> rx.Component:
    """A labelled control with its error; `form` distinguishes the ids of two forms."""
    return rx.el.div(
        rx.el.label(label, html_for=f"{form}-{name}"),
        control,
        rx.el.div(errors[name], id=f"{form}-{name}-problem", class_name="problem", role="alert"),
        class_name=f"field {width}".strip(),
    )


def described(form: str, name: str, errors: Any) -> dict[str, Any]:
    """Return the attributes that connect a control with its label and error."""
    return {
        "id": f"{form}-{name}",
        "name": name,
        "aria_invalid": errors.contains(name).to_string(),
        "aria_describedby": f"{form}-{name}-problem",
    }


def text_field(form: str, name: str, label: str, errors: Any, width: str = "", **props: Any) -> rx.Component:
    """A single-line text field."""
    return field(form, name, label, rx.el.input(**described(form, name, errors), **props), errors, width)


def long_field(form: str, name: str, label: str, errors: Any, width: str = "", **props: Any) -> rx.Component:
    """A multi-line text field."""
    return field(form, name, label, rx.el.textarea(**described(form, name, errors), **props), errors, width)


def radio_field(
    form: str, name: str, label: str, errors: Any, options: Sequence[tuple[str, str]]
) -> rx.Component:
    """A choice between a few options that are all shown; the first is chosen, and focused in a dialog."""
    return rx.el.fieldset(
        rx.el.legend(label, class_name="label"),
        rx.el.div(
            *[
                rx.el.label(
                    rx.el.input(
                        type="radio",
                        name=name,
                        value=value,
                        default_checked=not position,
                        custom_attrs={} if position else {"data-first": ""},
                    ),
                    shown,
                )
                for position, (value, shown) in enumerate(options)
            ],
            class_name="ticks",
        ),
        rx.el.div(errors[name], id=f"{form}-{name}-problem", class_name="problem", role="alert"),
        aria_describedby=f"{form}-{name}-problem",
        class_name="field",
    )


def choice_field(
    form: str,
    name: str,
    label: str,
    errors: Any,
    options: Sequence[tuple[str, str]],
    width: str = "",
    **props: Any,
) -> rx.Component:
    """A choice between a few options."""
    control = rx.el.select(
        *[rx.el.option(shown, value=value) for value, shown in options],
        **described(form, name, errors),
        **props,
    )
    return field(form, name, label, control, errors, width)
