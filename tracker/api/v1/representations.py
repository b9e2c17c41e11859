"""Rows as JSON: entity tags, conditional requests, pages and sparse fields."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

import orjson
from fastapi import Header, Query, Request
from fastapi.responses import Response
from pydantic import TypeAdapter

from tracker.api.v1.callers import Caller
from tracker.api.v1.problems import ApiError, FieldProblem
from tracker.errors import NotFound
from tracker.shapes.records import Page, field_names

R = TypeVar("R")
MAX_LIMIT, DEFAULT_LIMIT = 100, 50
"""Largest and usual number of items of a page."""
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Number of items of the page")]
Cursor = Annotated[
    str,
    Query(max_length=1000, pattern=r"^[A-Za-z0-9_=-]*$", description="`next_cursor` of the previous page"),
]
Fields = Annotated[
    str,
    Query(
        max_length=1000, pattern=r"^([a-z_]+(,[a-z_]+)*)?$",
        description="Names of the fields to return, separated by commas; `id` is always there",
    ),
]  # fmt: skip
IfMatch = Annotated[
    str | None,
    Header(
        max_length=1000, pattern=r"^[\x20-\x7e]+$",
        description="Entity tag of the version that the change is based on",
    ),
]  # fmt: skip


@lru_cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def plain(record: Any) -> Any:
    """Return a record as JSON values."""
    kind: Any = type(record)
    return _adapter(kind).dump_python(record, mode="json")


def etag(record: Any) -> str:
    """Return a record's entity tag: a digest of its representation."""
    return _tag(orjson.dumps(plain(record)))


def _tag(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def respond(
    record: Any, request: Request | None = None, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """Return a record as JSON with its entity tag; 304 where the request's `If-None-Match` lists it."""
    content = orjson.dumps(plain(record))
    return _conditional(content, _tag(content), request, status, headers or {})


def page_of(caller: Caller, service: Callable[..., Page[R]], *args: Any) -> Page[R]:
    """Return a page that a service function reads; raises the problem of a cursor of another list.

    The function's last two arguments are the cursor and the size.
    """
    try:
        return caller.read(service, *args)
    except NotFound:
        if args[-2]:
            raise invalid_parameter("cursor", "This cursor isn't one of this list.") from None
        raise


def respond_page(page: Page[Any], request: Request, kind: Any, only: str = "") -> Response:
    """Return a page of records as JSON, with a `Link` to the next; `only` names the fields of its items."""
    items, names = [plain(item) for item in page.items], _field_names(kind, only)
    if names:
        items = [{name: item[name] for name in item if name in names} for item in items]
    content = orjson.dumps({"items": items, "next_cursor": page.next_cursor})
    headers = {}
    if page.next_cursor:
        query = [(name, text) for name, text in request.query_params.multi_items() if name != "cursor"]
        address = f"{request.url.path}?{urlencode([*query, ('cursor', page.next_cursor)])}"
        headers["Link"] = f'<{address}>; rel="next"'
    return _conditional(content, _tag(content), request, 200, headers)


def _field_names(kind: Any, only: str) -> set[str]:
    """Return the fields to show, empty for all; raises the problem of an unknown one."""
    names = set(filter(None, only.split(",")))
    if unknown := sorted(names - {*field_names(kind)}):
        raise invalid_parameter("fields", f"There is no field {unknown[0][:100]}.")
    return names and {"id", *names}


def invalid_parameter(name: str, detail: str) -> ApiError:
    """Return the problem of an invalid query parameter."""
    errors = [FieldProblem(source="query", pointer=name, detail=detail)]
    return ApiError(422, "invalid", "Some fields aren't valid", errors=errors)


def _conditional(
    content: bytes, tag: str, request: Request | None, status: int, headers: dict[str, str]
) -> Response:
    shown = {"ETag": tag, "Cache-Control": "private, no-cache", **headers}
    if request is not None and lists(request.headers.get("if-none-match", ""), tag, is_weak=True):
        return Response(status_code=304, headers=shown)
    return Response(content, status, shown, media_type="application/json")


def lists(header: str, tag: str, *, is_weak: bool = False) -> bool:
    """Return true if an `If-Match` or `If-None-Match` header lists the entity tag, or is `*`."""
    tags = [part.strip() for part in header.split(",")]
    if is_weak:
        tags = [part.removeprefix("W/") for part in tags]
    return header.strip() == "*" or tag in tags


@dataclass(frozen=True)
class Precondition:
    """The version that a write is based on; `is_required` refuses a write without one."""

    if_match: str | None
    is_required: bool = True

    def check(self, record: Any) -> None:
        """Raise the problem of a missing precondition, or of a record that has changed since."""
        tag = etag(record)
        if self.if_match is None:
            if self.is_required:
                detail = "Send the entity tag of the version you changed as If-Match."
                raise ApiError(428, "precondition-required", "If-Match is required", detail)
            return
        if not lists(self.if_match, tag):
            detail = "It has changed since. Read it again, and repeat the change."
            raise ApiError(412, "stale", "The precondition failed", detail, {"ETag": tag})
