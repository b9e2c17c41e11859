"""An edit conflict: both texts of a field side by side in place of its editor."""

from typing import Any

import reflex as rx

from tracker.components.drafts import draft_note, merged_draft
from tracker.components.focus import focus_next
from tracker.components.idempotency import key_field
from tracker.state.edit_conflicts import EditConflicts


def has_conflict(page: type[EditConflicts], field: Any) -> Any:
    """Return whether a field has an edit conflict."""
    clash: Any = page.clash
    return rx.cond(clash, clash.field == field, False)


def conflict_or(
    page: type[EditConflicts],
    field: Any,
    otherwise: rx.Component,
    *,
    draft: Any,
    back: Any = "",
    rows: str = "8",
) -> rx.Component:
    """Both texts of a field in conflict, focused for each new conflict; otherwise its editor or text.

    To keep one ends the editor's `draft`, and leads the keyboard to the control with the id `back`. What is typed in the
    two has drafts of its own, which go on in the editor when they are left before one is kept.
    """
    clash: Any = page.clash
    settles = {"draft": draft, "back": back, "rows": rows}
    return rx.cond(
        has_conflict(page, field),
        rx.el.section(
            rx.el.h3(clash.label, ": changed elsewhere while you were writing"),
            rx.el.p("Both texts are here. Keep one, or merge them.", class_name="quiet small"),
            rx.el.div(page.errors.values().join(" "), class_name="problem", role="alert"),
            rx.el.div(
                conflict_side(page, "mine", "Yours", clash.mine, "Keep mine", auto_focus=True, **settles),
                conflict_side(page, "theirs", "The other", clash.theirs, "Keep the other", **settles),
                class_name="clash",
            ),
            class_name="stack clashing",
            role="alertdialog",
            aria_label="Two texts of one field",
            key=clash.id,
        ),
        otherwise,
    )


def conflict_side(
    page: type[EditConflicts],
    side: str,
    label: str,
    text: rx.Var,
    keep: str,
    *,
    draft: Any,
    back: Any,
    rows: str,
    **props: Any,
) -> rx.Component:
    """One of the two texts, editable before it is saved."""
    clash: Any = page.clash
    return rx.el.form(
        key_field(),
        rx.el.input(type="hidden", name="clash", value=clash.id),
        rx.el.textarea(name="was", default_value=clash.was, hidden=True, read_only=True),
        rx.el.label(
            label,
            _editor(clash, text, rows, **props),
            class_name="field",
        ),
        rx.el.div(
            rx.el.button(keep, type="submit", custom_attrs=focus_next(back)),
            draft_note(),
            class_name="row wrap",
        ),
        on_submit=page.resolve,
        class_name="stack",
        custom_attrs=merged_draft(draft, side),
    )


def _editor(clash: Any, text: rx.Var, rows: str, **props: Any) -> rx.Component:
    return rx.cond(
        clash.choices.length() > 0,
        rx.el.select(
            rx.foreach(clash.choices, lambda choice: rx.el.option(choice[1], value=choice[0], key=choice[0])),
            name=clash.name,
            default_value=text,
            **props,
        ),
        rx.el.textarea(name=clash.name, default_value=text, rows=rows, **props),
    )
