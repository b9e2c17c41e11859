"""The rows of an import with the verdict on each."""

import reflex as rx

from tracker.shapes.imports import CheckedRow, ImportPage
from tracker.state.imports import DataImportView

LABELS = {"new": "New", "update": "Updates", "same": "Unchanged", "problem": "Problems"}


def checked_rows(page: rx.Var[ImportPage]) -> rx.Component:
    """The rows by verdict, a page at a time."""
    return rx.el.section(
        rx.el.h2("Rows"),
        rx.el.div(
            verdict_button(page, "", "All"),
            *[
                rx.cond(
                    page.counts.get(verdict, "0") != "0",
                    verdict_button(page, verdict, f"{label} {page.counts.get(verdict, '0')}"),
                )
                for verdict, label in LABELS.items()
            ],
            class_name="switch",
            role="group",
            aria_label="Show rows",
        ),
        rx.el.table(
            rx.el.caption("Rows of the file", class_name="hidden"),
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("Row", scope="col", class_name="cell-number", width="10%"),
                    rx.el.th("Entry", scope="col"),
                    rx.el.th("Result", scope="col", width="14%"),
                    rx.el.th("Detail", scope="col", width="38%"),
                )
            ),
            rx.el.tbody(rx.foreach(page.rows, row)),
            class_name="table checked",
        ),
        pager(page),
        class_name="section",
        aria_label="Rows",
    )


def verdict_button(page: rx.Var[ImportPage], verdict: str, label: str | rx.Var[str]) -> rx.Component:
    """The button that shows the rows of one verdict."""
    return rx.el.button(
        label,
        type="button",
        on_click=DataImportView.narrow(verdict),
        aria_pressed=(page.verdict == verdict).to_string(),
    )


def row(item: rx.Var[CheckedRow]) -> rx.Component:
    """One row of the file."""
    return rx.el.tr(
        rx.el.td(item.number, class_name="cell-number figures quiet", title=item.sheet),
        rx.el.td(item.title, class_name="cell-role", title=item.title),
        rx.el.td(
            rx.match(
                item.verdict,
                *ROW_LABELS.items(),
                "",
            ),
            class_name="cell-stage",
            custom_attrs={"data-verdict": item.verdict},
        ),
        rx.el.td(item.detail, class_name="cell-company", title=item.detail),
    )


ROW_LABELS = {"new": "New", "update": "Update", "same": "Unchanged", "problem": "Problem"}


def pager(page: rx.Var[ImportPage]) -> rx.Component:
    """Previous and next page, if there is more than one."""
    return rx.cond(
        page.last > 1,
        rx.el.nav(
            rx.el.button(
                "Previous", on_click=DataImportView.turn_page(False), disabled=page.number == 1, custom_attrs={"data-key": "["}
            ),
            rx.el.button(
                "Next", on_click=DataImportView.turn_page(True), disabled=page.number == page.last, custom_attrs={"data-key": "]"}
            ),
            rx.el.span(f"Page {page.number} of {page.last}", class_name="quiet small"),
            class_name="pager",
            aria_label="Pages",
        ),
    )  # fmt: skip
