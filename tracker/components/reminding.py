"""The form for reminders."""

import reflex as rx

from tracker.components.fields import text_field
from tracker.components.once import key_field
from tracker.components.waiting import Permission
from tracker.shapes.preferences import RemindersForm
from tracker.state.waiting import Reminding


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
        rx.cond(Reminding.sheet, whole(Reminding.sheet)),
        rx.el.div(rx.el.button("Save reminders", type="submit"), class_name="row"),
        on_submit=Reminding.save,
        class_name="stack",
        custom_attrs={"noValidate": True},
    )


def whole(sheet: rx.Var[RemindersForm]) -> rx.Component:
    """The form's fields."""
    return rx.el.div(
        rx.el.div(
            tick("day", "A day before", sheet.day),
            tick("hour", "An hour before", sheet.hour),
            rx.cond(sheet.can_mail, tick("by_mail", by_mail(sheet), sheet.by_mail)),
            class_name="ticks",
        ),
        rx.cond(
            sheet.can_mail,
            rx.cond(
                sheet.is_local,
                text_field(
                    "reminders", "mail_to", "Email address", Reminding.errors, "half", type="email",
                    default_value=sheet.mail_to, key=sheet.mail_to, max_length=320,
                ),
                rx.cond(
                    sheet.mail_to == "",
                    rx.el.p("Your sign-in provider didn't verify an email address, so no emails are sent.", class_name="quiet small"),
                ),
            ),
            rx.el.p("No mail server is set up here, so no emails are sent.", class_name="quiet small"),
        ),
        Permission.create(type="button"),
        class_name="stack start",
    )  # fmt: skip


def by_mail(sheet: rx.Var[RemindersForm]) -> rx.Var[str]:
    """The checkbox for email; it names the address unless there is a field for it."""
    is_named = sheet.is_local | (sheet.mail_to == "")
    return rx.cond(is_named, "Also by email", f"Also by email, to {sheet.mail_to}")


def tick(name: str, label: rx.Var | str, is_on: rx.Var) -> rx.Component:
    """One checkbox."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=is_on, key=f"{name}-{is_on}"),
        label,
    )
