"""The event log over the API, and undo."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import ConfigDict

from tracker.api.v1 import representations
from tracker.api.v1.callers import Reader
from tracker.api.v1.inputs import Day, Input
from tracker.api.v1.representations import Cursor, Fields, Limit
from tracker.api.v1.writes import Answer, Writing
from tracker.services.records import events as records
from tracker.services.records.events import EventFilter
from tracker.services.undo import undo
from tracker.shapes.enumerations import EventKind
from tracker.shapes.records import EventRecord, MessageRecord, Page

router = APIRouter(tags=["Events"])


class EventQuery(Input):
    """The limits of the list, in which the latest event is first."""

    application_id: UUID | None = None
    kind: EventKind | Literal[""] = ""
    since: Day | None = None
    until: Day | None = None
    limit: Limit = representations.DEFAULT_LIMIT
    cursor: Cursor = ""
    fields: Fields = ""


class Undo(Input):
    """An action to undo, by the `Undo-Batch` of its answer or the `undo_batch` of its events."""

    batch: UUID

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"batch": "01890000-0000-7000-8000-000000000009"}]}
    )


@router.get("/events", response_model=Page[EventRecord])
def list_events(request: Request, caller: Reader, query: Annotated[EventQuery, Query()]) -> Response:
    """List the events of the days from `since` to `until`, the latest first."""
    limits = EventFilter(query.application_id, query.kind, query.since, query.until)
    page = representations.page_of(caller, records.page, limits, query.cursor, query.limit)
    return representations.respond_page(page, request, EventRecord, query.fields)


@router.get("/events/{event_id}", response_model=EventRecord)
def get_event(request: Request, caller: Reader, event_id: UUID) -> Response:
    """Return an event."""
    return representations.respond(caller.read(records.read, event_id), request)


@router.post("/undos", status_code=201, response_model=MessageRecord)
def undo_action(body: Undo, write: Writing) -> Response:
    """Undo an action, unless something it touched has changed since."""
    return write.post(body, lambda scope: Answer(MessageRecord(message=undo(scope, str(body.batch)))))
