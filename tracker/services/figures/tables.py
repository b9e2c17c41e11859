"""Each figure as a table: what the page shows beneath a drawing, and what is downloaded."""

from dataclasses import replace

from tracker.db import Scope
from tracker.shapes.analytics import Table, TableRow
from tracker.shapes.dashboard import Rate
from tracker.shapes.dates import exact_day
from tracker.shapes.figures import ActiveDay, Breakdown, Figures, Selection, Standing

NAMES = (
    "flow", "funnel", "weeks", "rates", "source", "weekday", "workplace", "pay", "stays", "waiting", "activity", "standing",
)  # fmt: skip
"""The figures that can be downloaded."""


Made = tuple[str, str, str, list[str], list[TableRow]]
"""Name, title, summary, heads and rows."""


def tables(scope: Scope, selection: Selection, of: Figures) -> dict[str, Table]:
    """Every figure of a selection as a table, by its name."""
    made = [
        _flow(of), _funnel(of), _weeks(of), _rates(of), *[_breakdown(one) for one in of.breakdowns], _stays(of),
        _waiting(selection.with_dates(scope.today), of),
    ]  # fmt: skip
    named = _named(selection, made)
    named["waiting"] = replace(named["waiting"], parts=_waits(selection.with_dates(scope.today), of))
    return {**named, **of_days(scope, selection, of.activity, of.standing)}


def of_days(
    scope: Scope,
    selection: Selection,
    activity: list[ActiveDay],
    standing: Standing,
    *,
    with_rows: bool = True,
) -> dict[str, Table]:
    """The figures of days as tables: what was done on each (unless `with_rows` isn't asked for, without its rows), and what
    stood where on one."""
    then = {"day": standing.day} if standing.day != scope.today.isoformat() else {}
    made = _named(selection, [_activity(scope, selection, activity, with_rows), _standing(standing)])
    return {**made, "standing": replace(made["standing"], csv=selection.address("standing", **then))}


def _named(selection: Selection, made: list[Made]) -> dict[str, Table]:
    return {
        name: Table(name, title, summary, selection.address(name), heads, rows)
        for name, title, summary, heads, rows in made
    }


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0


def _flow(of: Figures) -> Made:
    rows = [
        TableRow(link.label, [str(link.count)], link.address, _share(link.count, of.n))
        for link in of.flow.links
    ]
    open_now = next((node.count for node in of.flow.nodes if node.name == "open"), 0)
    summary = f"{of.n} applications, {of.sent} of them sent; {open_now} still open, {of.n - open_now} ended."
    return "flow", "Where they got to, and how they ended", summary, ["From and to", "Applications"], rows


def _funnel(of: Figures) -> Made:
    rows = [
        TableRow(
            step.label,
            [str(step.count), *(_said(step.of_previous) if n else ["", ""]), *(_said(step.of_sent) if n > 1 else ["", ""])],
            step.address,
            _share(step.count, of.n),
            step.stage,
        )
        for n, step in enumerate(of.funnel)
    ]  # fmt: skip
    summary = "Ever reached: " + ", ".join(f"{step.label.lower()} {step.count}" for step in of.funnel) + "."
    heads = ["Stage", "Ever reached", "Of the stage before", "95 % interval", "Of all sent", "95 % interval"]
    return "funnel", "How many ever got how far", summary, heads, rows


def _said(rate: Rate) -> list[str]:
    """A rate and its interval; under five neither."""
    return [rate.shown, rate.span] if rate.has_enough else ["not enough yet", ""]


def _weeks(of: Figures) -> Made:
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


def _rates(of: Figures) -> Made:
    rows = [TableRow(one.label, [one.rate.of, *_said(one.rate)], one.address) for one in of.rates]
    summary = " ".join(f"{one.label}: {one.rate.shown}." for one in of.rates)
    return "rates", "Rates", summary, ["Rate", "Applications", "Share", "95 % interval"], rows


