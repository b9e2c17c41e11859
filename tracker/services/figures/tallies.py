"""Counts of applications by the facts that PostgreSQL returns for each, counted in Python.

Grouped by PostgreSQL, ten thousand applications would be thirty thousand groups; ungrouped they are ten thousand rows.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from tracker.db import Scope
from tracker.models import applications
from tracker.services.figures.fact_columns import facts
from tracker.services.figures.pay import Money
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.enumerations import Stage
from tracker.shapes.figures import Selection

OPEN_STAGES = [stage for stage in Stage if stage is not Stage.CLOSED]


class Tally(NamedTuple):
    """Number of applications that share a fact, and of those sent, answered, interviewed, offered."""

    n: int = 0
    sent: int = 0
    answered: int = 0
    interviewed: int = 0
    offered: int = 0


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    return Tally(*map(sum, zip(*tallies, strict=True)))


Tallies = dict[str, dict[Any, Tally]]
"""Tallies by dimension, then by the group's fact or pair of facts; None where it is unknown."""
Facts = tuple[Any, ...]
"""The facts of one application: how far it got, then the rest."""

COUNTED_BY = (
    ("stands", "reached"),
    ("applied_on",),
    ("source",),
    ("workplace",),
    ("pay",),
    ("waited", "is_answered"),
    *((f"in_{stage}",) for stage in OPEN_STAGES),
)
"""The dimensions: each one or two facts that groups share."""
_PROGRESS = ("is_sent", "is_answered", "reached")
_NAMES = [*_PROGRESS, *(name for names in COUNTED_BY for name in names if name not in _PROGRESS)]
_PLACES = [
    (names[0], len(names), itemgetter(*[_NAMES.index(name) for name in (*_PROGRESS, *names)]))
    for names in COUNTED_BY
]

_NONE = Tally()

PARTS = 64
"""Number of parts, a power of two."""


def part(row_id: Any) -> ColumnElement[int]:
    """Return which part of a user's applications an id belongs to."""
    number: ColumnElement[int] = func.uuid_hash(row_id, type_=Integer).op("&")(PARTS - 1)
    return number


def facts_by_part(
    scope: Scope, selection: Selection, money: Money, parts: Collection[int] = range(PARTS)
) -> dict[int, list[Facts]]:
    """Return the facts of each application in some parts of a selection."""
    facts_of: dict[int, list[Facts]] = {number: [] for number in parts}
    for row in _chosen(scope, selection, money, len(parts) == PARTS, parts=list(parts)):
        of_part, *values = row.values()
        facts_of[of_part].append(tuple(values))
    return facts_of


@prepared_query
def _chosen(scope: Scope, selection: Selection, money: Money, of_all: bool) -> Select[Any]:
    only = [] if of_all else [part(applications.id) == func.any(bindparam("parts", type_=ARRAY(Integer)))]
    of = facts(scope, selection, money, *only).c
    return select(part(of.id).label("part"), *[of[name] for name in _NAMES])


def recounted(whole: Tallies, added: Iterable[Facts], removed: Iterable[Facts] = ()) -> Tallies:
    """Return the counts after some applications were added and others removed.

    Only real differences are counted. A group that becomes empty is removed, as if it had never been counted.
    """
    more, fewer = list(added), list(removed)
    if fewer:
        changes = Counter(more)
        changes.subtract(fewer)
        more, fewer = list((+changes).elements()), list((-changes).elements())
    counts = {}
    for name, size, places in _PLACES:
        groups = counts[name] = dict(whole.get(name, {}))
        for by, number in ((1, Counter(map(places, more))), (-1, Counter(map(places, fewer)))):
            for (is_sent, is_answered, reached, *key), n in number.items():
                group = tuple(key) if size > 1 else key[0]
                groups[group] = _with(groups.get(group, _NONE), by * n, is_sent, is_answered, reached)
                if not groups[group].n:
                    del groups[group]
    return counts


def _with(tally: Tally, n: int, is_sent: bool, is_answered: bool, reached: int) -> Tally:
    """Return a tally with n more that got as far as this; fewer where n is negative."""
    return Tally(
        tally.n + n,
        tally.sent + n * bool(is_sent),
        tally.answered + n * bool(is_answered),
        tally.interviewed + n * (reached >= Stage.INTERVIEWING.rank),
        tally.offered + n * (reached >= Stage.OFFER.rank),
    )
