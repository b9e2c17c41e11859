"""The question for a user's name."""

import reflex as rx

from tracker.components.form_fields import text_field
from tracker.components.idempotency import key_field
from tracker.state.name_prompt import NamePrompt


def name_prompt(class_name: str = "") -> rx.Component:
    """One field and a way to skip it; nothing once either was used."""
    shown = rx.cond(NamePrompt.is_open, rx.el.div(name_form(), class_name=class_name))
    return rx.el.div(shown, on_mount=NamePrompt.load, class_name="name-prompt")


def name_form() -> rx.Component:
    """The form."""
    return rx.el.form(
        key_field(),
        rx.el.div(
            text_field(
                "name-prompt", "name", "Your name", NamePrompt.errors, "half", auto_complete="name", max_length=200,
            ),
            class_name="fields",
        ),
        rx.el.p("Letters and emails that you draft here are signed with it.", class_name="quiet small"),
        rx.el.div(
            rx.el.button("Save name", type="submit"),
            rx.el.button("Not now", type="button", class_name="plain-button", on_click=NamePrompt.skip),
            class_name="row",
        ),
        on_submit=NamePrompt.save,
        class_name="section stack",
        aria_label="Your name",
        custom_attrs={"noValidate": True},
    )  # fmt: skip