def _breakdown(of: Breakdown) -> Made:
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
    said = [f"{group.label}: {group.response.shown} of {group.n} answered" for group in enough]
    summary = "; ".join(said) + "." if said else "Fewer than five sent of each: too few for a rate."
    return of.name, of.label, f"{summary} {of.note}".strip(), heads, rows


def _stays(of: Figures) -> Made:
    longest = max([1.0, *(stay.days or 0 for stay in of.stays)])
    rows = [
        TableRow(
            stay.label,
            [stay.median, str(stay.n), str(stay.still)],
            stay.address,
            round(100 * (stay.days or 0) / longest, 1) if stay.median != "not enough yet" else 0,
            stay.stage,
        )
        for stay in of.stays
    ]
    known = [f"{stay.label.lower()} {stay.median}" for stay in of.stays if stay.median != "not enough yet"]
    summary = (
        f"Median of the stays that ended: {', '.join(known)}."
        if known
        else "Too few stays have ended for a median."
    )
    return (
        "stays",
        "Time in each stage",
        summary,
        ["Stage", "Median", "Stays that ended", "There still"],
        rows,
    )


def _waits(selection: Selection, of: Figures) -> list[list[str]]:
    """Who was answered, who waits or waited in vain, and who is left out, each with its list."""
    w = of.waiting
    parts = ((w.answered, "answered", "answered"), (w.waiting, "not answered so far", "waiting"),
             (w.left_out, "of an unknown date", "unknown"))  # fmt: skip
    return [
        [f"{number} {words}", selection.behind(f"waited:{which}")] for number, words, which in parts if number
    ]


def _waiting(selection: Selection, of: Figures) -> Made:
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
    out = f" {w.left_out} more were left out, since nobody dated them." if w.left_out else ""
    summary = f"{half}{w.answered} of {w.n} were answered; {w.waiting} count for as long as they waited.{out}"
    heads = [
        "Days since sending",
        "Waiting",
        "Answered",
        "Waiting ended or goes on",
        "Answered by then",
        "95 % interval",
    ]
    return "waiting", "Time to the first response", summary, heads, rows


def _activity(scope: Scope, of: Selection, days: list[ActiveDay], with_rows: bool) -> Made:
    active = [one for one in days if one.count]
    rows = [
        TableRow(
            exact_day(one.day, scope.who.locale),
            [one.day.isoformat(), str(one.count)],
            of.without_period.behind(f"did:{one.day}"),
        )
        for one in (active if with_rows else ())
    ]
    total, number = sum(one.count for one in active), len(active)
    done = f"{total} thing{'' if total == 1 else 's'} done on {number} day{'' if number == 1 else 's'}"
    summary = f"{done} {_stretch(scope, of, days)}"
    return "activity", "What was done, day by day", summary, ["Day", "Date", "Things done"], rows


def _stretch(scope: Scope, of: Selection, days: list[ActiveDay]) -> str:
    """Which days are shown, and that a longer period is cut."""
    since, until = of.days(scope.today)
    if not since and not until:
        return "of the last year."
    if since and until and since > until:
        return "of a period that ends before it begins."
    if not days:
        return "of a period that is still to come."
    first, last = (exact_day(one.day, scope.who.locale) for one in (days[0], days[-1]))
    cut = " The period is longer; its last 53 weeks are shown." if not since or since < days[0].day else ""
    return f"from {first} to {last}.{cut}"


def _standing(of: Standing) -> Made:
    most = max([1, *(one.count for one in of.stood)])
    rows = [
        TableRow(one.label, [str(one.count)], one.address, _share(one.count, most), one.name)
        for one in of.stood
    ]
    said = ", ".join(f"{one.label.lower()} {one.count}" for one in of.stood if one.count)
    title = f"The pipeline as it stood, {of.label}"
    return (
        "standing",
        title,
        said.capitalize() + "." if said else "Nothing was there.",
        ["Where", "Applications"],
        rows,
    )
