"""Errors of the API as problem details (RFC 9457), with a pointer to each invalid field."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from tracker.errors import AmbiguousTime, Conflict, Invalid, NotFound, NotFresh, NotSignedIn, Sorry, Upstream
from tracker.services import outages

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = "5"
"""Retry-After value of an outage."""
MAX_NAME = 100
"""Longest name in a pointer, in characters: names of unknown fields are the client's."""
log = logging.getLogger(__name__)


class FieldProblem(BaseModel):
    """An invalid field or parameter, and the reason."""

    source: Annotated[Literal["body", "query", "path", "header"], Field(alias="in")]
    pointer: Annotated[str, Field(description="JSON pointer in the body, or the parameter's name")]
    detail: str

    model_config = ConfigDict(populate_by_name=True)


class Problem(BaseModel):
    """A problem as RFC 9457 describes it."""

    type: Annotated[str, Field(description="A URN that stays the same for this kind of problem")]
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str = ""
    instance: Annotated[str, Field(description="Reference to the server's log, for unexpected errors")] = ""
    errors: list[FieldProblem] = []

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:pursuit:problem:invalid",
                    "title": "Some fields aren't valid",
                    "status": 422,
                    "errors": [{"in": "body", "pointer": "/company", "detail": "Enter a company."}],
                }
            ]
        }
    )


@dataclass
class ApiError(Exception):
    """A problem to answer a request with; `name` ends its type."""

    status: int
    name: str
    title: str
    detail: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    errors: Sequence[FieldProblem] = ()

    @property
    def problem(self) -> Problem:
        """The problem as it is sent."""
        return Problem(
            type=f"urn:pursuit:problem:{self.name}",
            title=self.title,
            status=self.status,
            detail=self.detail,
            errors=list(self.errors),
        )


def respond(error: ApiError) -> Response:
    """Return an error as a response."""
    content = error.problem.model_dump(by_alias=True, exclude_defaults=True)
    return JSONResponse(content, error.status, dict(error.headers), media_type=MEDIA_TYPE)


def add_handlers(app: FastAPI) -> None:
    """Answer every error of the API with a problem."""
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(Sorry, _user_facing_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    for kind in outages.ERRORS:  # Starlette raises errors again after the handler of Exception.
        app.add_exception_handler(kind, _unexpected_error)
    app.add_exception_handler(Exception, _unexpected_error)


def of_sorry(error: Sorry, base: str = "") -> ApiError:
    """Return a service's error as a problem; `base` is the JSON pointer of the values it is about."""
    if isinstance(error, NotFound):
        return ApiError(404, "not-found", "Not found", error.message)
    if isinstance(error, NotSignedIn):
        return unauthorized(error.message)
    if isinstance(error, NotFresh):
        return ApiError(403, "not-fresh", "This needs a sign-in in the browser")
    if isinstance(error, Conflict):
        return ApiError(409, "conflict", "The change conflicts with the current state", error.message)
    if isinstance(error, Upstream):
        return ApiError(502, "upstream", "Another service failed", error.message)
    if isinstance(error, Invalid):
        return invalid({f"{base}/{_API_NAMES.get(name, name)}": text for name, text in _texts(error).items()})
    return ApiError(422, "refused", "This can't be done", error.message)


_API_NAMES = {"zone": "time_zone", "timezone": "time_zone", "fold": "starts_at"}
"""Fields whose name in the API differs from the form's."""


def _texts(error: Invalid) -> dict[str, str]:
    if isinstance(error, AmbiguousTime):
        return {"starts_at": f"{error.question}. Add the UTC offset."}
    return error.fields


def invalid(fields: Mapping[str, str]) -> ApiError:
    """Return the problem of invalid fields of the body, by their JSON pointers."""
    errors = [FieldProblem(source="body", pointer=pointer, detail=text) for pointer, text in fields.items()]
    return ApiError(422, "invalid", "Some fields aren't valid", errors=errors)


def unauthorized(detail: str) -> ApiError:
    """Return the problem of a missing or invalid token."""
    challenge = {"WWW-Authenticate": 'Bearer realm="Pursuit"'}
    return ApiError(401, "unauthorized", "A valid access token is required", detail, challenge)


async def _api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)  # noqa: S101
    return respond(error)


async def _user_facing_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, Sorry)  # noqa: S101
    return respond(of_sorry(error))


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    errors = [_field_problem(entry) for entry in error.errors()]
    return respond(ApiError(422, "invalid", "Some fields aren't valid", errors=errors))


def _field_problem(entry: dict[str, Any]) -> FieldProblem:
    """Return an entry of the validator without the value, which may be private."""
    source, *path = entry["loc"]
    kind = entry["type"]
    if kind == "json_invalid":
        return FieldProblem(source="body", pointer="", detail="The body isn't valid JSON.")
    names = [str(part)[:MAX_NAME].replace("~", "~0").replace("/", "~1") for part in path]
    pointer = "".join(f"/{name}" for name in names) if source == "body" else names[0]
    return FieldProblem(source=source, pointer=pointer, detail=_DETAILS.get(kind) or f"{entry['msg']}.")


_DETAILS = {
    "missing": "This field is required.",
    "extra_forbidden": "There is no such field.",
    "string_pattern_mismatch": "This text has a form or a character that isn't accepted.",
}
"""Sentences where the validator's own are unclear, or show a pattern."""


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_allowed_methods(request))
    title = _TITLES.get(error.status_code, "The request can't be served")
    name = title.lower().replace("'", "").replace(" ", "-")
    return respond(ApiError(error.status_code, name, title, headers=headers))


_TITLES = {
    400: "The body can't be read",
    404: "Not found",
    405: "Method not allowed",
    413: "The body is too large",
    415: "Unsupported media type",
}


def _allowed_methods(request: Request) -> list[str]:
    """Return the methods of all routes at this path; each route knows only its own."""
    scopes = {method: {**request.scope, "method": method} for method in _METHODS}
    routes = request.app.router.routes
    return [
        method
        for method, scope in scopes.items()
        if any(route.matches(scope)[0] is Match.FULL for route in routes)
    ]


_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")


async def _unexpected_error(request: Request, error: Exception) -> Response:
    """Answer an outage by its name, and any other exception with a reference to the log."""
    if outage := outages.outage_of(error):
        log.warning("API request failed because of an outage: %s", outage)
        return respond(
            ApiError(503, "outage", "Temporarily unavailable", outage, {"Retry-After": RETRY_SECONDS})
        )
    reference = uuid4().hex[:8]
    log.error("API request failed (%s)", reference, exc_info=error)
    response = ApiError(500, "unexpected", "Something went wrong").problem
    content = response.model_copy(update={"instance": f"urn:pursuit:log:{reference}"})
    return JSONResponse(content.model_dump(by_alias=True, exclude_defaults=True), 500, media_type=MEDIA_TYPE)
