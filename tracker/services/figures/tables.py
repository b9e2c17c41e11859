"""Each figure as a table, for the page and for download."""

from dataclasses import replace

from tracker.db import Scope
from tracker.services import plurals
from tracker.shapes.analytics import Table, TableRow
from tracker.shapes.dashboard import Rate
from tracker.shapes.dates import exact_day
from tracker.shapes.figures import ActiveDay, Breakdown, Figures, PipelineDay, Selection

NAMES = (
    "flow", "funnel", "weeks", "rates", "source", "weekday", "workplace", "pay", "stays", "waiting", "activity", "standing",
)  # fmt: skip
"""The figures that can be downloaded."""


TableContents = tuple[str, str, str, list[str], list[TableRow]]
"""Name, title, summary, heads and rows."""


def tables(scope: Scope, selection: Selection, all_figures: Figures) -> dict[str, Table]:
    """Return every figure of a selection as a table, by name."""
    contents = [
        _flow(all_figures), _funnel(all_figures), _weeks(all_figures), _rates(all_figures), *[_breakdown(breakdown) for breakdown in all_figures.breakdowns], _stays(all_figures),
        _waiting(selection.with_dates(scope.today), all_figures),
    ]  # fmt: skip
    by_name = _named(selection, contents)
    by_name["waiting"] = replace(
        by_name["waiting"], parts=_waits(selection.with_dates(scope.today), all_figures)
    )
    return {**by_name, **of_days(scope, selection, all_figures.activity, all_figures.standing)}


def of_days(
    scope: Scope,
    selection: Selection,
    activity: list[ActiveDay],
    standing: PipelineDay,
    *,
    with_rows: bool = True,
) -> dict[str, Table]:
    """Return the tables of actions per day, optionally without rows, and of the pipeline on one day."""
    address_day = {"day": standing.day} if standing.day != scope.today.isoformat() else {}
    contents = _named(selection, [_activity(scope, selection, activity, with_rows), _standing(standing)])
    return {
        **contents,
        "standing": replace(contents["standing"], csv=selection.address("standing", **address_day)),
    }


def _named(selection: Selection, contents: list[TableContents]) -> dict[str, Table]:
    return {
        name: Table(name, title, summary, selection.address(name), heads, rows)
        for name, title, summary, heads, rows in contents
    }


