"""Search fields whose words are part of the page's address."""

from typing import Any

import reflex as rx
from reflex_base.components.component import field
from reflex_base.vars.base import Var
from reflex_components_core.el.elements.forms import Input

from tracker.components.browser import module
from tracker.components.form_fields import SEARCH_DEBOUNCE


class SearchInput(Input):
    """Field that shows other words when its mark changes, and keeps what is typed before the first load."""

    library = module("search_input")
    tag = "SearchInput"
    _is_tag_in_global_scope = False
    mark: Var[str] = field(doc="Changes when the words come from elsewhere; empty before the first load.")


def search_field(label: str, view: Any, words: Any) -> rx.Component:
    """The search field of a list, which searches with each key; `loaded` of the view is its mark."""
    return rx.el.div(
        rx.icon("search", size=14),
        SearchInput.create(
            type="search",
            placeholder="Search",
            aria_label=label,
            default_value=words,
            mark=view.loaded,
            on_change=lambda typed: view.search(typed, view.loaded).debounce(SEARCH_DEBOUNCE),
            auto_complete="off",
            custom_attrs={"data-key": "/"},
        ),
        class_name="search",
    )
