"""The form for the cadence of next actions."""

import reflex as rx

from tracker.components.drafts import draft_note, drafted
from tracker.components.form_fields import text_field
from tracker.components.idempotency import key_field
from tracker.state.cadence_settings import CadenceSettings

STEPS = (
    ("follow_up_first", "Follow up after applying"),
    ("follow_up_again", "Follow up again"),
    ("follow_ups", "Follow-ups at most"),
    ("reply_first", "Follow up after a response"),
    ("reply_again", "After that, again"),
    ("prepare", "Prepare for an interview"),
    ("thank_you", "Say thank you after one"),
    ("close", "Close without a response"),
)


def cadence_form() -> rx.Component:
    """Each step of the cadence, in days."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Next actions"),
            rx.el.p(
                "Days until each step is due. Dates already set stay as they are.",
                class_name="quiet small",
            ),
        ),
        rx.cond(CadenceSettings.typed, step_fields()),
        class_name="stack",
    )


def step_fields() -> rx.Component:
    """The form, once its values are loaded, so that a draft can be offered."""
    return rx.el.form(
        key_field(),
        rx.el.div(
            *[
                text_field(
                    "cadence", name, label, CadenceSettings.errors, "half", type="number", min="0", max="365",
                    default_value=CadenceSettings.typed[name], key=CadenceSettings.marks[name],
                )
                for name, label in STEPS
            ],
            class_name="fields",
        ),
        rx.el.div(rx.el.button("Save cadence", type="submit"), draft_note(), class_name="row"),
        on_submit=CadenceSettings.save,
        class_name="stack",
        custom_attrs={"noValidate": True} | drafted("cadence"),
    )  # fmt: skip