def _share(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0


def _flow(of: Figures) -> TableContents:
    rows = [
        TableRow(link.label, [str(link.count)], link.address, _share(link.count, of.n))
        for link in of.flow.links
    ]
    open_now = next((node.count for node in of.flow.nodes if node.name == "open"), 0)
    summary = f"{plurals.counted(of.n, 'application')}, {of.sent} of them sent; {open_now} still open, {of.n - open_now} ended."
    return (
        "flow",
        "Where applications got to, and how they ended",
        summary,
        ["From and to", "Applications"],
        rows,
    )


def _funnel(of: Figures) -> TableContents:
    rows = [
        TableRow(
            step.label,
            [str(step.count), *(_rate_cells(step.of_previous) if n else ["", ""]), *(_rate_cells(step.of_sent) if n > 1 else ["", ""])],
            step.address,
            _share(step.count, of.n),
            step.stage,
        )
        for n, step in enumerate(of.funnel)
    ]  # fmt: skip
    summary = "Ever reached: " + ", ".join(f"{step.label.lower()} {step.count}" for step in of.funnel) + "."
    heads = ["Stage", "Ever reached", "Of the stage before", "95 % interval", "Of all sent", "95 % interval"]
    return "funnel", "How far applications got", summary, heads, rows


def _rate_cells(rate: Rate) -> list[str]:
    """Return a rate and its interval; neither below five."""
    return [rate.shown, rate.span] if rate.has_enough else ["not enough yet", ""]


def _weeks(of: Figures) -> TableContents:
    most = max([1, *(week.count for week in of.weeks)])
    rows = [
        TableRow(
            week.exact,
            [str(week.count), "yes" if week.reached_goal else "no"],
            address,
            _share(week.count, most),
        )
        for week, address in zip(of.weeks, of.weeks_addresses, strict=True)
    ]
    met, sent = sum(week.reached_goal for week in of.weeks), sum(week.count for week in of.weeks)
    weeks = f"{len(of.weeks)} week{'' if len(of.weeks) == 1 else 's'}"
    summary = f"{sent} sent in {weeks}; the goal was met in {met}. {of.weeks_left_out}".strip()
    return "weeks", "Applications a week", summary, ["Week", "Sent", "Goal met"], rows


def _rates(of: Figures) -> TableContents:
    rows = [
        TableRow(named_rate.label, [named_rate.rate.of, *_rate_cells(named_rate.rate)], named_rate.address)
        for named_rate in of.rates
    ]
    summary = " ".join(f"{named_rate.label}: {named_rate.rate.shown}." for named_rate in of.rates)
    return "rates", "Rates", summary, ["Rate", "Applications", "Share", "95 % interval"], rows


def _breakdown(of: Breakdown) -> TableContents:
    most = max([1, *(group.n for group in of.groups)])
    rows = [
        TableRow(
            group.label,
            [
                str(group.n), *(rate.shown if rate.has_enough else "too few" for rate in (group.response, group.interview, group.offer)),
                *(rate.span for rate in (group.response, group.interview, group.offer)),
            ],
            group.address,
            _share(group.n, most),
        )
        for group in of.groups
    ]  # fmt: skip
    heads = [of.label.removeprefix("By ").capitalize(), "Sent", "Response", "Interview", "Offer"]
    heads += [f"{name}, 95 % interval" for name in ("Response", "Interview", "Offer")]
    enough = [group for group in of.groups if group.response.has_enough][:5]
    sentences = [f"{group.label}: {group.response.shown} of {group.n} answered" for group in enough]
    summary = "; ".join(sentences) + "." if sentences else "Fewer than five sent of each: too few for a rate."
    return of.name, of.label, f"{summary} {of.note}".strip(), heads, rows


def _stays(of: Figures) -> TableContents:
    medians = {stay.stage: stay.days or 0 for stay in of.stays if stay.median != "not enough yet"}
    longest = max([1.0, *medians.values()])
    rows = [
        TableRow(
            stay.label,
            [stay.median, str(stay.n), str(stay.still)],
            stay.address,
            _share(medians.get(stay.stage, 0), longest),
            stay.stage,
        )
        for stay in of.stays
    ]
    known = [f"{stay.label.lower()} {stay.median}" for stay in of.stays if stay.stage in medians]
    summary = (
        f"Median of completed stays: {', '.join(known)}."
        if known
        else "Too few completed stays for a median."
    )
    return (
        "stays",
        "Time in each stage",
        summary,
        ["Stage", "Median", "Completed stays", "Still there"],
        rows,
    )


def _waits(selection: Selection, of: Figures) -> list[list[str]]:
    """Return how many were answered, wait or waited in vain, and are left out, each with its address."""
    w = of.waiting
    parts = ((w.answered, "answered", "answered"), (w.waiting, "not answered so far", "waiting"),
             (w.left_out, "with an unknown date", "unknown"))  # fmt: skip
    return [
        [f"{number} {words}", selection.behind(f"waited:{which}")] for number, words, which in parts if number
    ]


def _waiting(selection: Selection, of: Figures) -> TableContents:
    rows = [
        TableRow(
            str(point.day),
            [
                str(point.at_risk), str(point.answered), str(point.censored), f"{100 * point.share:.1f} %",
                f"{100 * point.low:.1f}–{100 * point.high:.1f} %",
            ],
            selection.behind(f"waited:{point.day}"),
        )
        for point in of.waiting.points
    ]  # fmt: skip
    w = of.waiting
    half = f"Half are answered within {w.median}. " if w.median else ""
    out = f" {w.left_out} more were left out because their dates aren't known." if w.left_out else ""
    summary = f"{half}{w.answered} of {w.n} were answered; {w.waiting} count for as long as they waited.{out}"
    heads = [
        "Days since sending",
        "Waiting",
        "Answered",
        "Closed or still waiting",
        "Answered by then",
        "95 % interval",
    ]
    return "waiting", "Time to the first response", summary, heads, rows


def _activity(scope: Scope, of: Selection, days: list[ActiveDay], with_rows: bool) -> TableContents:
    active = [day for day in days if day.count]
    rows = [
        TableRow(
            exact_day(day.day, scope.who.locale),
            [day.day.isoformat(), str(day.count)],
            of.without_period.behind(f"did:{day.day}"),
        )
        for day in (active if with_rows else ())
    ]
    total, number = sum(day.count for day in active), len(active)
    changes = f"{plurals.counted(total, 'change')} on {plurals.counted(number, 'day')}"
    summary = f"{changes} {_period(scope, of, days)}"
    return "activity", "Activity by day", summary, ["Day", "Date", "Changes"], rows


def _period(scope: Scope, of: Selection, days: list[ActiveDay]) -> str:
    """Return which days are shown, and whether a longer period is cut."""
    since, until = of.days(scope.today)
    if not since and not until:
        return "in the last year."
    if since and until and since > until:
        return "in a period that ends before it begins."
    if not days:
        return "in a period that hasn't started yet."
    first, last = (exact_day(day.day, scope.who.locale) for day in (days[0], days[-1]))
    cut = " The period is longer; its last 53 weeks are shown." if not since or since < days[0].day else ""
    return f"from {first} to {last}.{cut}"


def _standing(of: PipelineDay) -> TableContents:
    most = max([1, *(status.count for status in of.stood)])
    rows = [
        TableRow(status.label, [str(status.count)], status.address, _share(status.count, most), status.name)
        for status in of.stood
    ]
    listing = ", ".join(f"{status.label.lower()} {status.count}" for status in of.stood if status.count)
    title = f"The pipeline as it stood, {of.label}"
    return (
        "standing",
        title,
        listing.capitalize() + "." if listing else "There were no applications.",
        ["Where", "Applications"],
        rows,
    )
