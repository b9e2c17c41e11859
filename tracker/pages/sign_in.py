"""`/sign-in`: the sign-in page."""

import reflex as rx

from tracker.components.drafts import leaves_drafts
from tracker.one_time_address import COMMAND
from tracker.state.sign_in import SignInState

AGAIN = "Deleting the account or changing a key needs a sign-in within the last 10 minutes."


def page() -> rx.Component:
    """A card with the sign-in button."""
    return rx.el.main(
        rx.el.div(
            rx.icon("compass", size=32),
            rx.el.h1(
                rx.cond(SignInState.is_again, "Confirm that it's you", "Sign in to Pursuit"), tab_index=-1
            ),
            rx.el.p(
                rx.cond(SignInState.is_again, AGAIN, "Everything about your job search in one place."),
                class_name="quiet",
            ),
            rx.el.div(
                rx.cond(SignInState.was_deleted, rx.el.p("Your account was deleted, with everything in it.")),
                role="status",
            ),
            rx.el.div(
                rx.cond(SignInState.trouble != "", rx.el.p(SignInState.trouble, class_name="problem")),
                role="alert",
            ),
            rx.cond(SignInState.provider != "", _provider()),
            rx.cond(SignInState.is_local, _local()),
            rx.cond(~SignInState.is_ready, _without_connection()),
            class_name="door",
        ),
        class_name="sign-in",
        custom_attrs=leaves_drafts(SignInState.session_end),
    )


def _provider() -> rx.Component:
    return rx.el.a(
        f"Continue with {SignInState.provider}",
        href=SignInState.address,
        reload_document=True,
        class_name="button primary",
    )


def _without_connection() -> rx.Component:
    """A sign-in link shown after a while if the page can't reach the server's socket."""
    return rx.el.div(
        rx.el.p(
            "This page can't connect to Pursuit yet. A proxy or firewall may be blocking the connection."
        ),
        rx.el.a("Sign in anyway", href="/auth/start", reload_document=True, class_name="button"),
        rx.el.p(
            "On your own computer, open the one-time address that Pursuit printed when it started.",
            class_name="quiet small",
        ),
        class_name="unreachable",
    )


def _local() -> rx.Component:
    return rx.el.form(
        rx.el.p(
            "Pursuit printed a one-time address when it started: open it in this browser, or paste it here."
        ),
        rx.el.input(type="hidden", name="next", value=SignInState.next_path),
        rx.el.label("One-time address", html_for="token"),
        rx.el.input(id="token", name="token", required=True, auto_complete="off", spell_check=False),
        rx.el.button("Sign in", type="submit", class_name="primary"),
        rx.el.p(
            "For a new address, run this in the folder of Pursuit, with --data-dir if you chose one:",
            rx.el.br(),
            rx.el.code(COMMAND),
            class_name="quiet small",
        ),
        action="/auth/local",
        method="get",
        on_submit=None,
    )
