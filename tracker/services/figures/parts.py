"""The counts of a selection, kept in parts: after a change only those are counted again in which something changed.

A part is a sixteenth of a person's applications, by the hash of their identifiers. The counts of all of them are what they were,
without the part's before and with the part's now; so a look after a change costs little more than one after none.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from sqlalchemy import func, select

from tracker.db import Scope
from tracker.models import applications, wishes
from tracker.services.figures.pay import Money, money_of
from tracker.services.figures.tallies import COUNTED_BY, PARTS, Tallies, Tally, part, tallies
from tracker.services.once import built_once
from tracker.shapes.figures import Selection

REMEMBERED = 16
"""So many selections are kept, each of about ten thousand counts."""
_kept: OrderedDict[Any, "_Kept"] = OrderedDict()
_turn = Lock()
_NONE = Tally()
_NOTHING: Tallies = {names[0]: {} for names in COUNTED_BY}


@dataclass(frozen=True)
class Print:
    """A fingerprint of each part of a person's applications, how many of all stand where, and how pay is compared."""

    parts: tuple[tuple[int, int], ...]
    stands: Mapping[str, int]
    money: Money


@dataclass(frozen=True)
class _Kept:
    prints: tuple[tuple[int, int], ...]
    parts: Mapping[int, Tallies]
    whole: Tallies


def fingerprint(scope: Scope) -> Print:
    """The fingerprint of a person's applications: every action gives each that it changes another version."""
    parts, stands, money = [(0, 0)] * PARTS, defaultdict[str, int](int), money_of(scope)
    for row in _versions(scope):
        number, versions = parts[row["part"]]
        parts[row["part"]] = (number + row["number"], versions + int(row["versions"]))
        stands[row["stands"]] += row["number"]
        money = money_of(scope, row["currency"], row["rates"])
    return Print(tuple(parts), stands, money)


@built_once
def _versions(scope: Scope) -> Any:
    a = applications
    stands, of = func.coalesce(a.outcome, a.stage).label("stands"), part(a.id).label("part")
    versions = func.sum(func.uuid_hash_extended(a.id, a.version)).label("versions")
    wished = [
        select(column).where(wishes.user_id == scope.user_id).scalar_subquery().label(column.key)
        for column in (wishes.currency, wishes.rates)
    ]
    query = select(stands, of, func.count().label("number"), versions, *wished)
    return query.where(a.user_id == scope.user_id, a.deleted_at.is_(None)).group_by("stands", "part")


def tallied(scope: Scope, selection: Selection, now: Print) -> Tallies:
    """Every count of a selection of the applications that have this fingerprint."""
    key = (replace(scope.who, session_id=None), selection, scope.today, now.money)
    with _turn:
        before = _kept.get(key)
    changed = [n for n in range(PARTS) if before is None or before.prints[n] != now.parts[n]]
    if before is not None and not changed:
        return before.whole
    counted = tallies(scope, selection, now.money, changed)
    were = before.parts if before else {}
    parts = {**were, **{n: counted.get(n, {}) for n in changed}}
    changes = [(were.get(n, {}), parts[n]) for n in changed]
    kept = _Kept(now.parts, parts, _changed(before.whole if before else _NOTHING, changes))
    with _turn:
        _kept[key] = kept
        _kept.move_to_end(key)
        while len(_kept) > REMEMBERED:
            _kept.popitem(last=False)
    return kept.whole


def _changed(whole: Tallies, parts: Iterable[tuple[Tallies, Tallies]]) -> Tallies:
    """The whole once some of its parts, as they were, are as they are now.

    Most groups of a part are as they were. Those of which nothing is left are left out, as if they had never been counted.
    """
    total = {what: dict(groups) for what, groups in whole.items()}
    for before, now in parts:
        for what in {*before, *now}:
            were, are, into = before.get(what, {}), now.get(what, {}), total[what]
            for key, it in are.items():
                if key not in were:
                    into[key] = into[key] + it if key in into else it
                elif were[key] != it:
                    into[key] = into[key] + it - were[key]
            for key in were.keys() - are.keys():
                into[key] = into[key] - were[key]
                if into[key] == _NONE:
                    del into[key]
    return total
