"""`/import/[import_id]`: one import, from its mapping to its report."""

import reflex as rx

from tracker.components.idempotency import idempotent, submission_key
from tracker.components.import_mapping import columns, questions
from tracker.components.import_rows import checked_rows
from tracker.components.shell import shell, topbar
from tracker.shapes.imports import ImportPage
from tracker.state.imports import DataImportView


def data_import() -> rx.Component:
    """The page in its frame."""
    page = DataImportView.shown
    return shell(
        rx.el.div(
            rx.cond(
                page,
                rx.match(
                    page.state,
                    ("failed", failed(page)),
                    ("applying", applying(page)),
                    ("applied", report(page)),
                    ("undone", undone(page)),
                    pending(page),
                ),
                rx.cond(DataImportView.is_missing, missing(), bones()),
            ),
            class_name="page importing",
        ),
        here="Applications",
        topbar=topbar(
            rx.cond(page, page.name, "Import"),
            rx.el.a("All imports", href="/import", class_name="button push"),
        ),
    )


def pending(page: rx.Var[ImportPage]) -> rx.Component:
    """The mapping, the questions and the dry run of an import that has changed nothing yet."""
    return rx.fragment(
        rx.el.p(
            rx.cond(
                page.state == "reading",
                rx.cond(page.sheets.length() > 0, "Checking the rows.", f"Reading {page.name}. This page shows it as soon as it is read."),
                rx.cond(
                    page.open_questions != "",
                    f"{page.open_questions} to answer before you can import.",
                    rx.cond(page.summary != "", f"Nothing is saved yet. Rows of the file: {page.summary}.", "No row to import."),
                ),
            ),
            role="status",
        ),
        rx.cond(page.reason != "", rx.el.p(page.reason, class_name="warning", role="alert")),
        rx.cond(
            page.sheets.length() > 0,
            rx.fragment(questions(page), columns(page), checked_rows(page)),
            bones(),
        ),
        rx.el.footer(apply_button(page), discard_button(), class_name="row keeping"),
    )  # fmt: skip


def apply_button(page: rx.Var[ImportPage]) -> rx.Component:
    """Imports every row that is new or adds something."""
    applies = f"apply:{page.id}"
    return rx.el.button(
        "Import these rows",
        type="button",
        class_name="primary",
        disabled=~page.can_apply,
        on_click=DataImportView.apply(submission_key(applies)),
        custom_attrs=idempotent(applies),
    )


def discard_button() -> rx.Component:
    """Drops the file; nothing was saved from it."""
    return rx.el.button(
        "Discard",
        type="button",
        on_click=DataImportView.discard(submission_key("discard")),
        custom_attrs=idempotent("discard"),
    )


def applying(page: rx.Var[ImportPage]) -> rx.Component:
    """The progress of an import."""
    return rx.el.div(
        rx.el.p("Importing. You can leave this page; the import goes on.", role="status"),
        rx.el.progress(value=page.progress.to_string(), max="100", aria_label="Progress of the import"),
        class_name="stack",
    )


def report(page: rx.Var[ImportPage]) -> rx.Component:
    """The result of an import, with Undo."""
    undoes = f"undo:{page.id}"
    return rx.fragment(
        rx.el.div(
            rx.el.p(f"Imported. Rows of the file: {page.summary}.", role="status"),
            rx.el.div(
                rx.el.a("Show applications", href="/applications", class_name="button primary"),
                rx.el.button(
                    "Undo the import",
                    type="button",
                    on_click=DataImportView.undo(submission_key(undoes)),
                    custom_attrs=idempotent(undoes),
                ),
                class_name="row wrap",
            ),
            rx.el.p(
                "Undo removes what this import added, until you change something of it.",
                class_name="quiet small",
            ),
            class_name="stack",
        ),
        checked_rows(page),
    )


def undone(page: rx.Var[ImportPage]) -> rx.Component:
    """A note that the import was undone."""
    return rx.fragment(
        rx.el.p(
            "This import was undone: what it added is removed, what it filled is empty again.", role="status"
        ),
        checked_rows(page),
    )


def failed(page: rx.Var[ImportPage]) -> rx.Component:
    """The reason why a file can't be imported."""
    return rx.el.div(
        rx.el.h2("This file couldn't be imported"),
        rx.el.p(page.reason, class_name="quiet"),
        rx.el.div(
            rx.el.a("Choose another file", href="/import", class_name="button primary"),
            discard_button(),
            class_name="row wrap",
        ),
        class_name="empty",
        role="alert",
    )


def missing() -> rx.Component:
    """A note that there is no such import."""
    return rx.el.div(
        rx.el.h2("No such import"),
        rx.el.p("It was discarded, replaced by another file, or isn't yours.", class_name="quiet"),
        rx.el.a("Import a file", href="/import", class_name="button primary"),
        class_name="empty",
    )


def bones() -> rx.Component:
    """A placeholder while the page loads."""
    return rx.el.div(
        *[rx.el.span(class_name="bone", width=width) for width in ("48%", "80%", "72%", "64%")],
        class_name="stack",
        aria_hidden="true",
    )
