"""Applications over the API: list, add, change, move, follow up, delete."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import ConfigDict, Field

from tracker.api.v1 import representations
from tracker.api.v1.callers import Reader
from tracker.api.v1.inputs import Amount, Day, Input, Tag, line, lines, number, required_line, typed
from tracker.api.v1.representations import Cursor, Fields, IfMatch, Limit, Precondition
from tracker.api.v1.writes import Answer, Changing, Writing
from tracker.db import Scope
from tracker.services.applications import creation, deletion, field_edits, stage_moves
from tracker.services.contacts import contact_changes
from tracker.services.records import applications as records
from tracker.services.records import contacts as contact_records
from tracker.services.records import insights
from tracker.shapes.enumerations import Employment, FollowUpWay, Outcome, Period, Stage, Workplace
from tracker.shapes.filters import SORTS, Filters
from tracker.shapes.priority import CompanySize
from tracker.shapes.records import (
    ApplicationRecord,
    ContactRecord,
    Page,
    ScoreRecord,
)

router = APIRouter(tags=["Applications"])
CLOSED_NEEDS_OUTCOME: dict[str, Any] = {
    "if": {"properties": {"stage": {"const": "closed"}}, "required": ["stage"]},
    "then": {
        "properties": {"outcome": {"enum": [outcome.value for outcome in Outcome]}}, "required": ["outcome"]
    },
}  # fmt: skip
"""JSON Schema of a closed stage, which needs an outcome."""


class ApplicationFields(Input):
    """The fields of an application other than its company, role and stage."""

    location: Annotated[str, line(200)] = ""
    country: Annotated[str | None, Field(pattern="^[A-Z]{2}$", description="ISO 3166-1 code")] = None
    workplace: Workplace | None = None
    employment: Employment | None = None
    salary_from: Amount | None = None
    salary_to: Amount | None = None
    currency: Annotated[str | None, Field(pattern="^[A-Z]{3}$", description="ISO 4217 code")] = None
    salary_period: Period | None = None
    posting_url: Annotated[str, line(2000)] = ""
    posting_text: Annotated[str, lines(100_000)] = ""
    source: Annotated[str, line(100)] = ""
    industry: Annotated[str, line(100)] = ""
    company_size: CompanySize | None = None
    excitement: Annotated[int, number(1, 5)] | None = None
    tags: Annotated[list[Tag], Field(max_length=30)] = []
    deadline: Day | None = None
    applied_on: Day | None = None
    follow_up_on: Day | None = None
    notes: Annotated[str, lines(100_000)] = ""


class NewApplication(ApplicationFields):
    """An application to add; it begins as saved unless a stage is given."""

    company: Annotated[str, required_line(200)]
    role: Annotated[str, required_line(200)]
    stage: Stage = Stage.SAVED
    outcome: Outcome | None = None

    model_config = ConfigDict(
        json_schema_extra={
            **CLOSED_NEEDS_OUTCOME,
            "examples": [
                {
                    "company": "Linear", "role": "Backend engineer", "location": "Berlin", "salary_from": 70000,
                    "salary_to": 85000, "currency": "EUR", "posting_url": "https://jobs.lever.co/linear/1", "tags": ["python"],
                }
            ],
        }
    )  # fmt: skip


class ApplicationChanges(ApplicationFields):
    """Fields to change; those that aren't sent stay, and null clears one."""

    company: Annotated[str, required_line(200)] = ""
    role: Annotated[str, required_line(200)] = ""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"notes": "Met Maria at the meetup", "excitement": 5}]}
    )


class Move(Input):
    """A stage to move to; closed needs an outcome."""

    stage: Stage
    outcome: Outcome | None = None

    model_config = ConfigDict(
        json_schema_extra={
            **CLOSED_NEEDS_OUTCOME,
            "examples": [{"stage": "interviewing"}, {"stage": "closed", "outcome": "rejected"}],
        }
    )


class FollowUp(Input):
    """A follow-up that was sent."""

    way: FollowUpWay | None = None
    note: Annotated[str, line(200)] = ""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"way": "email", "note": "Asked how it stands"}]}
    )


class ApplicationFilters(Input):
    """The filters and the order of the list, as on the applications page."""

    q: Annotated[str, line(200), Field(description="Words to search for")] = ""
    stage: Stage | Literal["open", ""] = ""
    outcome: Outcome | Literal[""] = ""
    workplace: Workplace | Literal[""] = ""
    source: Annotated[str, line(100)] = ""
    tag: Annotated[str, line(40)] = ""
    due: Literal["today", "week", "late", ""] = ""
    sort: Annotated[str, Field(pattern=f"^({'|'.join(SORTS)})$")] = "touched"
    order: Literal["ascending", "descending", ""] = ""

    @property
    def filters(self) -> Filters:
        """The filters as the list takes them."""
        order = {"ascending": "up", "descending": "down"}.get(self.order, "")
        names = ("q", "stage", "outcome", "workplace", "source", "tag", "due", "sort")
        return Filters.of_query({**{name: str(getattr(self, name)) for name in names}, "order": order})


