"""Export of everything, and loading of an export, in Settings."""

import reflex as rx

from tracker.components.account import sign_in_again
from tracker.components.idempotency import idempotent, key_field, submission_key
from tracker.shapes.archives import ArchiveItem
from tracker.state.archives import Archives


def your_data() -> rx.Component:
    """The section of the user's data."""
    return rx.el.section(
        rx.el.h2("Your data"),
        rx.el.p(
            "Export everything to one ZIP file: all data as JSON, lists as CSV, and cover letters as files. "
            "It can be loaded into another account of Pursuit, here or elsewhere.",
            class_name="quiet",
        ),
        rx.cond(Archives.data, rx.fragment(export(), loading())),
        id="data",
        class_name="section stack",
        aria_label="Your data",
    )


def export() -> rx.Component:
    """The status of the last export, and the button that requests a new export."""
    return rx.fragment(
        rx.cond(Archives.data.export, archive(Archives.data.export)),
        rx.cond(
            Archives.needs_sign_in,
            sign_in_again("Sign in again to export everything", "data"),
            rx.el.div(
                rx.cond(Archives.data.export & Archives.data.export.can_download, download_form()),
                rx.el.button(
                    rx.icon("download", size=16),
                    "Export everything",
                    on_click=Archives.request_export(submission_key("export")),
                    custom_attrs=idempotent("export"),
                ),
                class_name="row",
            ),
        ),
    )


def archive(item: rx.Var[ArchiveItem]) -> rx.Component:
    """The status of an export or upload, with its progress."""
    return rx.el.p(
        item.status,
        rx.cond(item.is_working & (item.progress > 0), f", {item.progress} %", ""),
        class_name=rx.cond(item.is_failed, "problem", "figures"),
        role="status",
    )


def download_form() -> rx.Component:
    """The button that downloads the export, once."""
    return rx.el.form(
        rx.el.button("Download", type="submit", class_name="primary"),
        action=f"/exports/everything/{Archives.data.export.id}",
        method="post",
        target="_blank",  # Submitting into this page would close its socket, though the page stays.
        on_submit=None,
    )


def loading() -> rx.Component:
    """The form that loads an export, or why it can't be loaded here."""
    return rx.fragment(
        rx.el.h3("Load an export"),
        rx.cond(Archives.data.upload, archive(Archives.data.upload)),
        rx.cond(Archives.problem != "", rx.el.p(Archives.problem, class_name="problem", role="alert")),
        rx.cond(
            Archives.data.is_empty,
            rx.el.form(
                key_field(),
                rx.el.div(
                    rx.el.label("File", html_for="export-file"),
                    rx.el.input(
                        type="file", id="export-file", name="file", accept=".zip,.json,application/zip,application/json",
                        required=True, aria_describedby="export-file-hint",
                    ),
                    rx.el.span("The ZIP file of an export, up to 50 MB.", id="export-file-hint", class_name="quiet small"),
                    class_name="field",
                ),
                rx.el.div(rx.el.button("Load the export", type="submit"), class_name="row"),
                action="/exports/upload", method="post", enc_type="multipart/form-data", on_submit=None, class_name="stack",
            ),
            rx.el.p(
                "An export can be loaded into an empty account. This one holds data.", class_name="quiet"
            ),
        ),
    )  # fmt: skip
