"""The form for reminders."""

import reflex as rx

from tracker.components.badge import NotificationPermission
from tracker.components.form_fields import text_field
from tracker.components.idempotency import key_field
from tracker.shapes.preferences import RemindersForm
from tracker.state.reminder_settings import ReminderSettings


def reminders_form() -> rx.Component:
    """The times and channels of reminders."""
    return rx.el.form(
        key_field(),
        rx.el.div(
            rx.el.h2("Reminders"),
            rx.el.p(
                "Before an interview: on every page, and where else you allow.", class_name="quiet small"
            ),
        ),
        rx.cond(ReminderSettings.sheet, reminder_fields(ReminderSettings.sheet)),
        rx.el.div(rx.el.button("Save reminders", type="submit"), class_name="row"),
        on_submit=ReminderSettings.save,
        class_name="stack",
        custom_attrs={"noValidate": True},
    )


def reminder_fields(sheet: rx.Var[RemindersForm]) -> rx.Component:
    """The form's fields."""
    return rx.el.div(
        rx.el.div(
            checkbox("day", "A day before", sheet.day),
            checkbox("hour", "An hour before", sheet.hour),
            rx.cond(sheet.can_mail, checkbox("by_mail", email_label(sheet), sheet.by_mail)),
            class_name="ticks",
        ),
        rx.cond(
            sheet.can_mail,
            rx.cond(
                sheet.is_local,
                text_field(
                    "reminders", "mail_to", "Email address", ReminderSettings.errors, "half", type="email",
                    default_value=sheet.mail_to, key=sheet.mail_to, max_length=320,
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


def checkbox(name: str, label: rx.Var | str, is_on: rx.Var) -> rx.Component:
    """One checkbox."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=is_on, key=f"{name}-{is_on}"),
        label,
    )
