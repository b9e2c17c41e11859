"""Likely questions from the question bank, and buttons that add them to the list."""

import reflex as rx

from tracker.components.idempotency import idempotent, submission_key
from tracker.components.stories import stories
from tracker.shapes.preparation import LikelyQuestion, PracticePage
from tracker.state.practice import Practice


def suggestions(sheet: rx.Var[PracticePage]) -> rx.Component:
    """Likely questions that aren't on the list."""
    keys = sheet.suggested.foreach(lambda question: question.key).join(" ")
    once = f"take:{sheet.interview_id}:{keys}"
    return rx.el.aside(
        rx.el.header(
            rx.el.h2("Likely questions"),
            rx.cond(
                sheet.suggested.length() > 1,
                rx.el.button(
                    "Add all",
                    class_name="small-button push",
                    on_click=Practice.take(keys, submission_key(once)),
                    custom_attrs=idempotent(once),
                ),
            ),
            class_name="row",
        ),
        rx.cond(
            sheet.suggested.length() > 0,
            rx.el.ul(rx.foreach(sheet.suggested, suggestion), class_name="plain"),
            rx.el.p("All of them are on your list.", class_name="quiet"),
        ),
        class_name="suggestions",
        aria_label="Likely questions",
    )


def suggestion(of: rx.Var[LikelyQuestion]) -> rx.Component:
    """One question of the bank, and why it is likely."""
    once = f"take:{Practice.sheet.interview_id}:{of.key}"
    return rx.el.li(
        rx.el.span(of.text),
        rx.el.button(
            "Add", class_name="small-button", on_click=Practice.take(of.key, submission_key(once)),
            aria_label=f"Add: {of.text}", custom_attrs=idempotent(once),
        ),
        rx.el.span(of.why, class_name="small quiet"),
        stories(of),
        class_name="suggestion",
        key=of.key,
    )  # fmt: skip
