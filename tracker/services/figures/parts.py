"""The counts of a selection, kept together with what was counted, so that after a change little is read and counted again.

A person's applications are in 64 parts, by the hash of their identifiers, and each part has a fingerprint. Of a part whose
fingerprint is another the facts are read again; those that are no longer what they were are taken off the counts, and those
that they are now are put on.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from threading import Lock
from typing import Any

from sqlalchemy import case, func, select, tuple_

from tracker.db import Scope
from tracker.models import applications, wishes
from tracker.services.figures.pay import Money, money_of
from tracker.services.figures.tallies import PARTS, Facts, Tallies, facts_by_part, part, recounted
from tracker.services.once import built_once
from tracker.shapes.figures import Selection

REMEMBERED = 16
"""So many selections are kept, each with what was counted of every application, about 4 MB for ten thousand."""
_kept: OrderedDict[Any, "_Kept"] = OrderedDict()
_turn = Lock()


@dataclass(frozen=True)
class Print:
    """A fingerprint of each part of a person's applications, how many of all stand where, and how pay is compared."""

    parts: tuple[tuple[int, int], ...]
    stands: Mapping[str, int]
    money: Money


@dataclass(frozen=True)
class _Kept:
    prints: tuple[tuple[int, int], ...]
    parts: Mapping[int, list[Facts]]
    whole: Tallies


def fingerprint(scope: Scope) -> Print:
    """The fingerprint of a person's applications: every action gives each that it changes another version."""
    parts, stands, money = [(0, 0)] * PARTS, dict[str, int](), money_of(scope)
    for row in _versions(scope):
        if row["is_whole"]:
            money = money_of(scope, row["currency"], row["rates"])
        elif row["part"] is None:
            stands[row["stands"]] = row["number"]
        else:
            parts[row["part"]] = (row["number"], int(row["versions"]))
    return Print(tuple(parts), stands, money)


@built_once
def _versions(scope: Scope) -> Any:
    """By part how many there are and a sum over their versions, by where they stand how many, and over all how pay is compared."""
    a = applications
    of = select(
        part(a.id).label("part"),
        func.coalesce(a.outcome, a.stage).label("stands"),
        func.uuid_hash_extended(a.id, a.version).label("version"),
    ).where(a.user_id == scope.user_id, a.deleted_at.is_(None)).subquery().c  # fmt: skip
    is_whole = func.grouping(of.part, of.stands) == 3
    wished = [
        case((is_whole, select(column).where(wishes.user_id == scope.user_id).scalar_subquery())).label(
            column.key
        )
        for column in (wishes.currency, wishes.rates)
    ]
    sets = func.grouping_sets(tuple_(of.part), tuple_(of.stands), tuple_())
    counts = func.count().label("number"), func.sum(of.version).label("versions")
    return select(of.part, of.stands, is_whole.label("is_whole"), *counts, *wished).group_by(sets)


def tallied(scope: Scope, selection: Selection, now: Print) -> Tallies:
    """Every count of a selection of the applications that have this fingerprint."""
    key = (replace(scope.who, session_id=None), selection, scope.today, now.money)
    with _turn:
        before = _kept.get(key)
    changed = [n for n in range(PARTS) if before is None or before.prints[n] != now.parts[n]]
    if before is not None and not changed:
        return before.whole
    were = before.parts if before else {}
    are = facts_by_part(scope, selection, now.money, changed)
    come, gone = chain(*are.values()), chain(*[were.get(n, []) for n in changed])
    whole = recounted(before.whole if before else {}, come, gone)
    kept = _Kept(now.parts, {**were, **are}, whole)
    with _turn:
        _kept[key] = kept
        _kept.move_to_end(key)
        while len(_kept) > REMEMBERED:
            _kept.popitem(last=False)
    return kept.whole
