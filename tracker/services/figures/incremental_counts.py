"""Counts of a selection, cached with the facts behind them, so that a change needs few rows.

A user's applications are in 64 parts, by the hash of their ids, and each part has a fingerprint. For a part with another
fingerprint the facts are read again; facts that no longer hold are subtracted from the counts, and new ones added.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from threading import Lock
from typing import Any

from cachetools import LRUCache
from sqlalchemy import case, func, select, tuple_

from tracker.db import Scope
from tracker.models import applications, wishes
from tracker.services.figures.pay import Money, money_of
from tracker.services.figures.tallies import PARTS, Facts, Tallies, facts_by_part, part, recounted
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.figures import Selection

CACHED = 16
"""Selections in the cache, each with the facts of every application, about 4 MB for ten thousand."""
_cache: LRUCache[Any, "_Entry"] = LRUCache(CACHED)
_cache_lock = Lock()


@dataclass(frozen=True)
class Fingerprint:
    """Fingerprints of the parts of a user's applications, counts by status, and the pay currency."""

    parts: tuple[tuple[int, int], ...]
    stands: Mapping[str, int]
    money: Money


@dataclass(frozen=True)
class _Entry:
    prints: tuple[tuple[int, int], ...]
    parts: Mapping[int, list[Facts]]
    whole: Tallies


def fingerprint(scope: Scope) -> Fingerprint:
    """Return the fingerprint of a user's applications; every change gives a row another version."""
    parts, stands, money = [(0, 0)] * PARTS, dict[str, int](), money_of(scope)
    for row in _versions(scope):
        if row["is_whole"]:
            money = money_of(scope, row["currency"], row["rates"])
        elif row["part"] is None:
            stands[row["stands"]] = row["number"]
        else:
            parts[row["part"]] = (row["number"], int(row["versions"]))
    return Fingerprint(tuple(parts), stands, money)


@prepared_query
def _versions(scope: Scope) -> Any:
    """Return counts and version sums by part, counts by status, and how pay is compared."""
    a = applications
    rows = select(
        part(a.id).label("part"),
        func.coalesce(a.outcome, a.stage).label("stands"),
        func.uuid_hash_extended(a.id, a.version).label("version"),
    ).where(a.user_id == scope.user_id, a.deleted_at.is_(None)).subquery().c  # fmt: skip
    is_whole = func.grouping(rows.part, rows.stands) == 3
    settings = [
        case((is_whole, select(column).where(wishes.user_id == scope.user_id).scalar_subquery())).label(
            column.key
        )
        for column in (wishes.currency, wishes.rates)
    ]
    sets = func.grouping_sets(tuple_(rows.part), tuple_(rows.stands), tuple_())
    counts = func.count().label("number"), func.sum(rows.version).label("versions")
    return select(rows.part, rows.stands, is_whole.label("is_whole"), *counts, *settings).group_by(sets)


def tallied(scope: Scope, selection: Selection, now: Fingerprint) -> Tallies:
    """Return all counts of a selection, for the applications with this fingerprint."""
    key = (replace(scope.who, session_id=None), selection, scope.today, now.money)
    with _cache_lock:
        before = _cache.get(key)
    changed = [n for n in range(PARTS) if before is None or before.prints[n] != now.parts[n]]
    if before is not None and not changed:
        return before.whole
    parts_before = before.parts if before else {}
    parts_after = facts_by_part(scope, selection, now.money, changed)
    added, removed = chain(*parts_after.values()), chain(*[parts_before.get(n, []) for n in changed])
    whole = recounted(before.whole if before else {}, added, removed)
    entry = _Entry(now.parts, {**parts_before, **parts_after}, whole)
    with _cache_lock:
        _cache[key] = entry
    return entry.whole
