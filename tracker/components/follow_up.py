"""The dialog that logs a follow-up."""

import reflex as rx

from tracker.components.dialogs import modal
from tracker.components.form_fields import radio_field, text_field
from tracker.components.idempotency import key_field
from tracker.shapes.enumerations import FollowUpWay, choices
from tracker.state.application import ApplicationView


def follow_up_dialog() -> rx.Component:
    """A choice of the way it was sent, and an optional note."""
    errors = ApplicationView.errors
    return modal(
        rx.el.form(
            key_field(),
            rx.el.div(
                radio_field("following-up", "way", "How", errors, choices(FollowUpWay)),
                text_field("following-up", "note", "Note (optional)", errors, max_length=200, auto_complete="off",
                           placeholder="Asked Ida when to expect an answer"),
                class_name="inside",
            ),
            rx.el.footer(
                rx.el.button("Cancel", type="button", custom_attrs={"data-closes": ""}),
                rx.el.button("Log follow-up", type="submit", class_name="primary"),
            ),
            on_submit=ApplicationView.follow_up,
            custom_attrs={"noValidate": True},
        ),
        id="following-up",
        title="Log a follow-up",
        done=ApplicationView.followed_up,
    )  # fmt: skip
