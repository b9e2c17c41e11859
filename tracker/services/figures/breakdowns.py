"""The rates by group: by source, weekday of sending, workplace, and pay."""

import itertools
from collections import defaultdict
from math import floor, log10

from tracker.db import Scope
from tracker.services.comparable_salaries import RATES_OF
from tracker.services.figures.pay import UNKNOWN, UNRATED, Money
from tracker.services.figures.rates import rate
from tracker.services.figures.tallies import Tallies, Tally, total
from tracker.shapes.dates import exact_day, known_locale
from tracker.shapes.enumerations import Workplace
from tracker.shapes.figures import Breakdown, Group, Selection

NOT_KNOWN = "Not known"


def breakdowns(scope: Scope, selection: Selection, counted: Tallies, money: Money) -> list[Breakdown]:
    """Return the rates of sent applications by each attribute that may make a difference."""
    by_pay = _by_pay(selection, counted, money)
    is_sorted = any("-" in group.name for group in by_pay)
    return [
        Breakdown("source", "By source", _by_source(selection, counted)),
        Breakdown("weekday", "By weekday sent", _by_weekday(scope, selection, counted)),
        Breakdown("workplace", "By workplace", _by_workplace(selection, counted)),
        Breakdown("pay", "By yearly pay", by_pay, _how(scope, money) if is_sorted else ""),
    ]


def _how(scope: Scope, money: Money) -> str:
    """Return how pay in other currencies was converted."""
    own = ", or at your own where set" if money.own else ""
    since = exact_day(RATES_OF, scope.who.locale)
    return f"Salaries in other currencies were converted to {money.into} at approximate exchange rates from {since}{own}."


def _group(selection: Selection, kind: str, name: str, label: str, tally: Tally) -> Group:
    return Group(
        name,
        label,
        tally.sent,
        rate(tally.answered, tally.sent),
        rate(tally.interviewed, tally.sent),
        rate(tally.offered, tally.sent),
        selection.behind(f"{kind}:{name}"),
    )


def _by_source(selection: Selection, counted: Tallies) -> list[Group]:
    groups = sorted(counted["source"].items(), key=lambda item: (-item[1].sent, item[0]))
    return [
        _group(selection, "source", source, source or NOT_KNOWN, tally)
        for source, tally in groups
        if tally.sent
    ]


def _by_weekday(scope: Scope, selection: Selection, counted: Tallies) -> list[Group]:
    sent_on = defaultdict[int, list[Tally]](list)
    for day, tally in counted["applied_on"].items():
        if day:
            sent_on[day.isoweekday()].append(tally)
    by_day = {day: total(tallies) for day, tallies in sent_on.items()}
    names = known_locale(scope.who.locale).days["format"]["wide"]
    order = [(scope.who.week_start - 1 + n) % 7 + 1 for n in range(7)]
    return [
        _group(selection, "weekday", str(day), names[day - 1], by_day[day])
        for day in order
        if day in by_day and by_day[day].sent
    ]


def _by_workplace(selection: Selection, counted: Tallies) -> list[Group]:
    labels = {**{place.value: place.label for place in Workplace}, "": NOT_KNOWN}
    return [
        _group(selection, "workplace", place, label, counted["workplace"][place])
        for place, label in labels.items()
        if counted["workplace"].get(place, Tally()).sent
    ]


def _by_pay(selection: Selection, counted: Tallies, money: Money) -> list[Group]:
    known = {pay: tally for pay, tally in counted["pay"].items() if pay >= 0 and tally.sent}
    rest = {
        name: counted["pay"][pay]
        for name, pay in (("unknown", UNKNOWN), ("other", UNRATED))
        if counted["pay"].get(pay, Tally()).sent
    }
    labels = {"unknown": NOT_KNOWN, "other": "No exchange rate known"}
    in_bands = [
        (band, total(tally for pay, tally in known.items() if band[0] <= pay < band[1]))
        for band in bands({pay: tally.sent for pay, tally in known.items()})
    ]
    return [
        *[
            _group(selection, "pay", *_named(money.into, band), tally)
            for band, tally in in_bands
            if tally.sent
        ],
        *[_group(selection, "pay", name, labels[name], tally) for name, tally in rest.items()],
    ]


def bands(pays: dict[int, int]) -> list[tuple[float, float]]:
    """Return five bands of yearly pay around the median, with round edges; none where no pay is known."""
    if not pays:
        return []
    middle = max(_median(pays), 1)
    step = _round(middle * 0.3)
    lowest = max(floor(middle / step) - 1, 1) * step
    edges = [0.0, *(lowest + step * n for n in range(4)), float("inf")]
    return list(itertools.pairwise(edges))


def _median(numbers: dict[int, int]) -> int:
    half, cumulated = sum(numbers.values()) / 2, 0
    for value in sorted(numbers):
        cumulated += numbers[value]
        if cumulated >= half:
            break
    return value


def _round(amount: float) -> int:
    """Return the nearest of 1, 2, 5, 10, 20, 50 … to an amount."""
    size = 10 ** floor(log10(amount)) if amount >= 1 else 1
    return int(min((1, 2, 5, 10), key=lambda factor: abs(factor * size - amount)) * size)


def _named(currency: str, band: tuple[float, float]) -> tuple[str, str]:
    """Return a band as in an address, and in words."""
    low, high = band
    if high == float("inf"):
        return f"{low:.0f}-", f"{currency} {low:,.0f} and more"
    if low == 0:
        return f"0-{high:.0f}", f"Below {currency} {high:,.0f}"
    return f"{low:.0f}-{high:.0f}", f"{currency} {low:,.0f} to {high:,.0f}"
