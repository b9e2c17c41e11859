"""The analytics page, and each figure as a CSV file."""

import csv
import io
from dataclasses import replace
from datetime import date

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.services import plurals
from tracker.services.figures.activity import activity, standing
from tracker.services.figures.all_figures import cached_figures, counted, figures, requested_day
from tracker.services.figures.exports import export_table
from tracker.services.figures.incremental_counts import Fingerprint, fingerprint
from tracker.services.figures.tables import NAMES, of_days, tables
from tracker.services.filter_choices import sources_and_tags
from tracker.services.spreadsheet_cells import escape_cell
from tracker.shapes.analytics import Analytics, TableRow
from tracker.shapes.charts import PLOT, Heat, Tick, bars, curve, heat, sankey
from tracker.shapes.dates import exact_day, week_of
from tracker.shapes.figures import ActiveDay, Figures, Point, Selection

BYTE_ORDER_MARK = "\ufeff"
LINES = 40
"""Most lines of a long table on the page; the file has them all."""


def analytics(scope: Scope, selection: Selection, day: str = "") -> Analytics:
    """Return everything the page shows of a selection, and of the requested day's pipeline."""
    return _shown(scope, selection, day, fingerprint(scope))


def _shown(scope: Scope, selection: Selection, day: str, now: Fingerprint) -> Analytics:
    day_counts = activity(scope, selection)
    status_counts = standing(scope, selection, requested_day(scope, day), now.stands)
    table = of_days(scope, selection, day_counts, status_counts, with_rows=False)
    return replace(
        cached_figures(scope, selection, application_figures, now),
        activity=replace(
            table["activity"],
            rows=_by_week(scope, selection.without_period, day_counts),
            heads=["Week", "Changes"],
        ),
        heat=_drawn(scope, day_counts),
        standing=table["standing"],
        day=status_counts.day,
    )


def _drawn(scope: Scope, days: list[ActiveDay]) -> Heat:
    """Return the days as a heat map whose columns start with the user's first day of the week."""
    skipped = (days[0].day - week_of(days[0].day, scope.who.week_start)).days if days else 0
    return heat([(day, exact_day(day.day, scope.who.locale)) for day in days], skipped)


def application_figures(scope: Scope, selection: Selection, now: Fingerprint) -> Analytics:
    """Return what the page shows of the applications themselves, without what it shows of days."""
    all_figures = counted(scope, selection, now)
    thinned = replace(all_figures.waiting, points=_thinned(all_figures.waiting.points))
    table = tables(scope, selection, replace(all_figures, waiting=thinned))
    tallest = max([scope.who.weekly_goal, 1, *(week.count for week in all_figures.weeks)])
    return Analytics(
        is_empty=all_figures.n == 0 and selection == Selection(),
        is_none_selected=all_figures.n == 0 and selection != Selection(),
        counted=f"{plurals.counted(all_figures.n, 'application')}, {all_figures.sent:,} of them sent",
        rates=all_figures.rates,
        rates_csv=table["rates"].csv,
        flow=table["flow"],
        sankey=sankey(all_figures.flow),
        funnel=table["funnel"],
        weeks=replace(table["weeks"], rows=table["weeks"].rows[::-1][:LINES]),
        bars=_bars(all_figures, tallest),
        bar_ticks=_ends(all_figures),
        goal=_goal(scope, tallest),
        breakdowns=[table[breakdown.name] for breakdown in all_figures.breakdowns],
        stays=table["stays"],
        waiting=table["waiting"],
        has_waiting=all_figures.waiting.has_enough,
        curve=curve(all_figures.waiting.points),
        behind_a_day=selection.without_period.behind("did:"),
    )


def page_with_filters(
    scope: Scope, selection: Selection, day: str = ""
) -> tuple[Analytics, tuple[list[str], list[str]]]:
    """Return the page, and the sources and tags to filter by."""
    now = fingerprint(scope)
    return _shown(scope, selection, day, now), cached_figures(scope, Selection(), _offers, now)


def _offers(scope: Scope, _: Selection, __: Fingerprint) -> tuple[list[str], list[str]]:
    return sources_and_tags(scope)


def as_csv(scope: Scope, selection: Selection, name: str, day: str = "") -> str:
    """Return a figure as a CSV file that starts with a byte order mark; NotFound for an unknown one."""
    if name not in NAMES:
        raise NotFound("figure")
    all_figures = figures(scope, selection, day)
    heads, rows = export_table(name, all_figures, tables(scope, selection, all_figures)[name])
    buffer = io.StringIO()
    csv.writer(buffer).writerows([escape_cell(cell) for cell in row] for row in (heads, *rows))
    return BYTE_ORDER_MARK + buffer.getvalue()


def _bars(of: Figures, most: int) -> list[list[str]]:
    return bars(
        [
            (week.count, week.reached_goal, f"{week.exact}: {week.count}", address)
            for week, address in zip(of.weeks, of.weeks_addresses, strict=True)
        ],
        most,
    )


def _goal(scope: Scope, most: int) -> list[Tick]:
    """Return the height of the goal, where there is one."""
    goal = scope.who.weekly_goal
    return [Tick(round(PLOT * (1 - goal / most), 2), f"Goal: {goal}")] if goal else []


def _ends(of: Figures) -> list[Tick]:
    """Return the labels of some weeks, six at most, none of which reaches over the edge."""
    every = -(-len(of.weeks) // 6)
    return [
        Tick(round(100 * n / len(of.weeks), 2), of.weeks[n].label) for n in range(0, len(of.weeks), every)
    ]


def _thinned(points: list[Point]) -> list[Point]:
    """Return all points, or evenly chosen ones, the first and the last among them."""
    if len(points) <= LINES:
        return points
    every = -(-(len(points) - 1) // (LINES - 1))
    return [*points[:-1:every], points[-1]]


def _by_week(scope: Scope, of: Selection, days: list[ActiveDay]) -> list[TableRow]:
    weeks: dict[date, int] = {}
    for day in days:
        first = week_of(day.day, scope.who.week_start)
        weeks[first] = weeks.get(first, 0) + day.count
    return [
        TableRow(exact_day(first, scope.who.locale), [str(count)], of.behind(f"did:{first}:week"))
        for first, count in reversed(weeks.items())
        if count
    ]
