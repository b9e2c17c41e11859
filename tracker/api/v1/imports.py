"""Imports over the API: send a file, answer its questions, look at the dry run, apply, undo."""

import hashlib
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request
from fastapi.responses import Response
from pydantic import ConfigDict, Field

from tracker.api.v1 import representations
from tracker.api.v1.callers import Reader
from tracker.api.v1.inputs import Input, line
from tracker.api.v1.representations import Fields, IfMatch, Limit, Precondition
from tracker.api.v1.writes import Answer, Changing, Writing
from tracker.db import Scope
from tracker.services.imports import data_imports, undo_import
from tracker.services.records import imports as records
from tracker.shapes.imports import Verdict
from tracker.shapes.records import ImportRecord, ImportRowRecord, MessageRecord, Page

router = APIRouter(prefix="/imports", tags=["Imports"])


class FileQuery(Input):
    """The name of the file that is sent."""

    name: Annotated[str, line(200)] = ""


class SentFile(Input):
    """A file as its idempotency key identifies it."""

    name: str
    digest: str


class MappingChanges(Input):
    """Parts of the mapping by name, such as `0.columns.3` or `statuses.on hold`."""

    changes: Annotated[
        dict[Annotated[str, line(200)], Annotated[str, line(200)]], Field(min_length=1, max_length=200)
    ]

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"changes": {"statuses.on hold": "applied", "0.orders.3": "dmy"}}]}
    )


class RowQuery(Input):
    """The rows to list."""

    verdict: Verdict | Literal[""] = ""
    limit: Limit = representations.DEFAULT_LIMIT
    cursor: Annotated[str, Field(pattern=r"^\d{0,9}$")] = ""
    fields: Fields = ""


@router.get("", response_model=Page[ImportRecord])
def list_imports(request: Request, caller: Reader) -> Response:
    """List the latest 50 imports."""
    return representations.respond_page(caller.read(records.latest), request, ImportRecord)


@router.post("", status_code=202, response_model=ImportRecord)
def create_import(
    content: Annotated[bytes, Body(media_type="application/octet-stream", min_length=1)],
    query: Annotated[FileQuery, Query()],
    write: Writing,
) -> Response:
    """Send a CSV, spreadsheet, JSON, Markdown or ZIP file to import; nothing is imported yet."""

    def act(scope: Scope) -> Answer:
        return _answer(scope, data_imports.store_file(scope, content, query.name))

    return write.post(SentFile(name=query.name, digest=hashlib.sha256(content).hexdigest()), act)


@router.get("/{import_id}", response_model=ImportRecord)
def get_import(request: Request, caller: Reader, import_id: UUID) -> Response:
    """Return an import with its mapping, and the questions to answer before it can be applied."""
    return representations.respond(caller.read(records.read, import_id), request)


@router.get("/{import_id}/rows", response_model=Page[ImportRowRecord])
def list_import_rows(
    request: Request, caller: Reader, import_id: UUID, query: Annotated[RowQuery, Query()]
) -> Response:
    """List what importing each row would do, or why it can't be imported."""
    page = caller.read(records.rows, import_id, query.verdict, query.cursor, query.limit)
    return representations.respond_page(page, request, ImportRowRecord, query.fields)


@router.patch("/{import_id}", response_model=ImportRecord)
def change_import(
    import_id: UUID, body: MappingChanges, write: Changing, if_match: IfMatch = None
) -> Response:
    """Change parts of the mapping, and check the rows again."""
    return write.change(
        records.read,
        import_id,
        Precondition(if_match),
        lambda scope: data_imports.change(scope, import_id, body.changes),
    )


@router.delete("/{import_id}", status_code=204)
def discard_import(import_id: UUID, write: Changing, if_match: IfMatch = None) -> Response:
    """Discard an import that wasn't applied."""
    return write.delete(
        records.read,
        import_id,
        Precondition(if_match),
        lambda scope: data_imports.discard(scope, import_id),
    )


@router.post("/{import_id}/applications", status_code=202, response_model=ImportRecord)
def apply_import(import_id: UUID, write: Writing) -> Response:
    """Apply an import; a job writes all of it at once, and the import's state says when it is done."""

    def act(scope: Scope) -> Answer:
        data_imports.request_apply(scope, import_id)
        return _answer(scope, str(import_id))

    return write.post(None, act)


@router.post("/{import_id}/undos", status_code=201, response_model=MessageRecord)
def undo_applied_import(import_id: UUID, write: Writing) -> Response:
    """Undo an applied import, unless something depends on it."""
    return write.post(None, lambda scope: Answer(MessageRecord(message=undo_import.undo(scope, import_id))))


def _answer(scope: Scope, import_id: str) -> Answer:
    scope.reread()
    return Answer(records.read(scope, import_id), f"/api/v1/imports/{import_id}", status=202)
