"""All counts of the analytics page in one statement: the facts of each application once, then counted by each key."""

from collections.abc import Collection
from operator import add, sub
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY

from tracker.db import Scope
from tracker.models import applications
from tracker.services.figures.facts import facts
from tracker.services.figures.pay import Money
from tracker.services.once import built_once
from tracker.shapes.figures import Selection
from tracker.shapes.words import Stage

OPEN_STAGES = [stage for stage in Stage if stage is not Stage.CLOSED]


class Tally(NamedTuple):
    """How many applications share something, and how many of them were sent, answered, interviewed, offered."""

    n: int = 0
    sent: int = 0
    answered: int = 0
    interviewed: int = 0
    offered: int = 0

    def __add__(self, other: "Tally") -> "Tally":  # type: ignore[override]
        return Tally(*map(add, self, other))

    def __sub__(self, other: "Tally") -> "Tally":
        return Tally(*map(sub, self, other))


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


PARTS = 16
"""A power of two."""


def part(row_id: Any) -> ColumnElement[int]:
    """Which part of a person's applications an identifier belongs to."""
    number: ColumnElement[int] = func.uuid_hash(row_id, type_=Integer).op("&")(PARTS - 1)
    return number


def tallies(
    scope: Scope, selection: Selection, money: Money, parts: Collection[int] = range(PARTS)
) -> dict[int, Tallies]:
    """Every count of some parts of a selection, in one pass over their applications."""
    found: dict[int, Tallies] = {}
    for counted in _counting(scope, selection, money, len(parts) == PARTS, parts=list(parts)):
        which, of_part, *row = list[Any](counted.values())
        names, places = _SETS[which]
        key = tuple([row[place] for place in places])
        groups = found.setdefault(of_part, {}).setdefault(names[0], {})
        groups[key if len(key) > 1 else key[0]] = Tally._make(row[len(_KEYS) :])
    return found


@built_once
def _counting(scope: Scope, selection: Selection, money: Money, of_all: bool) -> Select[Any]:
    only = [] if of_all else [part(applications.id) == func.any(bindparam("parts", type_=ARRAY(Integer)))]
    of = facts(scope, selection, money, *only).c
    of_part, number = part(of.id), func.count()
    sets = [tuple_(of_part, *[of[name] for name in names]) for names in COUNTED_BY]
    return select(
        func.grouping(*[of[name] for name in _KEYS]).label("which"),
        of_part.label("part"),
        *[of[name] for name in _KEYS],
        number.label("n"),
        number.filter(of.is_sent).label("sent"),
        number.filter(of.is_answered).label("answered"),
        number.filter(of.reached >= Stage.INTERVIEWING.rank).label("interviewed"),
        number.filter(of.reached >= Stage.OFFER.rank).label("offered"),
    ).group_by(func.grouping_sets(*sets))


_SETS = {
    sum(1 << (len(_KEYS) - 1 - n) for n, key in enumerate(_KEYS) if key not in names): (
        names,
        [_KEYS.index(name) for name in names],
    )
    for names in COUNTED_BY
}
"""The facts of each set and their places. PostgreSQL names a set by a number in which each bit is a key it leaves out."""
