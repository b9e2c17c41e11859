"""Forms whose half-written text survives in the browser, together with `assets/browser/drafts.js`."""

from typing import Any

import reflex as rx


def drafted(name: Any) -> dict[str, Any]:
    """Attributes of a form that keeps a draft under this name, which says what it edits and of which thing."""
    return {"data-draft": name}


def merged_draft(name: Any, side: str) -> dict[str, Any]:
    """Attributes of a form with one text of a conflict, `mine` or `theirs`, in an editor whose drafts have this name.

    Its draft is offered again only beside the same newer text; saving it ends the editor's draft as well.
    """
    return {"data-draft": f"{name}:{side}", "data-merges": name}


def opens_draft(name: Any) -> dict[str, Any]:
    """Attributes of the button that opens such a form: it says so while there is a draft."""
    return {"data-opens-draft": name}


def forgets_drafts() -> dict[str, str]:
    """Attributes of a form that ends the session in this browser, or the account: no draft is left behind."""
    return {"data-forgets": ""}


def leaves_drafts(end: Any) -> dict[str, Any]:
    """Attributes of the page of a browser without a session: drafts are removed at once if it was `ended`, an hour after it `expired`."""
    return {"data-session-end": end}


def draft_note() -> rx.Component:
    """Say that a draft was restored, and offer to discard it; the script shows it."""
    return rx.el.div(
        "Draft restored",
        rx.el.span("·", aria_hidden="true"),
        rx.el.button("Discard", type="button", class_name="link", custom_attrs={"data-discards": ""}),
        hidden=True,
        role="status",
        class_name="draft-note",
        custom_attrs={"data-draft-note": ""},
    )
