"""The table of applications, fifty per page."""

import reflex as rx

from tracker.components.application_columns import OPTIONAL_COLUMNS
from tracker.components.bulk_actions import bulk_bar
from tracker.components.card_parts import company_mark
from tracker.components.dialogs import opens
from tracker.components.optimistic_controls import optimistic_checkbox
from tracker.shapes.applications import Card
from tracker.shapes.filters import SORTS
from tracker.shapes.preferences import COLUMNS, DEFAULT_COLUMNS
from tracker.state.applications import Applications

ALWAYS = (("role", "Role", "role", "auto"), ("company", "Company", "company", "15%"))


def table() -> rx.Component:
    """The current page of the list, or a placeholder until it is loaded."""
    return rx.cond(
        Applications.loaded == "",
        placeholder(),
        rx.cond(
            Applications.cards.length() == 0, empty_list(), rx.fragment(filled_table(), bulk_bar(), pager())
        ),
    )


def filled_table() -> rx.Component:
    """The table with its header."""
    return rx.el.div(
        rx.cond(
            Applications.is_similar,
            rx.el.p(
                "No exact matches. Similar applications:",
                class_name="quiet small pager",
                role="status",
            ),
        ),
        rx.el.table(
            rx.el.caption("Applications", class_name="hidden"),
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(
                        optimistic_checkbox(
                            aria_label="Select all on this page",
                            leads="rows",
                            checked=Applications.selected.length() == Applications.cards.length(),
                            on_change=Applications.select_all,
                        ),
                        class_name="check",
                    ),
                    *[head(*column) for column in ALWAYS],
                    *[
                        only_if_shown(
                            column.name, head(column.name, column.heading, column.sort, column.width)
                        )
                        for column in OPTIONAL_COLUMNS
                    ],
                )
            ),
            rx.el.tbody(rx.foreach(Applications.cards, row)),
            class_name=rx.cond(Applications.visible.length() > len(DEFAULT_COLUMNS), "table many", "table"),
            custom_attrs={"style": {"--columns": Applications.visible.length().to_string()}},
        ),
        class_name="widens",
    )


def head(name: str, label: str, sort: str, width: str) -> rx.Component:
    """A column header; a sortable one is a button that shows the direction."""
    if not sort:
        return rx.el.th(label, scope="col", width=width, class_name=f"cell-{name}")
    filters = Applications.filters
    direction = rx.cond(
        filters.sort == sort, rx.cond(Applications.is_descending, "descending", "ascending"), "none"
    )
    arrow = rx.match(direction, ("descending", " ↓"), ("ascending", " ↑"), "")
    return rx.el.th(
        rx.el.button(label, arrow, on_click=Applications.sort(sort), title=f"Sort by {SORTS[sort].lower()}"),
        scope="col",
        width=width,
        class_name=f"cell-{name}",
        custom_attrs={"aria-sort": direction},
    )


def row(card: rx.Var[Card]) -> rx.Component:
    """One application."""
    return rx.el.tr(
        rx.el.td(
            rx.el.label(
                optimistic_checkbox(
                    follows="rows",
                    checked=Applications.selected.contains(card.id),
                    on_change=lambda on: Applications.select(card.id, on),
                    aria_label=f"Select {card.role} at {card.company}",
                ),
                class_name="over",
            ),
            class_name="check",
        ),
        rx.el.td(
            rx.el.a(card.role, href=f"/applications/{card.id}", class_name="opens"), class_name="cell-role"
        ),
        rx.el.td(
            rx.el.span(company_mark(card), rx.el.span(card.company, class_name="clip"), class_name="row"),
            class_name="cell-company",
        ),
        *[only_if_shown(column.name, column.cell(card)) for column in OPTIONAL_COLUMNS],
        key=card.id,
        custom_attrs={"data-item": card.id},
    )


def only_if_shown(name: str, cell: rx.Component) -> rx.Component:
    """Render a cell only while its column is shown."""
    return rx.cond(Applications.visible.contains(name), cell)


def column_picker() -> rx.Component:
    """A menu of columns to show."""
    return rx.el.details(
        rx.el.summary(
            rx.icon("settings-2", size=14), class_name="button", aria_label="Columns", title="Columns"
        ),
        rx.el.fieldset(
            rx.el.legend("Columns", class_name="hidden"),
            *[
                rx.el.label(
                    optimistic_checkbox(
                        checked=Applications.visible.contains(name),
                        on_change=lambda on, name=name: Applications.show_column(name, on),
                    ),
                    label,
                    class_name="row",
                )
                for name, label in COLUMNS.items()
            ],
            class_name="sheet",
        ),
        class_name="picker",
    )


def pager() -> rx.Component:
    """Previous and next page, if there is more than one."""
    return rx.cond(
        Applications.has_more | (Applications.page > 1),
        rx.el.nav(
            rx.el.button(
                "Previous",
                on_click=Applications.turn_page(False),
                disabled=Applications.page == 1,
                custom_attrs={"data-key": "["},
            ),
            rx.el.button(
                "Next",
                on_click=Applications.turn_page(True),
                disabled=~Applications.has_more,
                custom_attrs={"data-key": "]"},
            ),
            rx.el.span(f"Page {Applications.page}", class_name="quiet small"),
            class_name="pager",
            aria_label="Pages",
        ),
    )


def empty_list() -> rx.Component:
    """An empty list: no applications yet, or none that match the filters."""
    return rx.el.div(
        rx.cond(
            Applications.is_plain,
            rx.el.div(
                rx.el.h2("Every application in one place"),
                rx.el.p(
                    "Add the first job you want to pursue; a company and a role are enough.",
                    class_name="quiet",
                ),
                rx.el.button("Add application", class_name="primary", custom_attrs=opens("adding")),
                class_name="empty",
            ),
            rx.el.div(
                rx.el.h2("No results"),
                rx.el.p("No applications match this search and these filters.", class_name="quiet"),
                rx.cond(
                    Applications.filters.behind.startswith("did:"),
                    rx.el.p(
                        "Changes to the profile and contacts aren't listed here.",
                        class_name="quiet",
                    ),
                ),
                rx.el.button("Clear filters", on_click=Applications.clear_filters),
                class_name="empty",
            ),
        ),
        class_name="page",
        role="status",
    )


def placeholder() -> rx.Component:
    """A placeholder while the table loads."""
    return rx.el.div(
        *[
            rx.el.div(
                rx.el.span(class_name="bone", width=f"{30 + (n * 17) % 40}%"), class_name="line", key=str(n)
            )
            for n in range(12)
        ],
        class_name="lines page wide",
        aria_hidden="true",
    )
