"""What the analytics page counts by: the facts of each application as PostgreSQL tells them, counted here.

Grouped by PostgreSQL, ten thousand applications would be thirty thousand groups; as they are, they are ten thousand rows.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select
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


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    return Tally(*map(sum, zip(*tallies, strict=True)))


Tallies = dict[str, dict[Any, Tally]]
"""By what was counted by, then by what the group shares: one fact, or two of them; None where it isn't known."""
Facts = tuple[Any, ...]
"""What is counted of one application: how far it got, then the rest."""

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
_FATE = ("is_sent", "is_answered", "reached")
_NAMES = [*_FATE, *(name for names in COUNTED_BY for name in names if name not in _FATE)]
_PLACES = [
    (names[0], len(names), itemgetter(*[_NAMES.index(name) for name in (*_FATE, *names)]))
    for names in COUNTED_BY
]

_NONE = Tally()

PARTS = 64
"""A power of two."""


def part(row_id: Any) -> ColumnElement[int]:
    """Which part of a person's applications an identifier belongs to."""
    number: ColumnElement[int] = func.uuid_hash(row_id, type_=Integer).op("&")(PARTS - 1)
    return number


def facts_by_part(
    scope: Scope, selection: Selection, money: Money, parts: Collection[int] = range(PARTS)
) -> dict[int, list[Facts]]:
    """What is counted of each application of some parts of a selection."""
    found: dict[int, list[Facts]] = {number: [] for number in parts}
    for row in _chosen(scope, selection, money, len(parts) == PARTS, parts=list(parts)):
        of_part, *told = row.values()
        found[of_part].append(tuple(told))
    return found


@built_once
def _chosen(scope: Scope, selection: Selection, money: Money, of_all: bool) -> Select[Any]:
    only = [] if of_all else [part(applications.id) == func.any(bindparam("parts", type_=ARRAY(Integer)))]
    of = facts(scope, selection, money, *only).c
    return select(part(of.id).label("part"), *[of[name] for name in _NAMES])


def recounted(whole: Tallies, come: Iterable[Facts], gone: Iterable[Facts] = ()) -> Tallies:
    """The counts once some applications have come and others have gone.

    Only those are counted that came or went as they are. A group of which nothing is left is left out, as if it had never been
    counted.
    """
    more, fewer = list(come), list(gone)
    if fewer:
        changes = Counter(more)
        changes.subtract(fewer)
        more, fewer = list((+changes).elements()), list((-changes).elements())
    counts = {}
    for name, size, places in _PLACES:
        groups = counts[name] = dict(whole.get(name, {}))
        for by, number in ((1, Counter(map(places, more))), (-1, Counter(map(places, fewer)))):
            for (is_sent, is_answered, reached, *key), n in number.items():
                what = tuple(key) if size > 1 else key[0]
                groups[what] = _with(groups.get(what, _NONE), by * n, is_sent, is_answered, reached)
                if not groups[what].n:
                    del groups[what]
    return counts


def _with(tally: Tally, n: int, is_sent: bool, is_answered: bool, reached: int) -> Tally:
    """A tally and n more that got as far as this; fewer where n is below nothing."""
    return Tally(
        tally.n + n,
        tally.sent + n * bool(is_sent),
        tally.answered + n * bool(is_answered),
        tally.interviewed + n * (reached >= Stage.INTERVIEWING.rank),
        tally.offered + n * (reached >= Stage.OFFER.rank),
    )
