"""Native browser features: dialogs, drag and drop, dates, address bar, time zone.

Their scripts in `assets/browser/components/` answer within a frame, without the server.
"""

from typing import Any

import reflex as rx
from reflex_base.components.component import field
from reflex_base.event import EventHandler, passthrough_event_spec
from reflex_base.vars.base import Var
from reflex_components_core.el.elements.forms import Input
from reflex_components_core.el.elements.other import Dialog
from reflex_components_core.el.elements.typography import Div

from tracker.components.browser import module


class Modal(Dialog):
    """Native modal dialog: it traps focus, closes by Escape, and keeps text until `done` changes."""

    library = module("modal")
    tag = "Modal"
    _is_tag_in_global_scope = False
    done: Var[str] = field(doc="A new value closes the dialog and empties its form.")
    open_signal: Var[str] = field(doc="A new value that isn't empty opens the dialog.")


class Address(rx.Component):
    """Script that sets the address bar to the current view without navigating."""

    library = module("navigation")
    tag = "Address"
    shown: Var[str] = field(doc="Path and query of the view.")


class HeadingFocus(rx.Component):
    """Script that moves focus to the page's heading after a navigation."""

    library = module("navigation")
    tag = "HeadingFocus"


class BrowserZone(rx.Component):
    """Script that reports the browser's time zone and languages once."""

    library = module("time_zone")
    tag = "BrowserZone"
    on_zone: EventHandler[passthrough_event_spec(str, str)] = field(
        doc="Called with the IANA name of the zone and the tags of the languages."
    )


class DayField(Input):
    """Date field that passes its value on Enter or when left, not at each key; a new `key` resets it."""

    library = module("day_field")
    tag = "DayField"
    _is_tag_in_global_scope = False
    on_day: EventHandler[passthrough_event_spec(str)] = field(
        doc="Called with the day, nothing, or `unfinished`."
    )


def day_field(**props: Any) -> rx.Component:
    """Render a field for one day of the years that Pursuit knows."""
    known = {"type": "date", "min": "1990-01-01", "max": "2100-12-31"}
    field_of_day: rx.Component = DayField.create(**known, **props, custom_attrs={"data-day": ""})
    return field_of_day


class DropZone(Div):
    """A place where a card can be dropped."""

    library = module("drop_zone")
    tag = "DropZone"
    _is_tag_in_global_scope = False
    on_card: EventHandler[passthrough_event_spec(str)] = field(doc="Called with the identifier of the card.")


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


def opens(dialog: str) -> dict[str, str]:
    """Return the attributes of a button that opens a dialog."""
    return {"data-opens": dialog, "aria-haspopup": "dialog"}
