"""`/settings`: profile, preferences, sessions, and the end of the account."""

from typing import Any

import reflex as rx

from tracker.components.ai import ai_form
from tracker.components.fields import choice_field, described, field, text_field
from tracker.components.jobs import background_work
from tracker.components.native import modal, opens
from tracker.components.once import key_field
from tracker.components.pace import pace_form
from tracker.components.reminding import reminders_form
from tracker.components.shell import shell, topbar
from tracker.shapes.people import SessionLine
from tracker.shapes.preferences import WEEK_STARTS
from tracker.state.settings import Settings


def settings() -> rx.Component:
    """Settings in their frame."""
    return shell(
        rx.cond(
            Settings.loaded,
            rx.el.div(
                preferences(),
                pace_form(),
                reminders_form(),
                ai_form(),
                sessions(),
                background_work(),
                ending(),
                class_name="page settings",
            ),
            rx.el.div(rx.el.span(class_name="bone", width="40%"), class_name="page", aria_hidden="true"),
        ),
        farewell(),
        here="Settings",
        topbar=topbar("Settings"),
    )


def preferences() -> rx.Component:
    """Who one is, and how Pursuit counts and shows."""
    errors, typed = Settings.errors, Settings.typed
    return rx.el.form(
        key_field(),
        rx.el.h2("Profile and preferences"),
        rx.el.div(
            text_field("settings", "name", "Name", errors, "half", default_value=typed["name"], key=Settings.marks["name"], max_length=200),
            one_of("timezone", "Time zone", Settings.zones, "half"),
            one_of("currency", "Currency", Settings.currencies, "half"),
            one_of("locale", "Dates and numbers", Settings.locales, "half"),
            text_field(
                "settings", "weekly_goal", "Applications a week", errors, "half", type="number", min="0", max="200",
                default_value=typed["weekly_goal"], key=Settings.marks["weekly_goal"],
            ),
            choice_field(
                "settings", "week_start", "Week begins on", errors, WEEK_STARTS, "half",
                default_value=typed["week_start"], key=Settings.marks["week_start"],
            ),
            class_name="fields",
        ),
        rx.el.p(
            rx.el.a("Priorities", href="/priorities"),
            ": what you look for, and how much each thing counts in the score.",
            class_name="small",
        ),
        rx.cond(Settings.email != "", rx.el.p("Signed in as ", Settings.email, class_name="quiet small")),
        rx.el.div(rx.el.button("Save", type="submit", class_name="primary"), class_name="row"),
        on_submit=Settings.save,
        class_name="stack",
        custom_attrs={"noValidate": True},
    )  # fmt: skip


def one_of(name: str, label: str, options: Any, width: str) -> rx.Component:
    """A choice among what the server offers."""
    control = rx.el.select(
        rx.foreach(options, lambda option: rx.el.option(option[1], value=option[0], key=option[0])),
        default_value=Settings.typed[name],
        key=Settings.marks[name],
        **described("settings", name, Settings.errors),
    )
    return field("settings", name, label, control, Settings.errors, width)


def sessions() -> rx.Component:
    """Where one is signed in."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("Sessions"),
            rx.cond(
                Settings.sessions.length() > 1,
                rx.el.button("End all others", class_name="push", on_click=Settings.revoke_others),
            ),
        ),
        rx.el.ul(rx.foreach(Settings.sessions, session), class_name="plain lines"),
        rx.el.form(
            rx.el.button("Sign out", type="submit"), action="/auth/sign-out", method="post", on_submit=None
        ),
        class_name="section",
        aria_label="Sessions",
    )


def session(line: rx.Var[SessionLine]) -> rx.Component:
    """One browser."""
    return rx.el.li(
        rx.el.span(
            rx.cond(line.browser != "", line.browser, "Unknown browser"),
            class_name="clip",
            title=line.agent,
        ),
        rx.el.span(f"used {line.seen}, began {line.began}", class_name="push small quiet nowrap"),
        rx.cond(
            line.is_this_one,
            rx.el.span("This one", class_name="small nowrap"),
            rx.el.button(
                "End", on_click=Settings.revoke(line.id), aria_label=f"End the session of {line.browser}"
            ),
        ),
        class_name="line",
        key=line.id,
    )


def ending() -> rx.Component:
    """The end of the account."""
    return rx.el.section(
        rx.el.h2("Delete account"),
        rx.el.p(
            "Deletes every application, interview, contact and note, at once and for good.",
            class_name="quiet",
        ),
        rx.el.div(
            rx.el.button("Delete account", class_name="danger", custom_attrs=opens("farewell")),
            class_name="row",
        ),
        class_name="section",
        aria_label="Delete account",
    )


def farewell() -> rx.Component:
    """Asks for the word."""
    return modal(
        rx.el.form(
            key_field(),
            rx.el.div(
                rx.el.p("This can't be undone. Type the word delete to confirm."),
                text_field(
                    "farewell", "confirmation", "Confirmation", Settings.errors, auto_complete="off",
                    custom_attrs={"data-first": ""},
                ),
                class_name="inside",
            ),
            rx.el.footer(
                rx.el.button("Keep my account", type="button", custom_attrs={"data-closes": ""}),
                rx.el.button("Delete everything", type="submit", class_name="danger"),
            ),
            on_submit=Settings.delete_account,
            custom_attrs={"noValidate": True},
        ),
        id="farewell",
        title="Delete account",
    )  # fmt: skip
