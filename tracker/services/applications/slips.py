"""Slips: moves that are reversed within ten minutes and count nowhere."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from tracker.db import Scope
from tracker.models import Application, events
from tracker.shapes.enumerations import EventKind, Stage

TIME_LIMIT = timedelta(minutes=10)
"""Longest time in a stage after which moving back still counts as a slip."""
DATED_STAGES = (Stage.APPLIED, Stage.SCREENING, Stage.INTERVIEWING, Stage.OFFER)


class Move(NamedTuple):
    """A logged move of an application."""

    id: UUID
    at: datetime
    particulars: dict[str, Any]


def recent_moves(scope: Scope, rows: Iterable[Application], target: Stage) -> dict[UUID, list[Move]]:
    """Return the recent moves of the rows that move back to `target`, the latest first."""
    since = scope.now - TIME_LIMIT
    ids = [row.id for row in rows if Stage(row.stage).rank > target.rank and row.stage_since >= since]
    moves: dict[UUID, list[Move]] = defaultdict(list)
    if ids:
        query = (
            select(events.application_id, events.id, events.at, events.particulars)
            .where(
                events.user_id == scope.user_id,
                events.application_id.in_(ids),
                events.kind == EventKind.STAGE_CHANGED,
                events.undone_at.is_(None),
                events.at >= since,
            )
            .order_by(events.at.desc(), events.id.desc())
        )
        for application_id, *move in scope.session.execute(query):
            moves[application_id].append(Move(*move))
    return moves


def reverse(row: Application, target: Stage, moves: list[Move]) -> list[Move]:
    """Restore a row to its state before it slipped beyond `target`, and return the moves that were slips."""
    slips: list[Move] = []
    while Stage(row.stage).rank > target.rank:
        number = next((n for n, move in enumerate(moves) if _entered_by(row, move)), None)
        if number is None or Stage(moves[number].particulars["from"]).rank > Stage(row.stage).rank:
            break  # Unknown, or it came back from further on: it was put into this stage on purpose.
        restore(row, moves[number].particulars)
        slips, moves = slips + moves[: number + 1], moves[number + 1 :]
    return slips


def _entered_by(row: Application, move: Move) -> bool:
    return move.at == row.stage_since and move.particulars["to"] == row.stage


def logged(slips: list[Move]) -> dict[str, Any]:
    """Return slips as the event of the move that reversed them stores them."""
    return {
        "slips": [str(slip.id) for slip in slips],
        "slips_at": [slip.at.isoformat() for slip in slips],
    }


def days(scope: Scope, particulars: dict[str, Any]) -> list[date]:
    """Return the local days of the slips that a move reversed."""
    times = [datetime.fromisoformat(at) for at in particulars.get("slips_at", [])]
    return [at.astimezone(scope.who.zone).date() for at in times]


def restore(row: Application, particulars: dict[str, Any]) -> None:
    """Restore what a move changed, from its event; a date that was edited since stays."""
    row.stage, row.outcome = particulars["from"], particulars["from_outcome"]
    row.stage_since = datetime.fromisoformat(particulars["from_since"])
    row.furthest = particulars["from_furthest"]
    for stage in DATED_STAGES:
        if stage.rank > Stage(row.furthest).rank:
            setattr(row, f"{stage}_at", None)
    for stage, at in particulars.get("from_times", {}).items():
        setattr(row, f"{stage}_at", datetime.fromisoformat(at) if at else None)
    if "follow_up_on" in particulars and row.follow_up_on == _as_date(particulars["follow_up_on"]):
        row.follow_up_on = _as_date(particulars["from_follow_up_on"])
    if particulars.get("set_applied_on") and row.applied_on == _as_date(particulars["set_applied_on"]):
        row.applied_on = None
    if particulars.get("cleared_applied_on") and row.applied_on is None:
        row.applied_on = _as_date(particulars["cleared_applied_on"])


def reached_times(row: Application) -> dict[str, str | None]:
    """Return when a row first reached each stage, as an event stores it."""
    times = {stage.value: getattr(row, f"{stage}_at") for stage in DATED_STAGES}
    return {stage: at.isoformat() if at else None for stage, at in times.items()}


def _as_date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
