"""`/settings`: name, preferences, sessions and account."""

from typing import Any

import reflex as rx

from tracker.components.access_tokens import access_tokens
from tracker.components.account import account_deletion, deletion_dialog, history, sessions
from tracker.components.ai_service import ai_form
from tracker.components.bookmarklet import capture_from_browser
from tracker.components.cadence_settings import cadence
from tracker.components.calendar_feed import calendar_feed
from tracker.components.drafts import draft_note, drafted
from tracker.components.form_fields import choice_field, described, field, text_field
from tracker.components.idempotency import key_field
from tracker.components.jobs import background_work
from tracker.components.reminder_settings import reminders
from tracker.components.shell import shell, topbar
from tracker.components.your_data import your_data
from tracker.shapes.preferences import WEEK_STARTS
from tracker.state.settings import Settings


def settings() -> rx.Component:
    """The page in its frame."""
    return shell(
        rx.cond(
            Settings.loaded,
            rx.el.div(
                settings_form(),
                calendar_feed(),
                ai_form(),
                access_tokens(),
                capture_from_browser(),
                sessions(),
                history(),
                background_work(),
                your_data(),
                account_deletion(),
                class_name="page settings",
            ),
            rx.el.div(rx.el.span(class_name="bone", width="40%"), class_name="page", aria_hidden="true"),
        ),
        deletion_dialog(),
        here="Settings",
        topbar=topbar("Settings"),
    )


def settings_form() -> rx.Component:
    """The name, the preferences, the cadence and the reminders, saved together."""
    return rx.el.form(
        key_field(),
        preferences(),
        cadence(),
        reminders(),
        rx.el.div(
            rx.el.button("Save", type="submit", class_name="primary"), draft_note(), class_name="row save-bar"
        ),
        on_submit=Settings.save,
        class_name="settings-form",
        aria_label="Settings",
        custom_attrs={"noValidate": True} | drafted("settings"),
    )


def preferences() -> rx.Component:
    """The user's name and preferences."""
    errors, typed = Settings.errors, Settings.typed
    return rx.el.section(
        rx.el.h2("Profile and preferences"),
        rx.el.div(
            text_field("settings", "name", "Name", errors, "half", default_value=typed["name"], key=Settings.marks["name"], max_length=200),
            one_of("timezone", "Time zone", Settings.zones, "half"),
            one_of("currency", "Currency", Settings.currencies, "half"),
            one_of("locale", "Dates and numbers", Settings.locales, "half"),
            text_field(
                "settings", "weekly_goal", "Weekly goal", errors, "half", type="number", min="0", max="200",
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
        rx.el.p(
            rx.el.a("Import", href="/import"),
            ": bring in applications and contacts from LinkedIn, another tracker or a spreadsheet.",
            class_name="small",
        ),
        rx.cond(Settings.email != "", rx.el.p("Signed in as ", Settings.email, class_name="quiet small")),
        class_name="stack",
    )  # fmt: skip


def one_of(name: str, label: str, options: Any, width: str) -> rx.Component:
    """A choice among the server's options."""
    control = rx.el.select(
        rx.foreach(options, lambda option: rx.el.option(option[1], value=option[0], key=option[0])),
        default_value=Settings.typed[name],
        key=Settings.marks[name],
        **described("settings", name, Settings.errors),
    )
    return field("settings", name, label, control, Settings.errors, width)
