"""Contacts over the API: list, add, change, delete."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import ConfigDict, Field

from tracker.api.v1 import representations
from tracker.api.v1.callers import Reader
from tracker.api.v1.inputs import Input, line, lines, required_line, typed
from tracker.api.v1.representations import Cursor, Fields, IfMatch, Limit, Precondition
from tracker.api.v1.writes import Answer, Changing, Writing
from tracker.db import Scope
from tracker.services.contacts import contact_changes
from tracker.services.records import contacts as records
from tracker.shapes.records import ContactRecord, Page

router = APIRouter(tags=["Contacts"])


class ContactFields(Input):
    """The fields of a contact other than its name."""

    role: Annotated[str, line(200)] = ""
    company: Annotated[str, line(200)] = ""
    email: Annotated[str, line(320)] = ""
    phone: Annotated[str, line(50)] = ""
    link: Annotated[str, line(2000)] = ""
    notes: Annotated[str, lines(100_000)] = ""


class NewContact(ContactFields):
    """A contact to add, linked to an application if one is named."""

    name: Annotated[str, required_line(200)]
    application_id: UUID | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "Maria Ortiz", "role": "Recruiter", "email": "maria@example.com"}]
        }
    )


class ContactChanges(ContactFields):
    """Fields to change; those that aren't sent stay."""

    name: Annotated[str, required_line(200)] = ""

    model_config = ConfigDict(json_schema_extra={"examples": [{"phone": "+49 30 1234567"}]})


class ContactSearch(Input):
    """The search of the list, which is in the order of names."""

    q: Annotated[str, line(200), Field(description="Words to search for")] = ""


class ContactQuery(ContactSearch):
    """The search and the page of the list."""

    limit: Limit = representations.DEFAULT_LIMIT
    cursor: Cursor = ""
    fields: Fields = ""


@router.get("/contacts", response_model=Page[ContactRecord])
def list_contacts(request: Request, caller: Reader, query: Annotated[ContactQuery, Query()]) -> Response:
    """List contacts by name."""
    page = representations.page_of(caller, records.page, query.q, query.cursor, query.limit)
    return representations.respond_page(page, request, ContactRecord, query.fields)


@router.post("/contacts", status_code=201, response_model=ContactRecord)
def create_contact(body: NewContact, write: Writing) -> Response:
    """Add a contact."""

    def act(scope: Scope) -> Answer:
        row_id = create(scope, body)
        scope.reread()
        return Answer(records.read(scope, row_id), f"/api/v1/contacts/{row_id}")

    return write.post(body, act)


@router.get("/contacts/{contact_id}", response_model=ContactRecord)
def get_contact(request: Request, caller: Reader, contact_id: UUID) -> Response:
    """Return a contact with the applications it is linked to."""
    return representations.respond(caller.read(records.read, contact_id), request)


@router.patch("/contacts/{contact_id}", response_model=ContactRecord)
def change_contact(
    contact_id: UUID, body: ContactChanges, write: Changing, if_match: IfMatch = None
) -> Response:
    """Change the fields that are sent."""
    changes = typed(body.model_dump(exclude_unset=True))
    return write.change(
        records.read,
        contact_id,
        Precondition(if_match),
        lambda scope: contact_changes.edit_fields(scope, str(contact_id), changes),
    )


@router.delete("/contacts/{contact_id}", status_code=204)
def delete_contact(contact_id: UUID, write: Changing, if_match: IfMatch = None) -> Response:
    """Delete a contact."""
    return write.delete(
        records.read,
        contact_id,
        Precondition(if_match),
        lambda scope: contact_changes.delete(scope, str(contact_id)),
    )


def create(scope: Scope, body: NewContact) -> str:
    """Add a contact, and return its id."""
    values = typed(body.model_dump(exclude_unset=True, exclude={"application_id"}))
    return contact_changes.add(scope, values, str(body.application_id or ""))
