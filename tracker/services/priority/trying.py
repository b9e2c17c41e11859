"""Trying out weights: the order that they would give, and who would move by how much, with nothing kept."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from tracker.db import Scope
from tracker.models import applications
from tracker.services.priority.facts import columns, facts_of, wishes_of, wishes_row
from tracker.services.priority.score import total, worths
from tracker.services.priority.wishing import weights
from tracker.shapes.priority import Factor, Facts, Ranked, Setting, Wishes
from tracker.shapes.words import Stage

SHOWN = 10


def try_out(scope: Scope, typed: Mapping[str, str]) -> list[Ranked]:
    """The ten open applications that would stand first by these weights, and how far each would move."""
    wished, setting = wishes_of(scope, wishes_row(scope))
    other = replace(wished, weights={Factor(name): number for name, number in weights(typed).items()})
    rows = scope.rows(columns(scope).where(applications.stage != Stage.CLOSED))
    known = {str(row["id"]): facts_of(scope, row, row["found"] or []) for row in rows}
    before, after = (_order(known, some, setting) for some in (wished, other))
    stood = {row_id: place for place, (row_id, _) in enumerate(before, start=1)}
    first = after[:SHOWN]
    named = _names(scope, [row_id for row_id, _ in first])
    return [
        _ranked(row_id, named[row_id], place, score, stood[row_id])
        for place, (row_id, score) in enumerate(first, start=1)
    ]


def _order(known: dict[str, Facts], wished: Wishes, setting: Setting) -> list[tuple[str, int]]:
    worth = worths(wished)
    scores = [(row_id, total(facts, wished, setting, worth)) for row_id, facts in known.items()]
    return sorted(scores, key=lambda one: (one[1], one[0]), reverse=True)


def _names(scope: Scope, ids: list[str]) -> dict[str, str]:
    a = applications
    query = select(a.id, a.role, a.company).where(a.user_id == scope.user_id, a.id.in_(ids))
    return {str(row["id"]): f"{row['role']} at {row['company']}" for row in scope.rows(query)}


def _ranked(row_id: str, name: str, place: int, score: int, stood: int) -> Ranked:
    by = stood - place
    arrow = f"↑ {by}" if by > 0 else f"↓ {-by}" if by < 0 else ""
    return Ranked(row_id, name, place, score, arrow, "up" if by > 0 else "down" if by < 0 else "")
