"""Controls that show a choice before the server confirms it."""

from typing import Any

import reflex as rx
from reflex_base.components.component import field
from reflex_base.vars.base import Var
from reflex_components_core.el.elements.forms import CheckboxInput, Input, Select

from tracker.components.browser import module


class OptimisticCheckbox(CheckboxInput):
    """Checkbox that is ticked at once; one that leads a group ticks all of it."""

    library = module("optimistic_controls")
    tag = "OptimisticCheckbox"
    _is_tag_in_global_scope = False
    leads: Var[str] = field(doc="The group of boxes that follow this one.")
    follows: Var[str] = field(doc="The group of boxes that this one belongs to.")


class OptimisticSelect(Select):
    """Select that shows its new value at once."""

    library = module("optimistic_controls")
    tag = "OptimisticSelect"
    _is_tag_in_global_scope = False
    value: Var[str] = field(doc="The choice as the server knows it.")


class OptimisticSlider(Input):
    """Slider that stays where it is dragged."""

    library = module("optimistic_controls")
    tag = "OptimisticSlider"
    _is_tag_in_global_scope = False


class AnswerEvents(rx.Component):
    """Script that learns when the server has answered, and whether it refused."""

    library = module("answers")
    tag = "Answers"
    notice: Var[str] = field(doc="A new value is a new answer.")
    is_refusal: Var[bool] = field(doc="Whether it is a refusal.")
    answer: Var[Any] = field(doc="The last press of a form or button that was answered.")


def optimistic_checkbox(**props: Any) -> rx.Component:
    """Render a checkbox that doesn't wait."""
    return OptimisticCheckbox.create(type="checkbox", **props)


def optimistic_select(*options: Any, **props: Any) -> rx.Component:
    """Render a list of choices that doesn't wait."""
    return OptimisticSelect.create(*options, **props)


def optimistic_slider(**props: Any) -> rx.Component:
    """Render a slider that doesn't wait."""
    return OptimisticSlider.create(**props)


def exclusive_buttons() -> dict[str, str]:
    """Return the attributes of a group of buttons of which one is pressed."""
    return {"data-press": "one"}


def star_buttons() -> dict[str, str]:
    """Return the attributes of a star button; pressing the current rating clears it."""
    return {"data-press": "up-to"}


def busy() -> dict[str, str]:
    """Return the attributes of a button that is busy from its press until a notice with its outcome."""
    return {"data-busy": ""}
