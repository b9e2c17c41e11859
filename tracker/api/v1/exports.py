"""Exports over the API: the lists as CSV and as workbooks."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from tracker.api.exports import MEDIA, list_file
from tracker.api.v1.applications import ApplicationFilters
from tracker.api.v1.callers import Reader
from tracker.api.v1.contacts import ContactSearch
from tracker.api.v1.inputs import Input
from tracker.shapes.enumerations import Door

router = APIRouter(prefix="/exports", tags=["Exports"])
Kind = Literal["csv", "xlsx"]


class ApplicationExport(ApplicationFilters):
    """The filters and the order of the list, and the kind of file."""

    kind: Kind = "csv"


class ContactExport(ContactSearch):
    """The search of the list, and the kind of file."""

    kind: Kind = "csv"


class InterviewExport(Input):
    """The kind of file."""

    kind: Kind = "csv"


FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The list as a file",
        "content": {media.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA.values()},
    }
}  # fmt: skip
"""The answer as the document describes it."""


@router.get("/applications", response_class=Response, responses=FILE)
def export_applications(caller: Reader, query: Annotated[ApplicationExport, Query()]) -> Response:
    """Export all applications that the filters match, with every field."""
    return list_file(caller.user, "applications", query.kind, query.filters.as_query(), Door.API)


@router.get("/contacts", response_class=Response, responses=FILE)
def export_contacts(caller: Reader, query: Annotated[ContactExport, Query()]) -> Response:
    """Export all contacts that match the search."""
    return list_file(caller.user, "contacts", query.kind, {"q": query.q}, Door.API)


@router.get("/interviews", response_class=Response, responses=FILE)
def export_interviews(caller: Reader, query: Annotated[InterviewExport, Query()]) -> Response:
    """Export all interviews by time."""
    return list_file(caller.user, "interviews", query.kind, {}, Door.API)
