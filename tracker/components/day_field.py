"""Date fields that pass a day once it is typed."""

from typing import Any

import reflex as rx
from reflex_base.components.component import field
from reflex_base.event import EventHandler, passthrough_event_spec
from reflex_components_core.el.elements.forms import Input

from tracker.components.browser import module


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
