"""Two texts of one field, side by side, so that neither is lost."""

from typing import Any

import reflex as rx

from tracker.components.once import key_field


def clash_dialog(page: Any) -> rx.Component:
    """Shown in the page, not over it, when a field was changed in another tab while one was writing.

    `page` is a state with a `clash` and a `resolve` that keeps the text made of the two.
    """
    clash = page.clash
    return rx.cond(
        clash,
        rx.el.section(
            rx.el.h2(f"{clash.label} was changed elsewhere while you were writing"),
            rx.el.p("Both texts are here. Keep one, or make one of the two.", class_name="quiet"),
            rx.el.div(
                one_text(page, "Yours", clash.mine, "Keep mine"),
                one_text(page, "The other", clash.theirs, "Keep the other"),
                class_name="clash",
            ),
            class_name="page stack",
            role="alertdialog",
            aria_label="Two texts of one field",
        ),
    )


def one_text(page: Any, whose: str, text: rx.Var, keep: str) -> rx.Component:
    """One of the two, which can be changed before it is kept."""
    return rx.el.form(
        key_field(),
        rx.el.label(whose, rx.el.textarea(name="value", default_value=text, rows="8"), class_name="field"),
        rx.el.button(keep, type="submit"),
        on_submit=page.resolve,
        class_name="stack",
    )
