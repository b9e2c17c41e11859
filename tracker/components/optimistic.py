"""Controls that show a choice before the server confirms it."""

from typing import Any

import reflex as rx
from reflex_base.components.component import field
from reflex_base.vars.base import Var
from reflex_components_core.el.elements.forms import CheckboxInput, Input, Select

from tracker.components.browser import module


class Tick(CheckboxInput):
    """Checkbox that is ticked at once; one that leads a group ticks all of it."""

    library = module("optimistic")
    tag = "Tick"
    _is_tag_in_global_scope = False
    leads: Var[str] = field(doc="The group of boxes that follow this one.")
    follows: Var[str] = field(doc="The group of boxes that this one belongs to.")


class Choice(Select):
    """Select that shows its new value at once."""

    library = module("optimistic")
    tag = "Choice"
    _is_tag_in_global_scope = False
    value: Var[str] = field(doc="The choice as the server knows it.")


class Slide(Input):
    """Slider that stays where it is dragged."""

    library = module("optimistic")
    tag = "Slide"
    _is_tag_in_global_scope = False


class Answers(rx.Component):
    """Script that learns when the server has answered, and whether it refused."""

    library = module("answers")
    tag = "Answers"
    notice: Var[str] = field(doc="A new value is a new answer.")
    is_refusal: Var[bool] = field(doc="Whether it is a refusal.")
    answer: Var[Any] = field(doc="The last press of a form or button that was answered.")


def tick(**props: Any) -> rx.Component:
    """Render a checkbox that doesn't wait."""
    return Tick.create(type="checkbox", **props)


def choice(*options: Any, **props: Any) -> rx.Component:
    """Render a list of choices that doesn't wait."""
    return Choice.create(*options, **props)


def slide(**props: Any) -> rx.Component:
    """Render a slider that doesn't wait."""
    return Slide.create(**props)


def one_of() -> dict[str, str]:
    """Return the attributes of a group of buttons of which one is pressed."""
    return {"data-press": "one"}


def up_to() -> dict[str, str]:
    """Return the attributes of a star button; pressing the current rating clears it."""
    return {"data-press": "up-to"}


def busy() -> dict[str, str]:
    """Return the attributes of a button that is busy from its press until a notice with its outcome."""
    return {"data-busy": ""}
