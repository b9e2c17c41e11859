"""Taking back an action: the log's events of one batch, each put right, and marked as undone."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, Event, applications, events
from tracker.services import snapshots
from tracker.services.priority.stored_scores import rescore
from tracker.services.profile.changes import undo_change
from tracker.services.undo import applications as of_applications
from tracker.services.undo import contacts as of_contacts
from tracker.services.undo import interviews as of_interviews
from tracker.services.undo import letters as of_letters
from tracker.services.undo.rows import Back
from tracker.shapes.words import EventKind, Stage


def undo(scope: Scope, batch: str) -> str:
    """Take back everything one action did, and say so, with what comes back otherwise than it was.

    Conflict, and nothing done, when any of it was changed since.
    """
    query = (
        select(Event)
        .where(events.user_id == scope.user_id, events.batch == as_uuid(batch), events.undone_at.is_(None))
        .order_by(events.id.desc())
        .with_for_update()
    )
    happened = list(scope.session.scalars(query))
    undoable = [event for event in happened if _is_undoable(event.kind, event.particulars)]
    if not undoable:
        raise NotFound("action")
    rows = _applications(scope, undoable)
    notes = [
        _BACK[EventKind(event.kind)](scope, rows.get(event.application_id), event.particulars)
        for event in undoable
    ]
    scope.session.flush()
    snapshots.touched(scope, *[day for event in undoable for day in _days_changed(scope, event, rows)])
    undone = [event.id for event in undoable]
    scope.session.execute(
        update(Event)
        .where(events.user_id == scope.user_id, events.id.in_(undone))
        .values(undone_at=scope.now)
    )
    scope.owe(rescore, [row.id for row in rows.values()])
    done = "Undone" if len(rows) < 2 else f"Undone for {len(rows)}"
    return ". ".join([done, *dict.fromkeys(note for note in notes if note)])


def _days_changed(scope: Scope, event: Event, rows: dict[UUID | None, Application]) -> list[date | None]:
    """The days whose figures taking back an event may change, the first at least."""
    row, facts = rows.get(event.application_id), event.particulars
    days = [event.at.astimezone(scope.who.zone).date()]
    if row is None:
        return [*days]
    match EventKind(event.kind):
        case EventKind.APPLICATION_DELETED:
            return [*days, *snapshots.first_days(scope, row)]
        case EventKind.STAGE_CHANGED if facts["from"] == Stage.SAVED:
            return [*days, row.applied_on]
        case EventKind.APPLICATION_EDITED if facts["field"] == "applied_on":
            return [*days, *(date.fromisoformat(facts[way]) for way in ("from", "to") if facts.get(way))]
    return [*days]


def offered(scope: Scope) -> str:
    """The batch of the action of this transaction, if all that it did can be taken back; else nothing."""
    query = select(events.kind, events.particulars).where(
        events.user_id == scope.user_id, events.batch == scope.batch
    )
    happened = scope.rows(query)
    can_be = happened and all(_is_undoable(row["kind"], row["particulars"]) for row in happened)
    return str(scope.batch) if can_be else ""


def _is_undoable(kind: str, facts: dict[str, Any]) -> bool:
    """Whether the log knows enough of an event; of a change of a long text it doesn't."""
    return EventKind(kind) in _BACK and (
        EventKind(kind) not in _EDITS or bool({"from", "changed"} & {*facts})
    )


def _applications(scope: Scope, undoable: list[Event]) -> dict[UUID | None, Application]:
    ids = {event.application_id for event in undoable if event.application_id}
    query = (
        select(Application)
        .where(applications.user_id == scope.user_id, applications.id.in_(ids))
        .order_by(applications.id)
        .with_for_update()
    )
    found: dict[UUID | None, Application] = {row.id: row for row in scope.session.scalars(query)}
    for row in found.values():
        row.version += 1
        row.touched_at = scope.now
    return found


_BACK: dict[EventKind, Back] = {
    **of_applications.BACK,
    **of_interviews.BACK,
    **of_letters.BACK,
    **of_contacts.BACK,
    EventKind.PROFILE_CHANGED: undo_change,
}

_EDITS = (
    EventKind.APPLICATION_EDITED,
    EventKind.INTERVIEW_EDITED,
    EventKind.INTERVIEW_DEBRIEFED,
    EventKind.CONTACT_EDITED,
)
