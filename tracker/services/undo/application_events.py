"""Undo of events of an application: moves, edits, deletion, and snoozed or dismissed actions."""

from typing import Any

from sqlalchemy import delete

from tracker.db import Scope
from tracker.errors import Conflict
from tracker.models import Application, HiddenAction, hidden_actions
from tracker.services.applications.application_fields import as_typed
from tracker.services.applications.duplicate_keys import update_keys
from tracker.services.applications.field_edits import parsed_or_raw
from tracker.services.applications.slips import restore
from tracker.services.undo.logged_rows import CHANGED_SINCE, UndoHandler, as_date
from tracker.shapes.enumerations import EventKind


def _undo_move(scope: Scope, row: Application, particulars: dict[str, Any]) -> None:
    if (row.stage, row.outcome) != (particulars["to"], particulars["outcome"]):
        raise Conflict(CHANGED_SINCE)
    restore(row, particulars)


def _undo_deletion(scope: Scope, row: Application, particulars: dict[str, Any]) -> None:
    row.deleted_at = None


def _undo_edit(scope: Scope, row: Application, particulars: dict[str, Any]) -> None:
    field = particulars["field"]
    before, after = (
        particulars["changed"][field]
        if "changed" in particulars
        else (particulars["from"], particulars["to"])
    )
    if as_typed(getattr(row, field)) != after:
        raise Conflict(CHANGED_SINCE)
    setattr(row, field, parsed_or_raw(field, before))
    update_keys(row)


def _undo_follow_up(scope: Scope, row: Application, particulars: dict[str, Any]) -> None:
    row.follow_up_on = as_date(particulars.get("follow_up_on"))


def _undo_hidden_action(scope: Scope, row: Application, particulars: dict[str, Any]) -> None:
    scope.session.execute(
        delete(HiddenAction).where(
            hidden_actions.user_id == scope.user_id,
            hidden_actions.application_id == row.id,
            hidden_actions.kind == particulars["action"],
            hidden_actions.about == particulars["about"],
        )
    )


HANDLERS: dict[EventKind, UndoHandler] = {
    EventKind.STAGE_CHANGED: _undo_move,
    EventKind.APPLICATION_DELETED: _undo_deletion,
    EventKind.APPLICATION_EDITED: _undo_edit,
    EventKind.FOLLOW_UP_LOGGED: _undo_follow_up,
    EventKind.ACTION_SNOOZED: _undo_hidden_action,
    EventKind.ACTION_DISMISSED: _undo_hidden_action,
}
