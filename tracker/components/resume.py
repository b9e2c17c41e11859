"""Importing a resume as a file or as pasted text."""

import reflex as rx

from tracker.components.dialogs import modal, opens
from tracker.components.drafts import draft_note, drafted
from tracker.components.form_fields import long_field
from tracker.components.idempotency import key_field
from tracker.state.resume import PasteResume

ACCEPTS = ".pdf,.docx,.txt,.md,.json,application/pdf,text/plain,text/markdown,application/json"


def import_button(look: str = "") -> rx.Component:
    """A button that opens the import dialog."""
    return rx.el.button(
        rx.icon("file-up", size=16), "Import a resume", class_name=look, custom_attrs=opens("importing")
    )


def import_dialog() -> rx.Component:
    """A file, or pasted text; both are reviewed before anything is saved."""
    return modal(
        rx.el.div(
            rx.el.p("You see what was read, and choose what to keep.", class_name="quiet"),
            rx.el.form(
                key_field(),
                rx.el.div(
                    rx.el.label("File", html_for="importing-file"),
                    rx.el.input(type="file", id="importing-file", name="file", accept=ACCEPTS, required=True,
                                aria_describedby="importing-file-hint", custom_attrs={"data-first": ""}),
                    rx.el.span("PDF, Word (.docx), text, Markdown or JSON Resume; up to 5 MB and 20 pages.",
                               id="importing-file-hint", class_name="quiet small"),
                    class_name="field",
                ),
                rx.el.button("Read the file", type="submit", class_name="primary"),
                action="/profile/resume", method="post", enc_type="multipart/form-data", on_submit=None, class_name="stack",
            ),
            rx.el.p("or", class_name="quiet or", aria_hidden="true"),
            rx.el.form(
                key_field(),
                long_field("importing", "text", "Paste the text", PasteResume.errors, rows="8",
                           placeholder="The whole resume, as it is"),
                rx.el.div(rx.el.button("Read the text", type="submit", class_name="primary"), draft_note(), class_name="row"),
                on_submit=PasteResume.save, class_name="stack", custom_attrs={"noValidate": True} | drafted("resume"),
            ),
            class_name="inside bringing",
        ),
        id="importing",
        title="Import a resume",
        done=PasteResume.done,
    )  # fmt: skip
