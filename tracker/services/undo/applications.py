"""Putting back what was done to an application: its moves, edits and deletion, and next actions set aside."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete

from tracker.db import Scope
from tracker.errors import Conflict
from tracker.models import Application, SetAside, set_aside
from tracker.services.applications.editing import parsed_or_same
from tracker.services.applications.fields import as_typed
from tracker.services.postings import posting_key
from tracker.services.undo.rows import CHANGED_SINCE, Back, day
from tracker.shapes.words import EventKind, Stage


def _move_back(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    if (row.stage, row.outcome) != (facts["to"], facts["outcome"]):
        raise Conflict(CHANGED_SINCE)
    row.stage, row.outcome = facts["from"], facts["from_outcome"]
    row.stage_since = datetime.fromisoformat(facts["from_since"])
    row.furthest = facts["from_furthest"]
    for stage in list(Stage)[Stage(row.furthest).rank + 1 : Stage.CLOSED.rank]:
        setattr(row, f"{stage}_at", None)
    if "follow_up_on" in facts and row.follow_up_on == day(facts["follow_up_on"]):
        row.follow_up_on = day(facts["from_follow_up_on"])
    set_on = facts.get("set_applied_on")
    if set_on and row.applied_on == date.fromisoformat(set_on):
        row.applied_on = None


def _bring_back(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    row.deleted_at = None


def _edit_back(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    field = facts["field"]
    before, after = facts["changed"][field] if "changed" in facts else (facts["from"], facts["to"])
    if as_typed(getattr(row, field)) != after:
        raise Conflict(CHANGED_SINCE)
    setattr(row, field, parsed_or_same(field, before))
    if field == "posting_url":
        row.posting_key = posting_key(row.posting_url)


def _follow_up_back(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    row.follow_up_on = day(facts.get("follow_up_on"))


def _taken_up_again(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    scope.session.execute(
        delete(SetAside).where(
            set_aside.user_id == scope.user_id,
            set_aside.application_id == row.id,
            set_aside.kind == facts["action"],
            set_aside.about == facts["about"],
        )
    )


BACK: dict[EventKind, Back] = {
    EventKind.STAGE_CHANGED: _move_back,
    EventKind.APPLICATION_DELETED: _bring_back,
    EventKind.APPLICATION_EDITED: _edit_back,
    EventKind.FOLLOW_UP_LOGGED: _follow_up_back,
    EventKind.ACTION_SNOOZED: _taken_up_again,
    EventKind.ACTION_DISMISSED: _taken_up_again,
}
