"""The fields of reminders."""

import reflex as rx

from tracker.components.badge import NotificationPermission
from tracker.components.form_fields import text_field
from tracker.shapes.preferences import RemindersForm
from tracker.state.settings import Settings


def reminders() -> rx.Component:
    """The times and channels of reminders."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Reminders"),
            rx.el.p(
                "Before an interview: on every page, and where else you allow.", class_name="quiet small"
            ),
        ),
        rx.cond(Settings.reminders, reminder_fields(Settings.reminders)),
        class_name="stack",
    )


def reminder_fields(sheet: rx.Var[RemindersForm]) -> rx.Component:
    """The checkboxes, and the address of the local account."""
    return rx.el.div(
        rx.el.div(
            checkbox("day", "A day before"),
            checkbox("hour", "An hour before"),
            rx.cond(sheet.can_mail, checkbox("by_mail", email_label(sheet))),
            class_name="ticks",
        ),
        rx.cond(
            sheet.can_mail,
            rx.cond(
                sheet.is_local,
                text_field(
                    "settings", "mail_to", "Email address", Settings.errors, "half", type="email",
                    default_value=Settings.typed["mail_to"], key=Settings.marks["mail_to"], max_length=320,
                ),
                rx.cond(
                    sheet.mail_to == "",
                    rx.el.p("Your sign-in provider didn't verify an email address, so no emails are sent.", class_name="quiet small"),
                ),
            ),
            rx.el.p("No mail server is set up here, so no emails are sent.", class_name="quiet small"),
        ),
        NotificationPermission.create(type="button"),
        class_name="stack start",
    )  # fmt: skip


def email_label(sheet: rx.Var[RemindersForm]) -> rx.Var[str]:
    """The checkbox for email; it names the address unless there is a field for it."""
    is_named = sheet.is_local | (sheet.mail_to == "")
    return rx.cond(is_named, "Also by email", f"Also by email, to {sheet.mail_to}")


def checkbox(name: str, label: rx.Var | str) -> rx.Component:
    """One checkbox."""
    is_on = Settings.typed[name] == "on"
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=is_on, key=Settings.marks[name]), label
    )
