"""The event log as records, the latest first."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker.db import Row, Scope
from tracker.models import Event, events
from tracker.services.records import keyset
from tracker.services.records.conversion import as_record
from tracker.services.timeline import event_sentence
from tracker.shapes.enumerations import EventKind
from tracker.shapes.records import EventRecord, Page


@dataclass(frozen=True)
class EventFilter:
    """Limits of a list of events; empty ones don't apply. Days are the user's, and inclusive."""

    application_id: UUID | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None


def read(scope: Scope, event_id: UUID | str) -> EventRecord:
    """Return an event."""
    return _record(scope, scope.get(Event, event_id).model_dump())


def page(scope: Scope, limits: EventFilter, after: str, size: int) -> Page[EventRecord]:
    """Return at most `size` events, the latest first; `after` is the previous page's cursor."""
    e = events
    query = select(e.id, e.application_id, e.kind, e.at, e.door, e.batch, e.undone_at, e.particulars)
    query = query.where(e.user_id == scope.user_id, *keyset.within(scope, e.at, limits.since, limits.until))
    if limits.application_id:
        query = query.where(e.application_id == limits.application_id)
    if limits.kind:
        query = query.where(e.kind == limits.kind)
    return keyset.page(
        scope, query, [e.at, e.id], after, size, lambda row: _record(scope, row), newest_first=True
    )


def _record(scope: Scope, row: Row | dict[str, Any]) -> EventRecord:
    sentence = event_sentence(scope, EventKind(row["kind"]), row["particulars"])
    return as_record(EventRecord, row, undo_batch=row["batch"], sentence=sentence)
