"""The sign-in page."""

import reflex as rx

from tracker.state.sign_in import SignInState


def page() -> rx.Component:
    """One card with one way in."""
    return rx.el.main(
        rx.el.div(
            rx.icon("compass", size=32),
            rx.el.h1("Sign in to Pursuit", tab_index=-1),
            rx.el.p("Everything about your job search in one place.", class_name="quiet"),
            rx.el.div(
                rx.cond(SignInState.trouble != "", rx.el.p(SignInState.trouble, class_name="problem")),
                role="alert",
            ),
            rx.cond(SignInState.provider != "", _provider()),
            rx.cond(SignInState.is_local, _local()),
            class_name="door",
        ),
        class_name="sign-in",
    )


def _provider() -> rx.Component:
    return rx.el.a(
        f"Continue with {SignInState.provider}",
        href=SignInState.address,
        reload_document=True,
        class_name="button primary",
    )


def _local() -> rx.Component:
    return rx.el.form(
        rx.el.button("Continue on this computer", type="submit", class_name="button primary"),
        rx.el.p(
            "Local account, without a password: anyone who can use this computer's browser can open it.",
            class_name="quiet",
        ),
        action=SignInState.address,
        method="post",
        on_submit=None,
    )
