"""The menu that downloads a list as it is filtered."""

from typing import Any

import reflex as rx

KINDS = (("csv", "CSV"), ("xlsx", "Excel (XLSX)"))


def export_menu(name: str, address: Any) -> rx.Component:
    """A menu with a link for each kind of file; `address` is the list's, with its filters."""
    return rx.el.details(
        rx.el.summary(rx.icon("download", size=14), class_name="button", aria_label="Export", title="Export"),
        rx.el.ul(
            *[
                rx.el.li(
                    rx.el.a(
                        label,
                        href=address.replace(f"/{name}", f"/exports/{name}.{kind}"),
                        download="",
                        reload_document=True,
                        aria_label=f"Export as {label}",
                    )
                )
                for kind, label in KINDS
            ],
            class_name="sheet plain",
        ),
        class_name="picker exports push",
    )
