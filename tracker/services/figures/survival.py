"""Time to the first response, as Kaplan and Meier estimate it from answers and from waiting that isn't over."""

from math import exp, log

from tracker.services.figures.durations import in_days
from tracker.services.figures.rates import ENOUGH, Z
from tracker.services.figures.tallies import Tallies
from tracker.shapes.figures import Point, Waiting


def waiting(counted: Tallies) -> Waiting:
    """How the share that was answered grows with the days since sending.

    Applications still open count as waiting up to today, those closed without an answer up to their closing; those whose
    sending or answer nobody dated are left out, and counted as such.
    """
    answered, censored, left_out = dict[int, int](), dict[int, int](), 0
    for (days, was_answered), tally in counted["waited"].items():
        if not tally.sent:
            continue
        if days is None:
            left_out += tally.sent
        else:
            of = answered if was_answered else censored
            of[days] = of.get(days, 0) + tally.sent
    points = curve(answered, censored)
    n = sum(answered.values()) + sum(censored.values())
    half = next((point.day for point in points if point.share >= 0.5), None)
    return Waiting(
        n=n,
        answered=sum(answered.values()),
        waiting=sum(censored.values()),
        left_out=left_out,
        median=in_days(half) if half is not None and n >= ENOUGH else "",
        has_enough=n >= ENOUGH,
        points=points,
    )


def curve(answered: dict[int, int], censored: dict[int, int]) -> list[Point]:
    """The estimate day by day, one point for each day on which an answer came or a waiting ended.

    The interval is Greenwood's, taken on the log(−log) scale so that it stays between none and all.
    """
    at_risk, survival, spread, points = sum(answered.values()) + sum(censored.values()), 1.0, 0.0, []
    low = high = survival
    for day in sorted({*answered, *censored}):
        came, ended = answered.get(day, 0), censored.get(day, 0)
        if came:  # a day without an answer changes nothing but how many wait on
            survival *= 1 - came / at_risk
            if came < at_risk:
                spread += came / (at_risk * (at_risk - came))
            low, high = _interval(survival, spread)
        points.append(Point(day, at_risk, came, ended, 1 - survival, 1 - high, 1 - low))
        at_risk -= came + ended
    return points


def _interval(survival: float, spread: float) -> tuple[float, float]:
    if survival <= 0 or survival >= 1:
        return survival, survival
    middle = log(-log(survival))
    reach = Z * spread**0.5 / -log(survival)
    return exp(-exp(middle + reach)), exp(-exp(middle - reach))
