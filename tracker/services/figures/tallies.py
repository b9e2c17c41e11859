"""All counts of the analytics page in one statement: the facts of each application once, then counted by each key."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, tuple_

from tracker.db import Scope
from tracker.services.figures.facts import facts
from tracker.shapes.figures import Selection
from tracker.shapes.words import Stage

OPEN_STAGES = [stage for stage in Stage if stage is not Stage.CLOSED]


@dataclass(frozen=True)
class Tally:
    """How many applications share something, and how many of them were sent, answered, interviewed, offered."""

    n: int = 0
    sent: int = 0
    answered: int = 0
    interviewed: int = 0
    offered: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(x + y for x, y in zip(vars(self).values(), vars(other).values(), strict=True)))


Tallies = dict[str, dict[Any, Tally]]
"""By what was counted by, then by what the group shares: one fact, or two of them; None where it isn't known."""


COUNTED_BY = (
    ("stands", "reached"),
    ("applied_on",),
    ("source",),
    ("workplace",),
    ("pay",),
    ("waited", "is_answered"),
    *((f"in_{stage}",) for stage in OPEN_STAGES),
)
"""What is counted by: each a set of facts that groups share."""
_KEYS = list(dict.fromkeys(name for names in COUNTED_BY for name in names))


def tallies(scope: Scope, selection: Selection) -> Tallies:
    """Every count of a selection, in one pass over its applications."""
    of = facts(scope, selection).c
    sets = [tuple_(*[of[name] for name in names]) for names in COUNTED_BY]
    number = func.count()
    query = select(
        func.grouping(*[of[name] for name in _KEYS]),
        *[of[name] for name in _KEYS],
        number,
        number.filter(of.is_sent),
        number.filter(of.is_answered),
        number.filter(of.reached >= Stage.INTERVIEWING.rank),
        number.filter(of.reached >= Stage.OFFER.rank),
    ).group_by(func.grouping_sets(*sets))
    found: Tallies = defaultdict(dict)
    for which, *row in scope.session.execute(query):
        names = _SETS[which]
        key = tuple(row[_KEYS.index(name)] for name in names)
        found[names[0]][key if len(key) > 1 else key[0]] = Tally(*row[len(_KEYS) :])
    return found


_SETS = {
    sum(1 << (len(_KEYS) - 1 - n) for n, key in enumerate(_KEYS) if key not in names): names
    for names in COUNTED_BY
}
"""PostgreSQL names a set by a number in which each bit is a key that the set leaves out."""
