"""The figures as files: shares as numbers in columns of their own, beside the number they are of."""

from collections.abc import Callable

from tracker.services.figures.rates import ENOUGH, interval
from tracker.shapes.analytics import Table
from tracker.shapes.dashboard import Rate
from tracker.shapes.figures import Breakdown, Figures

Sheet = tuple[list[str], list[list[str]]]
"""The heads and the rows of a file."""


def sheet(name: str, of: Figures, table: Table) -> Sheet:
    """A figure as it stands in a file; one without shares as its table on the page."""
    groups = {one.name: one for one in of.breakdowns}
    if name in groups:
        return _breakdown(table.heads[0], groups[name])
    if name in _SHEETS:
        return _SHEETS[name](of)
    return table.heads, [[row.label, *row.cells] for row in table.rows]


def _heads(*names: str) -> list[str]:
    return [f"{name}{part}" for name in names for part in (", %", ", 95 % from, %", ", 95 % to, %")]


def _numbers(rate: Rate) -> list[str]:
    """A share and its interval in per cent; empty when it is of fewer than five."""
    part, whole = (int(number) for number in rate.of.split(" of "))
    if whole < ENOUGH:
        return ["", "", ""]
    return [f"{100 * share:.1f}" for share in (part / whole, *interval(part, whole))]


def _part(rate: Rate) -> str:
    return rate.of.partition(" of ")[0]


def _rates(of: Figures) -> Sheet:
    rows = [[one.label, _part(one.rate), str(one.rate.n), *_numbers(one.rate)] for one in of.rates]
    return ["Rate", "Applications", "Of all sent", *_heads("Share")], rows


def _breakdown(head: str, of: Breakdown) -> Sheet:
    names, rows = ("Response", "Interview", "Offer"), []
    for group in of.groups:
        rates = (group.response, group.interview, group.offer)
        rows.append(
            [group.label, str(group.n), *map(_part, rates), *[n for one in rates for n in _numbers(one)]]
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
    heads = ["Days since sending", "Waiting", "Answered", "Waiting ended or goes on"]
    return [*heads, *_heads("Answered by then")], rows


def _stays(of: Figures) -> Sheet:
    rows = [
        [
            one.label,
            f"{one.days:g}" if one.days is not None and one.n >= ENOUGH else "",
            str(one.n),
            str(one.still),
        ]
        for one in of.stays
    ]
    return ["Stage", "Median, days", "Stays that ended", "There still"], rows


_SHEETS: dict[str, Callable[[Figures], Sheet]] = {
    "rates": _rates, "funnel": _funnel, "waiting": _waiting, "stays": _stays,
}  # fmt: skip
