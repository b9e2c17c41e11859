"""Undo of one user action: all events of its batch, newest first."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, Event, applications, events
from tracker.services.applications import slips
from tracker.services.figures import snapshots
from tracker.services.priority.stored_scores import rescore
from tracker.services.profile.changes import undo_change
from tracker.services.undo import application_events, contact_events, interview_events, letter_events
from tracker.services.undo.logged_rows import UndoHandler
from tracker.shapes.enumerations import EventKind, Stage


def undo(scope: Scope, batch: str) -> str:
    """Undo every event of a batch, and return a sentence that names what differs from before.

    Raises Conflict, and undoes nothing, when something it touched changed since.
    """
    query = (
        select(Event)
        .where(events.user_id == scope.user_id, events.batch == as_uuid(batch), events.undone_at.is_(None))
        .order_by(events.id.desc())
        .with_for_update()
    )
    batch_events = list(scope.session.scalars(query))
    undoable = [event for event in batch_events if _is_undoable(event.kind, event.particulars)]
    if not undoable:
        raise NotFound("action")
    rows = _applications(scope, undoable)
    notes = [
        _HANDLERS[EventKind(event.kind)](scope, rows.get(event.application_id), event.particulars)
        for event in undoable
    ]
    scope.session.flush()
    snapshots.invalidate(scope, *[day for event in undoable for day in _days_changed(scope, event, rows)])
    undone_ids = [event.id for event in undoable]
    scope.session.execute(
        update(Event)
        .where(events.user_id == scope.user_id, events.id.in_(undone_ids))
        .values(undone_at=scope.now)
    )
    scope.defer(rescore, [row.id for row in rows.values()])
    summary = "Undone" if len(rows) < 2 else f"Undone for {len(rows)}"
    return ". ".join([summary, *dict.fromkeys(note for note in notes if note)])


def _days_changed(scope: Scope, event: Event, rows: dict[UUID | None, Application]) -> list[date | None]:
    """Return the days whose snapshots undoing an event may change."""
    row, particulars = rows.get(event.application_id), event.particulars
    days = [event.at.astimezone(scope.who.zone).date(), *slips.days(scope, particulars)]
    if row is None:
        return [*days]
    match EventKind(event.kind):
        case EventKind.APPLICATION_DELETED:
            return [*days, *snapshots.first_days(scope, row)]
        case EventKind.STAGE_CHANGED if particulars["from"] == Stage.SAVED:
            return [*days, row.applied_on]
        case EventKind.APPLICATION_EDITED if particulars["field"] == "applied_on":
            return [
                *days,
                *(date.fromisoformat(particulars[side]) for side in ("from", "to") if particulars.get(side)),
            ]
    return [*days]


def undoable_batch(scope: Scope) -> str:
    """Return the batch of this transaction if everything in it can be undone, else an empty string."""
    query = select(events.kind, events.particulars).where(
        events.user_id == scope.user_id, events.batch == scope.batch
    )
    batch_events = scope.rows(query)
    is_undoable = batch_events and all(_is_undoable(row["kind"], row["particulars"]) for row in batch_events)
    return str(scope.batch) if is_undoable else ""


def _is_undoable(kind: str, particulars: dict[str, Any]) -> bool:
    """Return true when the event has a handler and stores both values; edits of long texts don't."""
    return EventKind(kind) in _HANDLERS and (
        EventKind(kind) not in _EDITS or bool({"from", "changed"} & {*particulars})
    )


def _applications(scope: Scope, undoable: list[Event]) -> dict[UUID | None, Application]:
    ids = {event.application_id for event in undoable if event.application_id}
    query = (
        select(Application)
        .where(applications.user_id == scope.user_id, applications.id.in_(ids))
        .order_by(applications.id)
        .with_for_update()
    )
    rows: dict[UUID | None, Application] = {row.id: row for row in scope.session.scalars(query)}
    for row in rows.values():
        row.version += 1
        row.touched_at = scope.now
    return rows


_HANDLERS: dict[EventKind, UndoHandler] = {
    **application_events.HANDLERS,
    **interview_events.HANDLERS,
    **letter_events.HANDLERS,
    **contact_events.HANDLERS,
    EventKind.PROFILE_CHANGED: undo_change,
}

_EDITS = (
    EventKind.APPLICATION_EDITED,
    EventKind.INTERVIEW_EDITED,
    EventKind.INTERVIEW_DEBRIEFED,
    EventKind.CONTACT_EDITED,
)
