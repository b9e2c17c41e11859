"""Long texts that are edited in place."""

from typing import Any

import reflex as rx

from tracker.components.drafts import draft_note, drafted, opens_draft
from tracker.components.edit_conflicts import conflict_or, has_conflict
from tracker.components.focus import focus_next
from tracker.components.idempotency import key_field
from tracker.state.in_place_editing import InPlaceEditing


def text_section(
    page: type[InPlaceEditing],
    field: str,
    heading: str,
    text: rx.Var,
    words: rx.Component,
    invite: str,
    draft: Any,
) -> rx.Component:
    """A long text with its heading; `page` is the state that saves it, `draft` the name of its draft."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2(heading, id=f"heading-{field}"),
            rx.cond(
                (text != "") & (page.editing != field) & ~has_conflict(page, field),
                edit_button(page, field, "Edit", draft, aria_label=f"Edit {heading.lower()}"),
            ),
        ),
        conflict_or(
            page,
            field,
            rx.cond(
                page.editing == field,
                text_editor(page, field, text, draft),
                rx.cond(text != "", words, edit_button(page, field, invite, draft)),
            ),
            draft=draft,
            back=f"edit-{field}",
        ),
        class_name="section",
        aria_labelledby=f"heading-{field}",
    )


def edit_button(page: type[InPlaceEditing], field: str, text: str, draft: Any, **props: str) -> rx.Component:
    """A button that opens the editor."""
    return rx.el.button(
        text,
        id=f"edit-{field}",
        class_name="plain-button",
        on_click=page.edit(field),
        custom_attrs={"data-key": "e"} | opens_draft(draft),
        **props,
    )


def text_editor(page: type[InPlaceEditing], field: str, text: rx.Var, draft: Any) -> rx.Component:
    """The editor of a long text."""
    return rx.el.form(
        key_field(),
        rx.el.input(type="hidden", name="field", value=field),
        rx.el.textarea(name="was", default_value=text, hidden=True, read_only=True),
        rx.el.textarea(
            name="value", default_value=text, rows="12", auto_focus=True, aria_labelledby=f"heading-{field}"
        ),
        rx.el.div(page.errors[field], class_name="problem", role="alert"),
        rx.el.div(
            rx.el.button(
                "Save", type="submit", class_name="primary", custom_attrs=focus_next(f"edit-{field}")
            ),
            rx.el.button(
                "Cancel",
                type="button",
                on_click=page.cancel,
                custom_attrs={"data-escape": ""} | focus_next(f"edit-{field}"),
            ),
            draft_note(),
            class_name="row",
        ),
        on_submit=page.save,
        class_name="stack",
        custom_attrs=drafted(draft),
    )
