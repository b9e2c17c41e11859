"""Figures as CSV tables: each share as a number, beside its count and interval."""

from collections.abc import Callable

from tracker.services.figures.rates import ENOUGH, interval
from tracker.shapes.analytics import Table
from tracker.shapes.dashboard import Rate
from tracker.shapes.figures import Breakdown, Figures

Sheet = tuple[list[str], list[list[str]]]
"""The heads and rows of a CSV file."""


def export_table(name: str, of: Figures, table: Table) -> Sheet:
    """Return a figure as it is exported; one without shares as its table on the page."""
    groups = {breakdown.name: breakdown for breakdown in of.breakdowns}
    if name in groups:
        return _breakdown(table.heads[0], groups[name])
    if name in _SHEETS:
        return _SHEETS[name](of)
    return table.heads, [[row.label, *row.cells] for row in table.rows]


def _heads(*names: str) -> list[str]:
    return [f"{name}{part}" for name in names for part in (", %", ", 95 % from, %", ", 95 % to, %")]


def _numbers(rate: Rate) -> list[str]:
    """Return a share and its interval in percent; empty below five applications."""
    part, whole = (int(number) for number in rate.of.split(" of "))
    if whole < ENOUGH:
        return ["", "", ""]
    return [f"{100 * share:.1f}" for share in (part / whole, *interval(part, whole))]


def _part(rate: Rate) -> str:
    return rate.of.partition(" of ")[0]


def _rates(of: Figures) -> Sheet:
    rows = [
        [named_rate.label, _part(named_rate.rate), str(named_rate.rate.n), *_numbers(named_rate.rate)]
        for named_rate in of.rates
    ]
    return ["Rate", "Applications", "Of all sent", *_heads("Share")], rows


def _breakdown(head: str, of: Breakdown) -> Sheet:
    names, rows = ("Response", "Interview", "Offer"), []
    for group in of.groups:
        rates = (group.response, group.interview, group.offer)
        rows.append(
            [group.label, str(group.n), *map(_part, rates), *[n for rate in rates for n in _numbers(rate)]]
        )
    return [head, "Sent", *names, *_heads(*names)], rows


def _funnel(of: Figures) -> Sheet:
    rows = [
        [
            step.label,
            str(step.count),
            *(_numbers(step.of_previous) if n else [""] * 3),
            *(_numbers(step.of_sent) if n > 1 else [""] * 3),
        ]
        for n, step in enumerate(of.funnel)
    ]
    return ["Stage", "Ever reached", *_heads("Of the stage before", "Of all sent")], rows


def _waiting(of: Figures) -> Sheet:
    rows = [
        [str(number) for number in (point.day, point.at_risk, point.answered, point.censored)]
        + [f"{100 * share:.1f}" for share in (point.share, point.low, point.high)]
        for point in of.waiting.points
    ]
    heads = ["Days since sending", "Waiting", "Answered", "Closed or still waiting"]
    return [*heads, *_heads("Answered by then")], rows


def _stays(of: Figures) -> Sheet:
    rows = [
        [
            stay.label,
            f"{stay.days:g}" if stay.days is not None and stay.n >= ENOUGH else "",
            str(stay.n),
            str(stay.still),
        ]
        for stay in of.stays
    ]
    return ["Stage", "Median, days", "Completed stays", "Still there"], rows


_SHEETS: dict[str, Callable[[Figures], Sheet]] = {
    "rates": _rates, "funnel": _funnel, "waiting": _waiting, "stays": _stays,
}  # fmt: skip
