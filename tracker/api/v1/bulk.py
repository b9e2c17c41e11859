"""Bulk requests: up to 500 rows in one transaction, each of which succeeds or fails by itself."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import ConfigDict, Field

from tracker.api.v1 import applications, contacts, problems, representations
from tracker.api.v1.applications import Move, NewApplication
from tracker.api.v1.contacts import NewContact
from tracker.api.v1.inputs import Input
from tracker.api.v1.problems import ApiError
from tracker.api.v1.writes import Answer, Read, Writing
from tracker.db import Scope
from tracker.errors import Sorry
from tracker.services.records import applications as application_records
from tracker.services.records import contacts as contact_records
from tracker.shapes.records import BulkResult, RowResult

router = APIRouter(prefix="/bulk", tags=["Bulk"])
MAX_ROWS = 500
"""Largest number of rows of a request."""


class NewApplications(Input):
    """Up to 500 applications to add."""

    items: Annotated[list[NewApplication], Field(min_length=1, max_length=MAX_ROWS)]

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"items": [{"company": "Linear", "role": "Engineer"}, {"company": "Acme", "role": "Designer"}]}]
        }
    )  # fmt: skip


class RowMove(Move):
    """A move of one application."""

    application_id: UUID


class Moves(Input):
    """Up to 500 moves."""

    items: Annotated[list[RowMove], Field(min_length=1, max_length=MAX_ROWS)]

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"items": [{"application_id": "01890000-0000-7000-8000-000000000001", "stage": "applied"}]}
            ]
        }
    )


class NewContacts(Input):
    """Up to 500 contacts to add."""

    items: Annotated[list[NewContact], Field(min_length=1, max_length=MAX_ROWS)]

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [{"name": "Maria Ortiz"}]}]})


@router.post("/applications", response_model=BulkResult)
def create_applications(body: NewApplications, write: Writing) -> Response:
    """Add up to 500 applications; each has a result of its own."""
    return write.post(
        body,
        lambda scope: _answer(
            scope,
            application_records.read,
            [partial(applications.create, scope, item) for item in body.items],
        ),
    )


@router.post("/moves", response_model=BulkResult)
def move_applications(body: Moves, write: Writing) -> Response:
    """Move up to 500 applications; each has a result of its own."""
    return write.post(
        body,
        lambda scope: _answer(
            scope,
            application_records.read,
            [partial(applications.move, scope, item.application_id, item) for item in body.items],
            200,
        ),
    )


@router.post("/contacts", response_model=BulkResult)
def create_contacts(body: NewContacts, write: Writing) -> Response:
    """Add up to 500 contacts; each has a result of its own."""
    return write.post(
        body,
        lambda scope: _answer(
            scope, contact_records.read, [partial(contacts.create, scope, item) for item in body.items]
        ),
    )


def _answer(scope: Scope, read: Read, acts: Sequence[Callable[[], str]], status: int = 201) -> Answer:
    """Perform acts that return the id of their row, and return a result for each, in the same order.

    A failed act leaves nothing behind; the others are kept, as one action that can be undone.
    """
    outcomes = [_outcome(scope, act, f"/items/{number}") for number, act in enumerate(acts)]
    scope.reread()
    results = [
        _refusal(outcome)
        if isinstance(outcome, ApiError)
        else RowResult(status=status, record=representations.plain(read(scope, outcome)))
        for outcome in outcomes
    ]
    return Answer(BulkResult(results=results), status=200)


def _outcome(scope: Scope, act: Callable[[], str], pointer: str) -> str | ApiError:
    """Return the id of the row that an act wrote, or the problem that kept it from being written."""
    try:
        with scope.savepoint():
            return act()
    except Sorry as error:
        return problems.of_sorry(error, pointer)


def _refusal(error: ApiError) -> RowResult:
    problem = error.problem.model_dump(by_alias=True, exclude_defaults=True)
    return RowResult(status=error.status, problem=problem)
