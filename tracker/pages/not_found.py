"""The page for addresses that don't exist."""

import reflex as rx


def not_found() -> rx.Component:
    """A note with a link to Today."""
    return rx.el.main(
        rx.el.h1("Page not found"),
        rx.el.p(
            "It may have moved, or the link may be cut short. Nothing of yours was changed.",
            class_name="quiet",
        ),
        rx.el.a("Go to Today", href="/", class_name="button primary"),
        class_name="alone",
    )
