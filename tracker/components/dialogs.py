"""The dialogs of the interface: the browser's own, which trap focus and close by Escape."""

from typing import Any

import reflex as rx
from reflex_base.components.component import field
from reflex_base.vars.base import Var
from reflex_components_core.el.elements.other import Dialog

from tracker.components.browser import module


class Modal(Dialog):
    """Native modal dialog: it traps focus, closes by Escape, and keeps text until `done` changes."""

    library = module("modal")
    tag = "Modal"
    _is_tag_in_global_scope = False
    done: Var[str] = field(doc="A new value closes the dialog and empties its form.")
    open_signal: Var[str] = field(doc="A new value that isn't empty opens the dialog.")


class Deferred(rx.Component):
    """Children that are rendered once the page has shown and the browser is idle, such as closed dialogs."""

    library = module("deferred")
    tag = "Deferred"


def modal(
    *children: Any, id: str, title: str, done: Any = None, open_signal: Any = None, **props: Any
) -> rx.Component:
    """Render a dialog with heading and close button, opened by `data-opens` or a new `open_signal`."""
    heading = rx.el.header(
        rx.el.h2(title, id=f"{id}-title"),
        rx.el.button(
            rx.icon("x", size=16),
            type="button",
            class_name="plain-button icon-button",
            aria_label="Close",
            custom_attrs={"data-closes": ""},
        ),
    )
    props |= {
        name: value for name, value in (("done", done), ("open_signal", open_signal)) if value is not None
    }
    return Modal.create(heading, *children, id=id, aria_labelledby=f"{id}-title", **props)


def form_footer(submit: str, cancel: str = "Cancel") -> rx.Component:
    """Render the buttons of a dialog's form, by their labels."""
    return rx.el.footer(
        rx.el.button(cancel, type="button", custom_attrs={"data-closes": ""}),
        rx.el.button(submit, type="submit", class_name="primary"),
    )


def opens(dialog: str) -> dict[str, str]:
    """Return the attributes of a button that opens a dialog."""
    return {"data-opens": dialog, "aria-haspopup": "dialog"}
