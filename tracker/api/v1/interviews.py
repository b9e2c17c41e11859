"""Interviews over the API: list, schedule, change, settle, debrief, delete."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import ConfigDict

from tracker.api.v1 import representations
from tracker.api.v1.callers import Reader
from tracker.api.v1.inputs import Day, Input, Moment, line, lines, local_time, number, typed
from tracker.api.v1.representations import Cursor, Fields, IfMatch, Limit, Precondition
from tracker.api.v1.writes import Answer, Changing, Writing
from tracker.db import Scope
from tracker.services.interviews import scheduling, state_changes
from tracker.services.records import interviews as records
from tracker.services.records.interviews import InterviewFilter
from tracker.shapes.enumerations import InterviewKind, InterviewState
from tracker.shapes.records import InterviewRecord, Page

router = APIRouter(tags=["Interviews"])


class NewInterview(Input):
    """An interview to schedule; the application moves on to the stage that it implies."""

    application_id: UUID
    kind: InterviewKind = InterviewKind.OTHER
    starts_at: Moment
    time_zone: Annotated[str, line(100)] = ""
    minutes: Annotated[int, number(5, 1440)] = 60
    round: Annotated[int, number(1, 50)] | None = None
    place: Annotated[str, line(2000)] = ""
    interviewers: Annotated[str, line(1000)] = ""
    preparation: Annotated[str, lines(100_000)] = ""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "application_id": "01890000-0000-7000-8000-000000000001", "kind": "technical",
                    "starts_at": "2026-11-05T14:30", "time_zone": "Europe/Berlin", "minutes": 60,
                }
            ]
        }
    )  # fmt: skip


class InterviewChanges(Input):
    """Fields to change; those that aren't sent stay."""

    kind: InterviewKind = InterviewKind.OTHER
    starts_at: Moment = "2026-11-05T14:30"
    time_zone: Annotated[str, line(100)] = ""
    minutes: Annotated[int, number(5, 1440)] = 60
    round: Annotated[int, number(1, 50)] = 1
    place: Annotated[str, line(2000)] = ""
    interviewers: Annotated[str, line(1000)] = ""
    preparation: Annotated[str, lines(100_000)] = ""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"starts_at": "2026-11-06T10:00:00+01:00", "place": "Room 4"}]}
    )


class NewState(Input):
    """The new state of an interview; `scheduled` puts it back on the calendar."""

    state: InterviewState

    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "done"}]})


class Debrief(Input):
    """The debrief of an interview."""

    text: Annotated[str, lines(100_000)]
    rating: Annotated[int, number(1, 5)] | None = None

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Asked about queues", "rating": 4}]})


class InterviewQuery(Input):
    """The limits of the list, which is in the order of time."""

    application_id: UUID | None = None
    state: InterviewState | Literal[""] = ""
    since: Day | None = None
    until: Day | None = None
    limit: Limit = representations.DEFAULT_LIMIT
    cursor: Cursor = ""
    fields: Fields = ""


@router.get("/interviews", response_model=Page[InterviewRecord])
def list_interviews(request: Request, caller: Reader, query: Annotated[InterviewQuery, Query()]) -> Response:
    """List the interviews of the days from `since` to `until`, by start."""
    limits = InterviewFilter(query.application_id, query.state, query.since, query.until)
    page = representations.page_of(caller, records.page, limits, query.cursor, query.limit)
    return representations.respond_page(page, request, InterviewRecord, query.fields)


@router.post("/interviews", status_code=201, response_model=InterviewRecord)
def schedule_interview(body: NewInterview, write: Writing) -> Response:
    """Schedule an interview; a time without an offset is on the clock of its time zone."""

    def act(scope: Scope) -> Answer:
        values = body.model_dump(exclude_unset=True, exclude={"application_id", "starts_at", "time_zone"})
        zone = body.time_zone or scope.who.timezone or "UTC"
        times = local_time(body.starts_at, zone)
        row_id = scheduling.schedule(scope, str(body.application_id), {**typed(values), **times})
        return _answer(scope, row_id)

    return write.post(body, act)


@router.get("/interviews/{interview_id}", response_model=InterviewRecord)
def get_interview(request: Request, caller: Reader, interview_id: UUID) -> Response:
    """Return an interview."""
    return representations.respond(caller.read(records.read, interview_id), request)


@router.patch("/interviews/{interview_id}", response_model=InterviewRecord)
def change_interview(
    interview_id: UUID, body: InterviewChanges, write: Changing, if_match: IfMatch = None
) -> Response:
    """Change the fields that are sent; a new time zone alone keeps the local time."""

    def act(scope: Scope) -> None:
        changes = body.model_dump(exclude_unset=True)
        scheduling.edit(scope, str(interview_id), _typed_changes(scope, interview_id, changes))

    return write.change(records.read, interview_id, Precondition(if_match), act)


@router.delete("/interviews/{interview_id}", status_code=204)
def delete_interview(interview_id: UUID, write: Changing, if_match: IfMatch = None) -> Response:
    """Delete an interview."""
    return write.delete(
        records.read,
        interview_id,
        Precondition(if_match),
        lambda scope: state_changes.delete(scope, str(interview_id)),
    )


@router.post("/interviews/{interview_id}/states", status_code=201, response_model=InterviewRecord)
def settle_interview(interview_id: UUID, body: NewState, write: Writing) -> Response:
    """Mark an interview as done, missed or cancelled, or put it back on the calendar."""

    def act(scope: Scope) -> Answer:
        _SETTLE[body.state](scope, str(interview_id))
        return _answer(scope, str(interview_id))

    return write.post(body, act)


@router.put("/interviews/{interview_id}/debrief", response_model=InterviewRecord)
def write_debrief(interview_id: UUID, body: Debrief, write: Changing, if_match: IfMatch = None) -> Response:
    """Write the debrief, and mark the interview as done."""
    rating = "" if body.rating is None else str(body.rating)
    return write.change(
        records.read,
        interview_id,
        Precondition(if_match),
        lambda scope: state_changes.debrief(scope, str(interview_id), body.text, rating),
    )


_SETTLE = {
    InterviewState.DONE: state_changes.mark_done,
    InterviewState.CANCELLED: state_changes.cancel,
    InterviewState.NO_SHOW: state_changes.no_show,
    InterviewState.SCHEDULED: state_changes.reopen,
}


def _typed_changes(scope: Scope, interview_id: UUID, changes: dict[str, Any]) -> dict[str, str]:
    """Return the changes as a form's fields, with a start put on the clock of its zone."""
    starts_at, zone = changes.pop("starts_at", None), changes.pop("time_zone", None)
    fields = typed(changes)
    if starts_at is not None:
        current_zone = zone or records.read(scope, interview_id).time_zone
        return fields | local_time(starts_at, current_zone)
    return fields | ({"zone": zone} if zone is not None else {})


def _answer(scope: Scope, interview_id: str) -> Answer:
    scope.reread()
    return Answer(records.read(scope, interview_id), f"/api/v1/interviews/{interview_id}")
