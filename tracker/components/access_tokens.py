"""Access tokens in Settings: create, show once, list, revoke."""

import reflex as rx

from tracker.components.account import sign_in_again
from tracker.components.form_fields import choice_field, text_field
from tracker.components.idempotency import key_field
from tracker.shapes.access_tokens import ACCESS, LIFETIMES, TokenItem
from tracker.state.access_tokens import AccessTokens
from tracker.state.account import Account


def access_tokens() -> rx.Component:
    """The tokens of the user's programs, and the form for another."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Access tokens", id="tokens"),
            rx.el.p(
                "Let your own programs read and change your applications through the ",
                rx.el.a("API", href="/api/v1/docs", target="_blank"),
                ". A token works without signing in, so treat it like a password.",
                class_name="quiet small",
            ),
        ),
        rx.cond(AccessTokens.secret != "", new_secret()),
        rx.el.ul(rx.foreach(AccessTokens.tokens, token), class_name="plain lines"),
        rx.cond(Account.is_fresh, token_form(), sign_in_again("Sign in again to create a token", "tokens")),
        rx.cond(AccessTokens.was_refused, sign_in_again("Sign in again", "tokens")),
        class_name="section",
        aria_label="Access tokens",
    )


def new_secret() -> rx.Component:
    """The secret of the new token, shown until the page is left."""
    return rx.el.div(
        rx.el.p("Copy the new token now. It won't be shown again.", id="new-token-label"),
        rx.el.div(
            rx.el.input(
                value=AccessTokens.secret,
                read_only=True,
                aria_labelledby="new-token-label",
            ),
            rx.el.button(
                "Copy", type="button", class_name="primary", custom_attrs={"data-copies": AccessTokens.secret}
            ),
            class_name="row",
        ),
        class_name="stack",
        role="status",
    )


def token(line: rx.Var[TokenItem]) -> rx.Component:
    """One token, named by its program."""
    return rx.el.li(
        rx.el.span(line.name, class_name="clip", title=f"Ends in {line.ending}"),
        rx.el.span(
            f"{line.access}, {line.used}, ",
            rx.el.span(line.expires, class_name=rx.cond(line.is_expired, "problem", "")),
            class_name="push small quiet",
        ),
        rx.el.button(
            "Revoke", on_click=AccessTokens.revoke(line.id), aria_label=f"Revoke token: {line.name}"
        ),
        class_name="line",
        key=line.id,
    )


def token_form() -> rx.Component:
    """The form for another token."""
    errors = AccessTokens.errors
    return rx.el.form(
        key_field(),
        rx.el.div(
            text_field(
                "token", "name", "Program", errors, "third", placeholder="Spreadsheet sync", max_length=100,
                auto_complete="off",
            ),
            choice_field("token", "access", "Access", errors, ACCESS, "third"),
            choice_field("token", "days", "Lifetime", errors, LIFETIMES, "third", default_value="90"),
            class_name="fields",
        ),
        rx.el.div(rx.el.button("Create token", type="submit"), class_name="row"),
        on_submit=AccessTokens.create,
        class_name="stack",
        aria_label="New access token",
        key=AccessTokens.secret,  # Empties the form for the next token.
        custom_attrs={"noValidate": True},
    )  # fmt: skip
