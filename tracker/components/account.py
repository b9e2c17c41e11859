"""Sessions, account history and account deletion in Settings."""

import reflex as rx

from tracker.components.dialogs import modal, opens
from tracker.components.drafts import forgets_drafts
from tracker.components.form_fields import text_field
from tracker.components.idempotency import key_field
from tracker.components.sign_out import sign_out_form
from tracker.shapes.audit import AuditItem
from tracker.shapes.people import SessionItem
from tracker.state.account import Account
from tracker.state.settings import Settings


def sessions() -> rx.Component:
    """The list of sessions."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("Sessions"),
            rx.cond(
                Settings.sessions.length() > 1,
                rx.el.button("End all others", class_name="push", on_click=Settings.revoke_others),
            ),
        ),
        rx.el.ul(rx.foreach(Settings.sessions, session), class_name="plain lines"),
        sign_out_form(rx.el.button("Sign out", type="submit")),
        class_name="section",
        aria_label="Sessions",
    )


def session(line: rx.Var[SessionItem]) -> rx.Component:
    """One session, named by its browser."""
    browser = rx.cond(line.browser != "", line.browser, "Unknown browser")
    return rx.el.li(
        rx.el.span(
            browser,
            class_name="clip",
            title=line.agent,
        ),
        rx.el.span(f"used {line.seen}, began {line.began}", class_name="push small quiet nowrap"),
        rx.cond(
            line.is_this_one,
            rx.el.span("This session", class_name="small nowrap"),
            rx.el.button("End", on_click=Settings.revoke(line.id), aria_label=f"End session: {browser}"),
        ),
        class_name="line",
        key=line.id,
    )


def history() -> rx.Component:
    """The account history, newest first."""
    return rx.el.section(
        rx.el.h2("Account history"),
        rx.el.p(
            "Sign-ins, refused attempts, ended sessions, exports and deletions of the last 400 days, the latest first. "
            "If one of them wasn't you, end the other sessions.",
            class_name="quiet small",
        ),
        rx.el.ul(rx.foreach(Account.history[:10], entry), class_name="plain lines"),
        rx.cond(
            Account.history.length() > 10,
            rx.el.details(
                rx.el.summary("Earlier"),
                rx.el.ul(rx.foreach(Account.history[10:], entry), class_name="plain lines"),
            ),
        ),
        class_name="section",
        aria_label="Account history",
    )


def entry(line: rx.Var[AuditItem]) -> rx.Component:
    """One entry: what happened, in which browser, from which address, and when."""
    return rx.el.li(
        rx.el.span(line.description, class_name=rx.cond(line.is_refusal, "problem", "clip")),
        rx.el.span(
            rx.cond(line.browser != "", rx.el.span(line.browser, title=line.agent), ""),
            rx.cond((line.browser != "") & (line.address != ""), ", ", ""),
            rx.cond(line.address != "", f"from {line.address}", ""),
            rx.cond((line.browser != "") | (line.address != ""), ", ", ""),
            rx.el.span(line.at, title=line.exact),
            class_name="push small quiet",
        ),
        class_name="line",
        key=line.id,
    )


def sign_in_again(label: str, place: str) -> rx.Component:
    """A link to a fresh sign-in that leads back to a section of this page."""
    return rx.el.div(
        rx.el.a(label, href=f"/sign-in?again=1&next=%2Fsettings%23{place}", class_name="button"),
        class_name="row",
    )


def account_deletion() -> rx.Component:
    """The section that deletes the account."""
    return rx.el.section(
        rx.el.h2("Delete account"),
        rx.el.p(
            "Deletes every application, interview, contact and note, at once and for good.",
            class_name="quiet",
        ),
        rx.cond(
            Account.is_fresh,
            rx.el.div(
                rx.el.button("Delete account", class_name="danger", custom_attrs=opens("farewell")),
                class_name="row",
            ),
            sign_in_again("Sign in again to delete the account", "delete"),
        ),
        id="delete",
        class_name="section",
        aria_label="Delete account",
    )


def deletion_dialog() -> rx.Component:
    """The form that asks for the confirmation word."""
    return modal(
        rx.el.form(
            key_field(),
            rx.el.div(
                rx.el.p("This can't be undone. Type the word delete to confirm."),
                text_field(
                    "farewell", "confirmation", "Confirmation", Settings.errors, auto_complete="off",
                    custom_attrs={"data-first": ""},
                ),
                rx.cond(Account.was_refused, sign_in_again("Sign in again", "delete")),
                class_name="inside",
            ),
            rx.el.footer(
                rx.el.button("Keep my account", type="button", custom_attrs={"data-closes": ""}),
                rx.el.button("Delete everything", type="submit", class_name="danger"),
            ),
            on_submit=Settings.delete_account,
            custom_attrs={"noValidate": True} | forgets_drafts(),
        ),
        id="farewell",
        title="Delete account",
    )  # fmt: skip
