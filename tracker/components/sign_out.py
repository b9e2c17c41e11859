"""The form that signs out."""

import reflex as rx

from tracker.components.drafts import forgets_drafts


def sign_out_form(button: rx.Component) -> rx.Component:
    """A form that ends the session, with its button; the browser forgets the drafts of the user."""
    return rx.el.form(
        button, action="/auth/sign-out", method="post", on_submit=None, custom_attrs=forgets_drafts()
    )
