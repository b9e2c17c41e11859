"""New and updated applications of an import, written in bulk with their history."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, func, select, text

from tracker.db import Scope
from tracker.models import Application, applications
from tracker.services import timeline
from tracker.services.applications.application_fields import as_typed
from tracker.services.applications.duplicate_keys import update_keys
from tracker.services.applications.field_edits import MAX_LOGGED
from tracker.services.applications.stage_moves import next_follow_up
from tracker.services.employers import employer_key
from tracker.services.figures import snapshots
from tracker.services.imports.comparison import ApplicationPlan
from tracker.services.imports.drafts import ApplicationDraft
from tracker.services.imports.history import History, Step, history_of, move_particulars
from tracker.shapes.enumerations import EventKind, Outcome, Stage

BATCH = 1000
"""Rows of one statement, after which the progress is reported."""
_OPEN = (Stage.APPLIED, Stage.SCREENING, Stage.INTERVIEWING)
Entry = tuple[UUID, dict[str, Any], datetime]
"""An event: the application, the particulars, and when."""


def add_applications(scope: Scope, plans: Sequence[ApplicationPlan], advance: Callable[[int], None]) -> None:
    """Insert new applications and their past events; `advance` gets the number of rows written so far."""
    ids = list(
        scope.session.scalars(select(func.uuidv7()).select_from(func.generate_series(1, len(plans)).alias()))
    )
    added: list[Entry] = []
    moved: list[Entry] = []
    for start in range(0, len(plans), BATCH):
        rows = []
        for row_id, target in zip(ids[start : start + BATCH], plans[start : start + BATCH], strict=False):
            assert target.draft  # noqa: S101
            history = history_of(target.draft, scope.now)
            rows.append(_row(scope, row_id, target, history))
            added.append(_added(row_id, history.steps[0]))
            moved += _moves(row_id, history.steps)
        scope.session.execute(_insertion(rows[0]), {"rows": json.dumps(rows, default=str)})
        advance(start + len(rows))
    _record(scope, EventKind.APPLICATION_ADDED, added)
    _record(scope, EventKind.STAGE_CHANGED, moved)
    sent = (target.values["applied_on"] for target in plans)
    _invalidate(scope, [*sent, *(at.astimezone(scope.who.zone).date() for *_, at in (*added, *moved))])


def update_applications(scope: Scope, plans: Sequence[ApplicationPlan]) -> None:
    """Fill empty fields of stored applications and move them forward; what changed meanwhile stays."""
    targets = {target.id: target for target in plans}
    query = select(Application).where(
        applications.user_id == scope.user_id, applications.id.in_(targets), applications.deleted_at.is_(None)
    )
    edited: list[Entry] = []
    moved: list[Entry] = []
    for row in scope.session.scalars(query.order_by(applications.id).with_for_update()):
        target = targets[row.id]
        edited += [(row.id, particulars, scope.now) for particulars in _filled(row, target.filled)]
        if target.moves and target.draft and target.stage.rank > Stage(row.stage).rank:
            moved.append(_moved(scope, row, target.draft, target.stage, target.outcome))
        row.touched_at, row.version = scope.now, row.version + 1
        update_keys(row)
    scope.session.flush()
    _record(scope, EventKind.APPLICATION_EDITED, edited)
    _record(scope, EventKind.STAGE_CHANGED, moved)
    sent = (target.filled.get("applied_on") for target in plans)
    _invalidate(scope, [*sent, *(at.astimezone(scope.who.zone).date() for *_, at in moved)])


def _row(scope: Scope, row_id: UUID, target: ApplicationPlan, history: History) -> dict[str, Any]:
    values = target.values
    if target.stage in _OPEN and not values["follow_up_on"]:
        values["follow_up_on"] = next_follow_up(scope, target.stage, values["applied_on"], None)
    return {
        "user_id": scope.user_id,
        "id": row_id,
        "employer_key": employer_key(values["company"]),
        **values,
        **history.columns(scope.now),
    }


def _insertion(row: dict[str, Any]) -> TextClause:
    """Return the statement that inserts rows of these columns from one JSON parameter.

    A statement for each row takes three times as long.
    """
    names = ", ".join(row)
    return text(
        f"INSERT INTO application ({names}) SELECT {names} FROM jsonb_populate_recordset(NULL::application, CAST(:rows AS jsonb))"
    )


def _added(row_id: UUID, first: Step) -> Entry:
    outcome = {"outcome": first.outcome.value} if first.outcome else {}
    return row_id, {"stage": first.stage.value, **outcome}, first.at


def _moves(row_id: UUID, steps: list[Step]) -> list[Entry]:
    return [
        (row_id, move_particulars(before, after, before.stage), after.at) for before, after in pairwise(steps)
    ]


def _filled(row: Application, filled: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Set the fields that are still empty, and yield the particulars of each edit."""
    for name, value in filled.items():
        before = getattr(row, name)
        if before in (None, "", []) and value not in (None, "", []):
            setattr(row, name, value)
            text = as_typed(value)
            is_long = len(text) > MAX_LOGGED or name in ("notes", "posting_text")
            yield {
                "field": name,
                **({"changed": {name: ["", text]}} if is_long else {"from": "", "to": text}),
            }


def _moved(
    scope: Scope, row: Application, draft: ApplicationDraft, stage: Stage, outcome: Outcome | None
) -> Entry:
    """Move a stored application forward, at the stated time unless that is before its last move."""
    stated = draft.applied_at if stage is Stage.APPLIED else draft.status_at
    at = max(stated, row.stage_since) if stated else scope.now
    before = Step(Stage(row.stage), Outcome(row.outcome) if row.outcome else None, row.stage_since)
    particulars = move_particulars(before, Step(stage, outcome, at), Stage(row.furthest))
    follow_up_on = row.follow_up_on
    row.stage, row.outcome, row.stage_since = stage.value, outcome.value if outcome else None, at
    if Stage(row.furthest).rank < stage.rank < Stage.CLOSED.rank:
        row.furthest = stage.value
        setattr(row, f"{stage}_at", at)
    if stage in _OPEN:
        row.follow_up_on = next_follow_up(scope, stage, row.applied_on, row.follow_up_on)
    days = {"from_follow_up_on": follow_up_on, "follow_up_on": row.follow_up_on}
    return row.id, particulars | {name: day.isoformat() if day else None for name, day in days.items()}, at


def _record(scope: Scope, kind: EventKind, entries: list[Entry]) -> None:
    if entries:
        timeline.record_many(
            scope,
            kind,
            [(row_id, particulars) for row_id, particulars, _ in entries],
            [at for *_, at in entries],
        )


def _invalidate(scope: Scope, days: Iterable[date | None]) -> None:
    """Discard the snapshots from the earliest of these days on."""
    known = [day for day in days if day]
    if known:
        snapshots.invalidate(scope, min(known))