class ApplicationQuery(ApplicationFilters):
    """The filters, the order and the page of the list."""

    limit: Limit = representations.DEFAULT_LIMIT
    cursor: Cursor = ""
    fields: Fields = ""


@router.get("/applications", response_model=Page[ApplicationRecord])
def list_applications(
    request: Request, caller: Reader, query: Annotated[ApplicationQuery, Query()]
) -> Response:
    """List applications, filtered and in the order of the applications page."""
    page = representations.page_of(caller, records.page, query.filters, query.cursor, query.limit)
    return representations.respond_page(page, request, ApplicationRecord, query.fields)


@router.post("/applications", status_code=201, response_model=ApplicationRecord)
def create_application(body: NewApplication, write: Writing) -> Response:
    """Add an application."""
    return write.post(body, lambda scope: _answer(scope, create(scope, body)))


@router.get("/applications/{application_id}", response_model=ApplicationRecord)
def get_application(request: Request, caller: Reader, application_id: UUID) -> Response:
    """Return an application."""
    return representations.respond(caller.read(records.read, application_id), request)


@router.patch("/applications/{application_id}", response_model=ApplicationRecord)
def change_application(
    application_id: UUID, body: ApplicationChanges, write: Changing, if_match: IfMatch = None
) -> Response:
    """Change the fields that are sent."""
    changes = typed(body.model_dump(exclude_unset=True))
    return write.change(
        records.read,
        application_id,
        Precondition(if_match),
        lambda scope: field_edits.edit_fields(scope, str(application_id), changes),
    )


@router.delete("/applications/{application_id}", status_code=204)
def delete_application(application_id: UUID, write: Changing, if_match: IfMatch = None) -> Response:
    """Delete an application; an undo within 30 days brings it back."""
    return write.delete(
        records.read,
        application_id,
        Precondition(if_match),
        lambda scope: deletion.remove(scope, [str(application_id)]),
    )


@router.post("/applications/{application_id}/moves", status_code=201, response_model=ApplicationRecord)
def move_application(application_id: UUID, body: Move, write: Writing, if_match: IfMatch = None) -> Response:
    """Move an application to a stage; moving it where it is has no effect."""

    def act(scope: Scope) -> Answer:
        Precondition(if_match, is_required=False).check(records.read(scope, application_id, lock=True))
        return _answer(scope, move(scope, application_id, body))

    return write.post(body, act)


@router.post("/applications/{application_id}/follow-ups", status_code=201, response_model=ApplicationRecord)
def log_follow_up(application_id: UUID, body: FollowUp, write: Writing) -> Response:
    """Log a follow-up, and set the date of the next."""

    def act(scope: Scope) -> Answer:
        stage_moves.follow_up(scope, str(application_id), typed(body.model_dump()))
        return _answer(scope, str(application_id))

    return write.post(body, act)


@router.get("/applications/{application_id}/score", response_model=ScoreRecord)
def get_score(request: Request, caller: Reader, application_id: UUID) -> Response:
    """Return an application's score with the reasons that add up to it."""
    return representations.respond(caller.read(insights.score, application_id), request)


@router.put("/applications/{application_id}/contacts/{contact_id}", response_model=ContactRecord)
def link_contact(application_id: UUID, contact_id: UUID, write: Changing) -> Response:
    """Link a contact to an application; linking it again has no effect."""
    return write.change(
        contact_records.read,
        contact_id,
        Precondition(None, is_required=False),
        lambda scope: contact_changes.link(scope, str(contact_id), str(application_id)),
    )


@router.delete("/applications/{application_id}/contacts/{contact_id}", status_code=204)
def unlink_contact(application_id: UUID, contact_id: UUID, write: Changing) -> Response:
    """Remove a contact from an application; the contact stays."""
    return write.delete(
        contact_records.read,
        contact_id,
        Precondition(None, is_required=False),
        lambda scope: contact_changes.unlink(scope, str(contact_id), str(application_id)),
    )


def create(scope: Scope, body: NewApplication) -> str:
    """Add an application, closed ones with their outcome, and return its id."""
    values = typed(body.model_dump(exclude_unset=True, exclude={"stage", "outcome"}))
    if body.stage is not Stage.CLOSED:
        return creation.add(scope, values, body.stage)
    row_id = creation.add(scope, values)
    stage_moves.move(scope, [row_id], body.stage, body.outcome or "")
    return row_id


def move(scope: Scope, application_id: UUID, body: Move) -> str:
    """Move an application, and return its id."""
    stage_moves.move(scope, [str(application_id)], body.stage, body.outcome or "")
    return str(application_id)


def _answer(scope: Scope, application_id: str) -> Answer:
    scope.reread()
    return Answer(records.read(scope, application_id), f"/api/v1/applications/{application_id}")
