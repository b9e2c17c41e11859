"""Exports over the API: the lists as CSV and as workbooks."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from tracker.api.exports import MEDIA, list_file
from tracker.api.v1.applications import ApplicationFilters
from tracker.api.v1.callers import Reader
from tracker.api.v1.contacts import ContactSearch
from tracker.shapes.enumerations import Door

router = APIRouter(prefix="/exports", tags=["Exports"])
Kind = Literal["csv", "xlsx"]
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The list as a file",
        "content": {media.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA.values()},
    }
}  # fmt: skip
"""The answer as the document describes it."""


@router.get("/applications.{kind}", response_class=Response, responses=FILE)
def export_applications(
    caller: Reader, kind: Kind, query: Annotated[ApplicationFilters, Query()]
) -> Response:
    """Export all applications that the filters match, with every field."""
    return list_file(caller.user, "applications", kind, query.filters.as_query(), Door.API)


@router.get("/contacts.{kind}", response_class=Response, responses=FILE)
def export_contacts(caller: Reader, kind: Kind, query: Annotated[ContactSearch, Query()]) -> Response:
    """Export all contacts that match the search."""
    return list_file(caller.user, "contacts", kind, {"q": query.q}, Door.API)


@router.get("/interviews.{kind}", response_class=Response, responses=FILE)
def export_interviews(caller: Reader, kind: Kind) -> Response:
    """Export all interviews by time."""
    return list_file(caller.user, "interviews", kind, {}, Door.API)
