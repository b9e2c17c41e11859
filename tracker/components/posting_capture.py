"""The first field of the form that adds an application: a posting, its text or its address."""

import reflex as rx
from reflex_base.components.component import field
from reflex_base.event import EventHandler, passthrough_event_spec
from reflex_base.vars.base import Var

from tracker.components.browser import module
from tracker.components.form_fields import described
from tracker.shapes.capture import CapturedPosting
from tracker.state.add_application import AddApplication

MAX_PASTED = 250_000
"""Longest pasted text in characters; as a message of the socket it may be twice as long."""


class PostingFill(rx.Component):
    """Script that passes on what is pasted, and fills the empty fields of the form around it."""

    library = module("posting_fill")
    tag = "PostingFill"
    dialog: Var[str] = field(doc="The dialog that opens when the address of the page shares a posting.")
    posting: Var[CapturedPosting] = field(doc="The fields to fill.")
    mark: Var[str] = field(doc="A new value fills the fields.")
    on_posting: EventHandler[passthrough_event_spec(str)] = field(doc="Called with what was pasted.")
    on_share: EventHandler[passthrough_event_spec(str, str, str)] = field(
        doc="Called with the address, title and text that were shared."
    )


def posting_field() -> rx.Component:
    """The field, its button, and what became of the posting."""
    errors = AddApplication.errors
    return rx.el.div(
        rx.el.label("Paste a posting, its text or its address", html_for="adding-posting"),
        rx.el.div(
            rx.el.textarea(**described("adding", "posting", errors), rows="2", max_length=MAX_PASTED),
            rx.el.button("Fill in", type="button", custom_attrs={"data-reads-posting": ""}),
            class_name="row",
        ),
        rx.el.div(errors["posting"], id="adding-posting-problem", class_name="problem", role="alert"),
        rx.el.div(
            AddApplication.posting.message,
            role="status",
            class_name=rx.cond(AddApplication.posting.is_problem, "problem small", "quiet small"),
        ),
        PostingFill.create(
            dialog="adding",
            posting=AddApplication.posting,
            mark=AddApplication.posting_mark,
            on_posting=AddApplication.read_posting,
            on_share=AddApplication.read_shared,
        ),
        class_name="field posting-field",
    )


def fillable(form_field: rx.Component) -> rx.Component:
    """A field that a posting can fill, with a note on where its value comes from; the script shows it."""
    note = rx.el.div(hidden=True, class_name="quiet small", custom_attrs={"data-origin": ""})
    form_field.children.append(note)
    return form_field
