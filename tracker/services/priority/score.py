"""The score, a pure function of facts, wishes and the day: 0 to 100, with reasons that add up to it.

It starts at 50. The 50 points on either side are divided among the active factors by their weights, in whole numbers, once
for all applications; what is left over goes to the largest remainders. Each factor has a value from -100 to 100, and moves
the score by that percentage of its share, rounded. So the points add up exactly, the sum stays within 0 and 100 without
clamping, and the same fact is worth the same points in every application. Only a deal-breaker, a
deadline to apply that has passed, or a closed application caps the score, each with a reason of its own.
"""

from datetime import date

from tracker.services.priority.deal_breakers import broken_rules
from tracker.services.priority.factors import FACTORS
from tracker.shapes.enumerations import Outcome, Stage
from tracker.shapes.priority import Factor, Facts, Reason, Score, ScoreContext, Wishes

MIDDLE = 50
CAP = 10
"""Highest score of an application with a deal-breaker."""
PASSED_CAP = 25
"""Highest score of a saved application whose deadline has passed, unless deadlines have no weight."""

CAPS = ("passed", "cap")
"""Reasons that limit a score instead of moving it."""

Worths = dict[Factor, int]


def worths(wishes: Wishes) -> Worths:
    """Return the most points that each active factor can add or subtract, 50 in all."""
    weights = {
        factor: wishes.weight(factor)
        for factor, find in FACTORS.items()
        if wishes.weight(factor) and find(Facts(), wishes, ScoreContext(date.max)) is not None
    }
    total_weight = sum(weights.values())
    shares = {factor: divmod(MIDDLE * weight, total_weight) for factor, weight in weights.items()}
    remainder = MIDDLE - sum(whole for whole, _ in shares.values())
    order = list(Factor)
    first = sorted(shares, key=lambda factor: (-shares[factor][1], order.index(factor)))[:remainder]
    return {factor: whole + (factor in first) for factor, (whole, _) in shares.items()}


def score(facts: Facts, wishes: Wishes, setting: ScoreContext) -> Score:
    """Return the score and every reason, the weightiest first after the start; they add up to the score."""
    reasons = []
    for factor, worth in worths(wishes).items():
        if (finding := FACTORS[factor](facts, wishes, setting)) is not None:
            reasons.append(_reason(factor.value, factor.label, _part(worth, finding.value), finding.words()))
    reasons.sort(key=lambda reason: (-abs(reason.points), reason.factor))
    begin = _reason("start", "Start", MIDDLE, "Every application starts in the middle.")
    reached = MIDDLE + sum(reason.points for reason in reasons)
    capped = _caps(facts, wishes, setting, reached)
    return Score(reached + sum(reason.points for reason in capped), [begin, *capped, *reasons])


def total(facts: Facts, wishes: Wishes, setting: ScoreContext, worth: Worths | None = None) -> int:
    """Return the score without sentences, for thousands at once; `worth` is that of the wishes."""
    if facts.stage == Stage.CLOSED:
        return 0
    reached = MIDDLE
    for factor, most in (worths(wishes) if worth is None else worth).items():
        if (finding := FACTORS[factor](facts, wishes, setting)) is not None:
            reached += _part(most, finding.value)
    if _is_too_late(facts, wishes, setting):
        reached = min(reached, PASSED_CAP)
    return min(reached, CAP) if broken_rules(facts, wishes) else reached


def _part(most: int, value: int) -> int:
    """Return a percentage of the most points, rounded half away from zero."""
    points = (2 * most * abs(value) + 100) // 200
    return points if value > 0 else -points


def _is_too_late(facts: Facts, wishes: Wishes, setting: ScoreContext) -> bool:
    has_passed = facts.deadline is not None and facts.deadline < setting.today
    return has_passed and facts.stage == Stage.SAVED and wishes.weight(Factor.DEADLINE) > 0


def _caps(facts: Facts, wishes: Wishes, setting: ScoreContext, reached: int) -> list[Reason]:
    if facts.stage == Stage.CLOSED:
        how = f" as {Outcome(facts.outcome).label.lower()}" if facts.outcome else ""
        return [_reason("closed", "Closed", -reached, f"Closed{how}: nothing is left to do.")]
    caps = []
    if _is_too_late(facts, wishes, setting):
        points = min(0, PASSED_CAP - reached)
        sentence = f"The deadline to apply has passed. That caps the score at {PASSED_CAP}."
        caps.append(_reason("passed", "Deadline passed", points, sentence))
        reached += points
    if why := broken_rules(facts, wishes):
        points = min(0, CAP - reached)
        caps.append(_reason("cap", "Deal-breaker", points, f"{' '.join(why)} That caps the score at {CAP}."))
    return caps


def _reason(factor: str, label: str, points: int, sentence: str) -> Reason:
    return Reason(
        factor, label, points, sentence, signed_points(points) if factor != "start" else str(points)
    )


def signed_points(points: int) -> str:
    """Return points with their sign: `+8`, `−3`, `0`."""
    return f"+{points}" if points > 0 else f"−{-points}" if points < 0 else "0"
