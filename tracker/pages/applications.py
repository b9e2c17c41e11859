"""`/applications`: the list as a table and as a board."""

import reflex as rx

from tracker.components.applications_board import board
from tracker.components.applications_table import column_picker, table
from tracker.components.dialogs import modal
from tracker.components.export_menu import export_menu
from tracker.components.form_fields import clear_button
from tracker.components.navigation import Address
from tracker.components.optimistic_controls import exclusive_buttons, optimistic_select
from tracker.components.palette import command
from tracker.components.score import reasons_popover
from tracker.components.search_field import search_field
from tracker.components.shell import add_button, shell, topbar
from tracker.shapes.enumerations import Outcome, Stage, Workplace, choices
from tracker.shapes.filters import DUE, SORTS
from tracker.state.applications import Applications, CloseApplication


def applications() -> rx.Component:
    """The page in its frame."""
    return shell(
        filter_bar(),
        rx.cond(Applications.filters.view == "board", board(), table()),
        closing_dialog(),
        reasons_popover(),
        Address.create(shown=Applications.address),
        here="Applications",
        topbar=topbar(
            "Applications",
            view_switch(),
            import_link(),
            export_menu("applications", Applications.address),
            add_button(),
        ),
        commands=[
            command("Show as a table", "list", key="t", on_click=Applications.narrow("view", "table")),
            command("Show as a board", "columns-3", key="b", on_click=Applications.narrow("view", "board")),
            command("Clear filters", "filter-x", on_click=Applications.clear_filters),
            command("Select all on this page", "list-checks", on_click=Applications.select_all(True)),
        ],
    )


def import_link() -> rx.Component:
    """A link to the page that imports applications from files."""
    return rx.el.a(
        rx.icon("file-up", size=16), "Import", href="/import", class_name="button plain-button import-link"
    )


def view_switch() -> rx.Component:
    """Table or board, with the same filters."""
    return rx.el.div(
        *[
            rx.el.button(
                rx.icon(icon, size=14),
                label,
                on_click=Applications.narrow("view", view),
                aria_pressed=(Applications.filters.view == view).to_string(),
                custom_attrs={"data-key": key},
            )
            for view, label, icon, key in (
                ("table", "Table", "list", "t"),
                ("board", "Board", "columns-3", "b"),
            )
        ],
        class_name="switch",
        role="group",
        aria_label="View",
        custom_attrs=exclusive_buttons(),
    )


def filter_bar() -> rx.Component:
    """Search and filters; all of them are in the address."""
    return rx.el.div(
        search_field("Search applications", Applications, Applications.filters.q),
        rx.el.button(
            rx.icon("list-filter", size=16),
            class_name="icon-button only-phone",
            aria_label="Filters",
            custom_attrs={"data-toggles": "filters"},
        ),
        narrows(),
        chip("behind", Applications.behind),
        chip("role", Applications.filters.role, "Role"),
        chip("since", Applications.filters.since, "Applied from"),
        chip("until", Applications.filters.until, "Applied until"),
        clear_button(~Applications.is_plain, Applications.clear_filters),
        rx.cond(
            Applications.filters.view == "table",
            rx.fragment(
                rx.el.span(Applications.count_label, class_name="quiet small push nowrap", role="status"),
                column_picker(),
            ),
        ),
        class_name="filters",
        role="search",
        aria_label="Filters",
    )


def narrows() -> rx.Component:
    """All filters."""
    return rx.el.div(
        narrow("stage", "Stage", [("open", "Open"), *choices(Stage)]),
        narrow("outcome", "Outcome", choices(Outcome)),
        narrow("due", "Due", list(DUE.items())),
        narrow("workplace", "Workplace", choices(Workplace)),
        narrow_to("source", "Source", Applications.sources),
        narrow_to("tag", "Tag", Applications.tags),
        rx.cond(Applications.filters.view == "table", order_of_list()),
        class_name="narrows",
    )


def order_of_list() -> rx.Component:
    """The order of the list on a phone, where the table has no header to sort by."""
    return rx.el.div(
        optimistic_select(
            *[rx.el.option(f"Sort by {label.lower()}", value=sort) for sort, label in SORTS.items()],
            value=Applications.filters.sort,
            on_change=Applications.sort,
            aria_label="Sort by",
        ),
        rx.el.button(
            rx.icon("arrow-up-down", size=16),
            class_name="icon-button",
            on_click=Applications.sort(Applications.filters.sort),
            aria_label=rx.cond(
                Applications.is_descending, "Descending; sort ascending", "Ascending; sort descending"
            ),
        ),
        class_name="row only-phone",
    )


def chip(field: str, value: rx.Var, label: str = "") -> rx.Component:
    """A filter that came with the address, as from a figure; it can only be removed."""
    words = rx.el.span(f"{label} ", value) if label else rx.el.span(value)
    return rx.cond(
        value != "",
        rx.el.button(
            words,
            rx.icon("x", size=12),
            class_name="chip",
            on_click=Applications.narrow(field, ""),
            title="Remove this filter",
        ),
    )


def narrow(field: str, label: str, options: list[tuple[str, str]]) -> rx.Component:
    """A filter with fixed options."""
    return optimistic_select(
        rx.el.option(label, value=""),
        *[rx.el.option(shown, value=value) for value, shown in options],
        value=getattr(Applications.filters, field),
        on_change=lambda value: Applications.narrow(field, value),
        aria_label=label,
    )


def narrow_to(field: str, label: str, options: rx.Var) -> rx.Component:
    """A filter with the values in use as options."""
    return optimistic_select(
        rx.el.option(label, value=""),
        rx.foreach(options, lambda word: rx.el.option(word, value=word, key=word)),
        value=getattr(Applications.filters, field),
        on_change=lambda value: Applications.narrow(field, value),
        aria_label=label,
    )


def closing_dialog() -> rx.Component:
    """The dialog that asks for the outcome when a card is dropped on Closed."""
    return modal(
        rx.el.div(
            *[
                rx.el.button(
                    rx.el.span(class_name="dot", custom_attrs={"data-outcome": value}),
                    label,
                    on_click=CloseApplication.close(value),
                    custom_attrs={"data-closes": ""},
                )
                for value, label in choices(Outcome)
            ],
            class_name="inside",
        ),
        id="closing",
        title="How did it end?",
        open_signal=CloseApplication.open_signal,
    )
