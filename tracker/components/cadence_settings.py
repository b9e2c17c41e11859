"""The fields of the cadence of next actions."""

import reflex as rx

from tracker.components.form_fields import text_field
from tracker.state.settings import Settings

STEPS = (
    ("follow_up_first", "Follow up after applying"),
    ("follow_up_again", "Follow up again"),
    ("follow_ups", "Maximum number of follow-ups"),
    ("reply_first", "Follow up after a response"),
    ("reply_again", "Follow up again after a response"),
    ("prepare", "Prepare for an interview"),
    ("thank_you", "Send a thank-you note after an interview"),
    ("close", "Close without a response"),
)


def cadence() -> rx.Component:
    """Each step of the cadence, in days."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Next actions"),
            rx.el.p(
                "Days until each step is due, and how many follow-ups to send. Dates already set stay as they are.",
                class_name="quiet small",
            ),
        ),
        rx.el.div(
            *[
                text_field(
                    "settings", name, label, Settings.errors, "half", type="number", min="0", max="365",
                    default_value=Settings.typed[name], key=Settings.marks[name],
                )
                for name, label in STEPS
            ],
            class_name="fields",
        ),
        class_name="stack",
    )  # fmt: skip
