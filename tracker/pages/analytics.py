"""`/analytics`: the figures of the search."""

from typing import Any

import reflex as rx

from tracker.components.charts import (
    answer_curve,
    bars_of,
    figure,
    heat_map,
    sankey,
    week_bars,
)
from tracker.components.day_field import day_field
from tracker.components.dialogs import opens
from tracker.components.form_fields import clear_button
from tracker.components.navigation import Address
from tracker.components.search_field import SearchInput
from tracker.components.shell import add_button, shell, topbar
from tracker.shapes.analytics import Analytics, Table
from tracker.shapes.figures import PERIODS, NamedRate
from tracker.state.analytics import AnalyticsView

State = AnalyticsView


def analytics() -> rx.Component:
    """The page in its frame."""
    return shell(
        filter_bar(),
        rx.cond(
            State.shown,
            rx.cond(
                State.shown.is_empty,
                welcome(),
                rx.fragment(rx.cond(State.shown.is_none_selected, nothing_selected()), whole(State.shown)),
            ),
            bones(),
        ),
        Address.create(shown=State.address),
        here="Analytics",
        topbar=topbar("Analytics", add_button()),
    )


def filter_bar() -> rx.Component:
    """The filters of the figures; all of them are in the address."""
    return rx.el.div(
        choice("period", "Period", list(PERIODS.items()), default="All time"),
        bound("since", "Applied from"),
        bound("until", "Applied until"),
        words_in_use("source", "Source", State.sources),
        words_in_use("tag", "Tag", State.tags),
        SearchInput.create(
            placeholder="Role",
            aria_label="Role",
            default_value=State.selection.role,
            mark=State.loaded,
            on_change=lambda words: State.search_role(words, State.loaded).debounce(200),
            auto_complete="off",
            class_name="role",
        ),
        clear_button(State.is_narrowed, State.clear_filters),
        rx.cond(State.shown, rx.el.span(State.shown.counted, class_name="small quiet push", role="status")),
        class_name="filters analytics-filters",
        role="search",
        aria_label="Filters",
    )


def choice(field: str, label: str, options: list[tuple[str, str]], default: str) -> rx.Component:
    """A filter with fixed options."""
    return rx.el.select(
        *[rx.el.option(shown, value=value) for value, shown in options],
        value=getattr(State.selection, field),
        on_change=lambda value: State.narrow(field, value),
        aria_label=label,
        title=default,
    )


def bound(field: str, label: str) -> rx.Component:
    """A filter for the first or last day of the period."""
    return rx.el.label(
        rx.el.span(label, class_name="small quiet"),
        day_field(
            default_value=getattr(State.selection, field),
            key=State.bounds_set,
            on_day=lambda day: State.bound(field, day),
        ),
        class_name="row",
    )


def words_in_use(field: str, label: str, options: rx.Var) -> rx.Component:
    """A filter with the values in use as options."""
    return rx.el.select(
        rx.el.option(label, value=""),
        rx.foreach(options, lambda word: rx.el.option(word, value=word, key=word)),
        value=getattr(State.selection, field),
        on_change=lambda value: State.narrow(field, value),
        aria_label=label,
    )


def whole(shown: rx.Var[Analytics]) -> rx.Component:
    """Every figure, the broadest first."""
    return rx.el.div(
        rates(shown),
        figure(shown.flow, rx.cond(shown.is_none_selected, none_sent(), sankey(shown))),
        figure(shown.weeks, week_bars(shown)),
        rx.el.div(
            figure(shown.funnel, bars_of(shown.funnel, 2)),
            standing(shown),
            figure(
                shown.waiting,
                rx.cond(
                    shown.has_waiting,
                    answer_curve(shown),
                    rx.el.p(
                        "Not enough data yet: at least five sent applications are needed.", class_name="quiet"
                    ),
                ),
            ),
            figure(shown.stays, bars_of(shown.stays, 3), twin=False),
            rx.foreach(shown.breakdowns, breakdown),
            class_name="charts",
        ),
        figure(shown.activity, rx.cond(shown.heat.width > 0, heat_map(shown))),
        class_name="page sections analytics",
    )


def rates(shown: rx.Var[Analytics]) -> rx.Component:
    """The three rates, each with sample size and interval."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("Rates"),
            rx.el.a(
                "CSV", href=shown.rates_csv, download="", reload_document=True, class_name="push small",
                aria_label="Download as CSV: Rates",
            ),
        ),
        rx.el.div(rx.foreach(shown.rates, one_rate), class_name="figures-row"),
        rx.el.p("A rejection counts as a response; an automatic acknowledgement doesn't.", class_name="small quiet"),
        class_name="section",
        aria_label="Rates",
    )  # fmt: skip


def one_rate(of: rx.Var[NamedRate]) -> rx.Component:
    """One rate, linked to the applications it counts."""
    return rx.el.a(
        rx.el.span(of.label, class_name="small"),
        rx.el.span(rx.cond(of.rate.has_enough, of.rate.shown, "–"), class_name="value"),
        rx.el.span(
            rx.cond(
                of.rate.has_enough,
                f"{of.rate.of}, 95 % interval {of.rate.span}",
                f"not enough yet, {of.rate.of}",
            ),
            class_name="small quiet",
        ),
        href=of.address,
        class_name="figure",
        key=of.name,
    )


def breakdown(table: rx.Var[Table]) -> rx.Component:
    """The rates by one attribute."""
    return figure(
        table,
        rx.cond(
            table.rows.length() > 0,
            bars_of(table, 4),
            none_sent(),
        ),
    )


def none_sent() -> rx.Component:
    """A figure without data."""
    return rx.el.p("No applications were sent.", class_name="quiet")


def standing(shown: rx.Var[Analytics]) -> rx.Component:
    """The pipeline at the end of a day."""
    day: Any = day_field(
        default_value=shown.day,
        key=State.day_set,
        on_day=State.look_at,
        aria_label="Day",
        class_name="day-field",
    )
    return figure(shown.standing, bars_of(shown.standing, 1), twin=False, extra=day)


def nothing_selected() -> rx.Component:
    """A note that nothing matches the filters, above empty figures."""
    of = State.selection
    is_backwards = (of.since != "") & (of.until != "") & (of.since > of.until)
    return rx.el.div(
        rx.el.h2(rx.cond(is_backwards, "The period ends before it begins", "No results")),
        rx.el.p(
            rx.cond(
                is_backwards,
                "The day in “Applied from” comes after the one in “Applied until”.",
                "Choose a longer period or fewer filters.",
            ),
            class_name="quiet",
        ),
        rx.el.button("Clear filters", on_click=State.clear_filters),
        class_name="page empty",
    )


def welcome() -> rx.Component:
    """A placeholder for a user without data."""
    return rx.el.div(
        rx.el.h2("Your search in figures"),
        rx.el.p(
            "Once you have applied a few times, this page says how often companies answer, how long they take, "
            "and where applications end. Rates from fewer than five applications are left out because they would be misleading.",
            class_name="quiet",
        ),
        rx.el.button("Add your first application", class_name="primary", custom_attrs=opens("adding")),
        class_name="page empty",
    )


def bones() -> rx.Component:
    """A placeholder while the page loads."""
    return rx.el.div(
        *[rx.el.span(class_name="bone", width=width) for width in ("30%", "96%", "88%", "92%", "70%")],
        class_name="page stack",
        aria_hidden="true",
    )
