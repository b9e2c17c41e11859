"""Time to the first response by the Kaplan–Meier estimator, from answers and from censored waiting."""

from math import exp, log

from tracker.services.figures.durations import in_days
from tracker.services.figures.rates import ENOUGH, Z
from tracker.services.figures.tallies import Tallies
from tracker.shapes.figures import Point, Waiting


def waiting(counted: Tallies) -> Waiting:
    """Return how the share of answered applications grows with the days since sending.

    Open applications count as waiting until today, those closed without an answer until then; those with an unknown date of
    sending or answer are left out, and counted as such.
    """
    answered, censored, left_out = dict[int, int](), dict[int, int](), 0
    for (days, was_answered), tally in counted["waited"].items():
        if not tally.sent:
            continue
        if days is None:
            left_out += tally.sent
        else:
            lengths = answered if was_answered else censored
            lengths[days] = lengths.get(days, 0) + tally.sent
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
    """Return the estimate, one point for each day with an answer or the end of a waiting.

    The interval is Greenwood's, on the log(−log) scale, so that it stays between 0 and 1.
    """
    at_risk, survival, spread, points = sum(answered.values()) + sum(censored.values()), 1.0, 0.0, []
    low = high = survival
    for day in sorted({*answered, *censored}):
        answers, ended = answered.get(day, 0), censored.get(day, 0)
        if answers:  # a day without an answer changes nothing but how many wait on
            survival *= 1 - answers / at_risk
            if answers < at_risk:
                spread += answers / (at_risk * (at_risk - answers))
            low, high = _interval(survival, spread)
        points.append(Point(day, at_risk, answers, ended, 1 - survival, 1 - high, 1 - low))
        at_risk -= answers + ended
    return points


def _interval(survival: float, spread: float) -> tuple[float, float]:
    if survival <= 0:
        return 0.0, 0.0
    middle = log(-log(survival))
    reach = Z * spread**0.5 / -log(survival)
    return exp(-exp(middle + reach)), exp(-exp(middle - reach))
