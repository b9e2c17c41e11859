"""`/import`: a file or a pasted table to import, and earlier imports."""

import reflex as rx

from tracker.components.drafts import draft_note, drafted
from tracker.components.form_fields import long_field
from tracker.components.idempotency import idempotent, key_field, submission_key
from tracker.components.shell import shell, topbar
from tracker.shapes.imports import ImportItem
from tracker.state.imports import Imports, PasteTable

ACCEPTS = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.xlsb,.ods,.json,.md,.zip"


def imports() -> rx.Component:
    """The page in its frame."""
    return shell(
        rx.el.div(
            problem(),
            rx.el.p(
                "Bring in your search from LinkedIn, Huntr, Teal, Simplify, another tracker or a spreadsheet. "
                "You see what each row would do before anything is saved, and you can undo the import.",
                class_name="quiet",
            ),
            upload_form(),
            rx.el.p("or", class_name="quiet or", aria_hidden="true"),
            paste_form(),
            rx.cond(Imports.imports.length() > 0, past_imports()),
            class_name="page importing",
        ),
        here="Applications",
        topbar=topbar("Import", rx.el.a("Applications", href="/applications", class_name="button push")),
    )


def problem() -> rx.Component:
    """The error of a refused file."""
    return rx.el.div(
        rx.cond(
            Imports.problem != "",
            rx.el.div(
                rx.el.strong("The file wasn't read. "), Imports.problem, class_name="warning", id="problem"
            ),
        ),
        role="alert",
    )


def upload_form() -> rx.Component:
    """A file; browsers send it without the socket."""
    return rx.el.form(
        key_field(),
        rx.el.div(
            rx.el.label("File", html_for="import-file"),
            rx.el.input(
                type="file", id="import-file", name="file", accept=ACCEPTS, required=True, aria_describedby="import-file-hint"
            ),
            rx.el.span(
                "CSV, a spreadsheet (Excel, LibreOffice), JSON, a Markdown table, or a ZIP such as LinkedIn's export; up to 20 MB.",
                id="import-file-hint",
                class_name="quiet small",
            ),
            class_name="field",
        ),
        rx.el.button("Read the file", type="submit", class_name="primary"),
        action="/import/file",
        method="post",
        enc_type="multipart/form-data",
        on_submit=None,
        class_name="stack",
        aria_label="File",
    )  # fmt: skip


def paste_form() -> rx.Component:
    """A table copied from a spreadsheet or a page."""
    return rx.el.form(
        key_field(),
        long_field(
            "import", "text", "Paste a table", PasteTable.errors, rows="6",
            placeholder="With its headers, as copied from a spreadsheet",
        ),
        rx.el.div(rx.el.button("Read the table", type="submit"), draft_note(), class_name="row"),
        on_submit=PasteTable.save,
        class_name="stack",
        aria_label="Paste a table",
        custom_attrs={"noValidate": True} | drafted("import"),
    )  # fmt: skip


def past_imports() -> rx.Component:
    """The earlier imports, the latest first."""
    return rx.el.section(
        rx.el.h2("Earlier imports"),
        rx.el.ul(rx.foreach(Imports.imports, past_import), class_name="plain lines"),
        class_name="section",
        aria_label="Earlier imports",
    )


def past_import(item: rx.Var[ImportItem]) -> rx.Component:
    """One import with its result, and Undo."""
    undoes = f"undo:{item.id}"
    return rx.el.li(
        rx.el.div(
            rx.el.a(item.name, href=f"/import/{item.id}", class_name="opens clip"),
            rx.el.div(item.summary, class_name="small quiet"),
            class_name="titles",
        ),
        rx.el.span(item.when, class_name="push small quiet nowrap"),
        rx.cond(
            item.can_undo,
            rx.el.button(
                "Undo",
                on_click=Imports.undo(item.id, submission_key(undoes)),
                custom_attrs=idempotent(undoes),
                aria_label=f"Undo the import of {item.name}",
                class_name="over",
            ),
        ),
        class_name="line",
        key=item.id,
    )
