"""Pieces that lean on what the browser does by itself: dialogs, drag and drop, keys, the address bar, the clock.

Each holds a few lines of script as a component hook, since these must answer within a frame and without the server.
"""

from typing import Any

import reflex as rx
from reflex_base.components.component import field
from reflex_base.event import EventChain, EventHandler, passthrough_event_spec
from reflex_base.utils.format import format_prop, wrap
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var
from reflex_components_core.base.fragment import Fragment
from reflex_components_core.el.elements.forms import Input
from reflex_components_core.el.elements.other import Dialog
from reflex_components_core.el.elements.typography import Div

from tracker.components import scripts

_EFFECT = {"react": ImportVar(tag="useEffect")}


def called(trigger: Any) -> str:
    """An event trigger as a script expression that can be called with its arguments."""
    if isinstance(trigger, EventChain):
        return wrap(str(format_prop(trigger)).strip("{}"), "(")
    return str(trigger)


class Modal(Dialog):
    """A modal dialog of the browser: focus stays in it, Escape closes it, and what was typed stays until `done` changes."""

    done: Var[str] = field(doc="A new value closes the dialog and empties its form.")
    asked: Var[str] = field(doc="A new value that isn't empty opens the dialog.")

    def _exclude_props(self) -> list[str]:
        return [*super()._exclude_props(), "done", "asked"]

    def add_imports(self) -> dict[str, Any]:
        """React's effect."""
        return _EFFECT

    def add_hooks(self) -> list[str | Var]:
        """Close and empty when done; open when asked."""
        closes: list[str | Var] = (
            [Var(scripts.closes_when_done(self._name, str(self.done)))] if self.done is not None else []
        )
        opens_it: list[str | Var] = (
            [Var(scripts.opens_when_asked(self._name, str(self.asked)))] if self.asked is not None else []
        )
        return [*closes, *opens_it]

    @property
    def _name(self) -> str:
        return str(Var.create(self.id))


class Address(Fragment):
    """Keeps the address bar at the view that is shown, without a navigation."""

    shown: Var[str] = field(doc="Path and query of the view.")

    def _exclude_props(self) -> list[str]:
        return [*super()._exclude_props(), "shown"]

    def add_imports(self) -> dict[str, Any]:
        """React's effect and its memory."""
        return {"react": [ImportVar(tag="useEffect"), ImportVar(tag="useRef")]}

    def add_hooks(self) -> list[str | Var]:
        """Replace the address when the view changes."""
        return [Var(scripts.shows_address(str(self.shown)))]

    def _render(self) -> Any:
        return super()._render().remove_props("shown")


class Desk(Fragment):
    """Moves the focus after a navigation."""

    def add_imports(self) -> dict[str, Any]:
        """React's effect and the router's location."""
        return {**_EFFECT, "react-router": ImportVar(tag="useLocation")}

    def add_hooks(self) -> list[str | Var]:
        """Focus the heading of the page one comes to."""
        return [scripts.FOCUS]


class BrowserZone(Fragment):
    """Tells the server once which time zone the browser is in."""

    on_zone: EventHandler[passthrough_event_spec(str)] = field(doc="Called with the IANA name of the zone.")

    def _exclude_props(self) -> list[str]:
        return [*super()._exclude_props(), "on_zone"]

    def add_imports(self) -> dict[str, Any]:
        """React's effect."""
        return _EFFECT

    def add_hooks(self) -> list[str | Var]:
        """Tell it after the first render."""
        return [Var(scripts.tells_zone(called(self.event_triggers["on_zone"])))]


UNFINISHED = "unfinished"
"""What stands for a date of which only a part is typed, or whose year is none that Pursuit knows."""


def _finished(event: Var) -> tuple[Var[str]]:
    of = f"{event}.target"
    return (Var(f"({of}.validity.valid ? {of}.value : '{UNFINISHED}')", _var_type=str),)


class DayField(Input):
    """A date that is told on Enter and on leaving it, not at each key; it is shown anew when its `key` changes."""

    on_blur: EventHandler[_finished] = field(doc="Called with the day, no day, or `unfinished`.")


def day_field(**props: Any) -> rx.Component:
    """A field for one day of the years that Pursuit knows."""
    known = {"type": "date", "min": "1990-01-01", "max": "2100-12-31"}
    field_of_day: rx.Component = DayField.create(**known, **props, custom_attrs={"data-day": ""})
    return field_of_day


def _dropped(event: Var) -> tuple[Var[str]]:
    return (Var(f"{event}.dataTransfer.getData('text/plain')", _var_type=str),)


class DropZone(Div):
    """A place where a card can be dropped; the event carries the card's identifier."""

    on_drop: EventHandler[_dropped] = field(doc="Called with the identifier of the card.")


def modal(
    *children: Any, id: str, title: str, done: Any = None, asked: Any = None, **props: Any
) -> rx.Component:
    """A dialog with a heading and a close button; a button with `data-opens` of its id, or a new `asked`, opens it."""
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
    props |= {name: value for name, value in (("done", done), ("asked", asked)) if value is not None}
    return Modal.create(heading, *children, id=id, aria_labelledby=f"{id}-title", **props)


def opens(dialog: str) -> dict[str, str]:
    """Attributes of a button that opens a dialog."""
    return {"data-opens": dialog, "aria-haspopup": "dialog"}
