"""The analytics page as it is shown, and each figure as a file."""

import csv
import io
from dataclasses import replace
from datetime import date

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.services.applications.listing import sources_and_tags
from tracker.services.figures.activity import activity, standing
from tracker.services.figures.files import sheet
from tracker.services.figures.page import asked_day, counted, figures, remembered
from tracker.services.figures.parts import Print, fingerprint
from tracker.services.figures.tables import NAMES, of_days, tables
from tracker.shapes.analytics import Analytics, TableRow
from tracker.shapes.charts import PLOT, Heat, Tick, bars, curve, heat, sankey
from tracker.shapes.dates import exact_day, week_of
from tracker.shapes.figures import ActiveDay, Figures, Point, Selection

BYTE_ORDER_MARK = "\ufeff"
LINES = 40
"""So many lines of a long table stand on the page; the file has them all."""


def analytics(scope: Scope, selection: Selection, day: str = "") -> Analytics:
    """Everything the page shows of a selection, and of the day whose pipeline was asked for."""
    return _shown(scope, selection, day, fingerprint(scope))


def _shown(scope: Scope, selection: Selection, day: str, now: Print) -> Analytics:
    done = activity(scope, selection)
    stood = standing(scope, selection, asked_day(scope, day), now.stands)
    table = of_days(scope, selection, done, stood, with_rows=False)
    return replace(
        remembered(scope, selection, still, now),
        activity=replace(
            table["activity"],
            rows=_by_week(scope, selection.without_period, done),
            heads=["Week", "Things done"],
        ),
        heat=_drawn(scope, done),
        standing=table["standing"],
        day=stood.day,
    )


def _drawn(scope: Scope, days: list[ActiveDay]) -> Heat:
    """The days as a map whose columns begin with the first day of the person's week."""
    skipped = (days[0].day - week_of(days[0].day, scope.who.week_start)).days if days else 0
    return heat([(one, exact_day(one.day, scope.who.locale)) for one in days], skipped)


def still(scope: Scope, selection: Selection, now: Print) -> Analytics:
    """What the page shows of the applications themselves; what it shows of days is left empty."""
    of = counted(scope, selection, now)
    shown = replace(of.waiting, points=_thinned(of.waiting.points))
    table = tables(scope, selection, replace(of, waiting=shown))
    most = max([scope.who.weekly_goal, 1, *(week.count for week in of.weeks)])
    return Analytics(
        is_empty=of.n == 0 and selection == Selection(),
        is_none_selected=of.n == 0 and selection != Selection(),
        counted=f"{of.n:,} applications, {of.sent:,} of them sent",
        rates=of.rates,
        rates_csv=table["rates"].csv,
        flow=table["flow"],
        sankey=sankey(of.flow),
        funnel=table["funnel"],
        weeks=replace(table["weeks"], rows=table["weeks"].rows[::-1][:LINES]),
        bars=_bars(of, most),
        bar_ticks=_ends(of),
        goal=_goal(scope, most),
        breakdowns=[table[one.name] for one in of.breakdowns],
        stays=table["stays"],
        waiting=table["waiting"],
        waiting_median=of.waiting.median,
        has_waiting=of.waiting.has_enough,
        curve=curve(of.waiting.points),
        behind_a_day=selection.without_period.behind("did:"),
    )


def offered(
    scope: Scope, selection: Selection, day: str = ""
) -> tuple[Analytics, tuple[list[str], list[str]]]:
    """The page, and the sources and tags that narrow it."""
    now = fingerprint(scope)
    return _shown(scope, selection, day, now), remembered(scope, Selection(), _offers, now)


def _offers(scope: Scope, _: Selection, __: Print) -> tuple[list[str], list[str]]:
    return sources_and_tags(scope)


def as_csv(scope: Scope, selection: Selection, name: str, day: str = "") -> str:
    """One figure as a file of comma-separated values, which begins as spreadsheets want UTF-8 to begin; NotFound for
    one there isn't."""
    if name not in NAMES:
        raise NotFound("figure")
    of = figures(scope, selection, day)
    heads, rows = sheet(name, of, tables(scope, selection, of)[name])
    written = io.StringIO()
    csv.writer(written).writerows([_harmless(cell) for cell in row] for row in (heads, *rows))
    return BYTE_ORDER_MARK + written.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@")) else cell


def _bars(of: Figures, most: int) -> list[list[str]]:
    return bars(
        [
            (week.count, week.reached_goal, f"{week.exact}: {week.count}", address)
            for week, address in zip(of.weeks, of.weeks_addresses, strict=True)
        ],
        most,
    )


def _goal(scope: Scope, most: int) -> list[Tick]:
    """How high the goal is, where there is one."""
    goal = scope.who.weekly_goal
    return [Tick(round(PLOT * (1 - goal / most), 2), f"Goal: {goal}")] if goal else []


def _ends(of: Figures) -> list[Tick]:
    """The names of some weeks, six at most, none of which would reach over the edge."""
    every = -(-len(of.weeks) // 6) or 1
    return [
        Tick(round(100 * n / len(of.weeks), 2), of.weeks[n].label) for n in range(0, len(of.weeks), every)
    ]


def _thinned(points: list[Point]) -> list[Point]:
    """The days on which most was learnt: all of them, or evenly chosen ones with the last."""
    if len(points) <= LINES:
        return points
    return [*points[:: -(-len(points) // LINES)], points[-1]]


def _by_week(scope: Scope, of: Selection, days: list[ActiveDay]) -> list[TableRow]:
    weeks: dict[date, int] = {}
    for one in days:
        first = week_of(one.day, scope.who.week_start)
        weeks[first] = weeks.get(first, 0) + one.count
    return [
        TableRow(exact_day(first, scope.who.locale), [str(count)], of.behind(f"did:{first}:week"))
        for first, count in reversed(weeks.items())
        if count
    ]
