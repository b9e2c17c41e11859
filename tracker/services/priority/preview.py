"""Preview of weights: the order they would give, and how far each application would move."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from tracker.db import Scope
from tracker.models import applications
from tracker.services.priority.score import total, worths
from tracker.services.priority.score_facts import columns, facts_of, wishes_of, wishes_row
from tracker.services.priority.wishes_form import weights
from tracker.shapes.enumerations import Stage
from tracker.shapes.priority import Factor, Facts, RankedApplication, ScoreContext, Wishes

SHOWN = 10


def preview_weights(scope: Scope, typed: Mapping[str, str]) -> list[RankedApplication]:
    """Return the ten open applications that would rank first by these weights, and how far each moves."""
    wishes, setting = wishes_of(scope, wishes_row(scope))
    changed_wishes = replace(
        wishes, weights={Factor(name): number for name, number in weights(typed).items()}
    )
    rows = scope.rows(columns(scope).where(applications.stage != Stage.CLOSED))
    facts_by_id = {str(row["id"]): facts_of(scope, row, row["found"] or []) for row in rows}
    before, after = (_order(facts_by_id, some, setting) for some in (wishes, changed_wishes))
    places = {row_id: place for place, (row_id, _) in enumerate(before, start=1)}
    first = after[:SHOWN]
    names = _names(scope, [row_id for row_id, _ in first])
    return [
        _ranked(row_id, names[row_id], place, score, places[row_id])
        for place, (row_id, score) in enumerate(first, start=1)
    ]


def _order(facts_by_id: dict[str, Facts], wishes: Wishes, setting: ScoreContext) -> list[tuple[str, int]]:
    worth = worths(wishes)
    scores = [(row_id, total(facts, wishes, setting, worth)) for row_id, facts in facts_by_id.items()]
    return sorted(scores, key=lambda item: (item[1], item[0]), reverse=True)


def _names(scope: Scope, ids: list[str]) -> dict[str, str]:
    a = applications
    query = select(a.id, a.role, a.company).where(a.user_id == scope.user_id, a.id.in_(ids))
    return {str(row["id"]): f"{row['role']} at {row['company']}" for row in scope.rows(query)}


def _ranked(row_id: str, name: str, place: int, score: int, place_before: int) -> RankedApplication:
    by = place_before - place
    arrow = f"↑ {by}" if by > 0 else f"↓ {-by}" if by < 0 else ""
    return RankedApplication(row_id, name, place, score, arrow, "up" if by > 0 else "down" if by < 0 else "")
