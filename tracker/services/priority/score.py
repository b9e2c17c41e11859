"""The score itself, a pure function: facts, wishes and the day in, 0 to 100 and reasons that add up to it out.

It begins in the middle, at 50. Each factor finds a value from -100 to 100; what it moves the score by is its share of the
weights of all factors at work, so that the sum can't leave 0 to 100 and nothing needs to be cut off. Sums are whole
numbers: what rounding leaves over goes to the largest remainders, so that the points add up exactly. Only a deal-breaker
or a closed application caps the score, and that is a reason of its own.
"""

from tracker.services.priority.breaking import broken
from tracker.services.priority.factors import FACTORS, Finding
from tracker.shapes.priority import Factor, Facts, Reason, Score, Setting, Wishes
from tracker.shapes.words import Outcome, Stage

MIDDLE = 50
CAP = 10
"""The most that an application with a deal-breaker can reach."""

Weighed = list[tuple[Factor, int, Finding]]


def score(facts: Facts, wishes: Wishes, setting: Setting) -> Score:
    """The score and every reason, the weightiest first after where it begins; the points add up to the score."""
    weighed = _weighed(facts, wishes, setting)
    points = _points(weighed)
    found = [
        _reason(factor.value, factor.label, point, finding.words())
        for (factor, _, finding), point in zip(weighed, points, strict=True)
    ]
    found.sort(key=lambda reason: -abs(reason.points))
    begin = _reason("start", "Start", MIDDLE, "Every application starts in the middle.")
    open_total = MIDDLE + sum(points)
    capped = _cap(facts, wishes, open_total)
    return Score(open_total + sum(reason.points for reason in capped), [begin, *capped, *found])


def total(facts: Facts, wishes: Wishes, setting: Setting) -> int:
    """The score alone, for thousands at once: what `score` gives without its words."""
    if facts.stage == Stage.CLOSED:
        return 0
    weighed = _weighed(facts, wishes, setting)
    open_total = MIDDLE + _whole(*_sum(weighed))
    return min(open_total, CAP) if broken(facts, wishes) else open_total


def _weighed(facts: Facts, wishes: Wishes, setting: Setting) -> Weighed:
    """The factors at work with their weights and findings: those that weigh anything and about which a wish is known."""
    weighed = []
    for factor, find in FACTORS.items():
        weight = wishes.weight(factor)
        finding = find(facts, wishes, setting) if weight else None
        if finding is not None:
            weighed.append((factor, weight, finding))
    return weighed


def _sum(weighed: Weighed) -> tuple[int, int]:
    """The points of all factors together as a fraction of whole numbers, which no order of adding can change."""
    return sum(weight * finding.value for _, weight, finding in weighed), 2 * sum(w for _, w, _ in weighed)


def _whole(part: int, of: int) -> int:
    """The nearest whole number, halves upwards."""
    return (2 * part + of) // (2 * of) if of else 0


def _points(weighed: Weighed) -> list[int]:
    """Whole points for each factor that add up to the whole sum: the largest remainders are rounded up."""
    part, of = _sum(weighed)
    if not of:
        return []
    shares = [divmod(weight * finding.value, of) for _, weight, finding in weighed]
    left = _whole(part, of) - sum(whole for whole, _ in shares)
    upwards = sorted(range(len(shares)), key=lambda n: -shares[n][1])[:left]
    return [whole + (n in upwards) for n, (whole, _) in enumerate(shares)]


def _cap(facts: Facts, wishes: Wishes, reached: int) -> list[Reason]:
    if facts.stage == Stage.CLOSED:
        how = f" as {Outcome(facts.outcome).label.lower()}" if facts.outcome else ""
        return [_reason("closed", "Closed", -reached, f"Closed{how}: nothing is left to do.")]
    if why := broken(facts, wishes):
        points = min(0, CAP - reached)
        return [_reason("cap", "Deal-breaker", points, f"{' '.join(why)} That caps the score at {CAP}.")]
    return []


def _reason(factor: str, label: str, points: int, sentence: str) -> Reason:
    return Reason(
        factor, label, points, sentence, signed_points(points) if factor != "start" else str(points)
    )


def signed_points(points: int) -> str:
    """Points with their sign, as people read them: `+8`, `−3`, `0`."""
    return f"+{points}" if points > 0 else f"−{-points}" if points < 0 else "0"
