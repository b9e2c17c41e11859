"""Forms that keep unsaved text in the browser, with `assets/browser/drafts.js`."""

from typing import Any

import reflex as rx


def drafted(name: Any) -> dict[str, Any]:
    """Return the attributes of a form with a draft; its name says which field of which row it edits."""
    return {"data-draft": name}


def merged_draft(name: Any, side: str) -> dict[str, Any]:
    """Return the attributes of one text of a conflict, `mine` or `theirs`, in an editor with this draft.

    Its draft is offered again only beside the same newer text; saving it ends the editor's draft as well.
    """
    return {"data-draft": f"{name}:{side}", "data-merges": name}


def opens_draft(name: Any) -> dict[str, Any]:
    """Return the attributes of the button that opens such a form and shows that it has a draft."""
    return {"data-opens-draft": name}


def forgets_drafts() -> dict[str, str]:
    """Return the attributes of a form that signs out or deletes the account and removes all drafts."""
    return {"data-forgets": ""}


def leaves_drafts(end: Any) -> dict[str, Any]:
    """Return the attributes that remove drafts at once if a session `ended`, an hour after it `expired`."""
    return {"data-session-end": end}


def draft_note() -> rx.Component:
    """A note that a draft was restored, with a button to discard it; a script shows it."""
    return rx.el.div(
        "Draft restored",
        rx.el.span("·", aria_hidden="true"),
        rx.el.button("Discard", type="button", class_name="link", custom_attrs={"data-discards": ""}),
        hidden=True,
        role="status",
        class_name="draft-note",
        custom_attrs={"data-draft-note": ""},
    )
