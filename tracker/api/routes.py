"""The HTTP routes other than pages, as one application."""

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from tracker.api import (
    archives,
    calendar_files,
    data_imports,
    exports,
    figures,
    health,
    invitations,
    letters,
    plain_responses,
    resume,
    sign_in,
)
from tracker.api.v1.rest_api import PREFIX, rest_api
from tracker.errors import Sorry
from tracker.services import outages


def routes() -> FastAPI:
    """Return the application with every route that isn't a page."""
    app = FastAPI(title="Pursuit", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.add_exception_handler(HTTPException, plain_responses.http_error)
    app.add_exception_handler(Sorry, plain_responses.user_facing_error)
    for kind in outages.ERRORS:  # Starlette raises errors again after the handler of Exception.
        app.add_exception_handler(kind, plain_responses.unexpected_error)
    app.add_exception_handler(Exception, plain_responses.unexpected_error)
    app.include_router(health.router)
    app.include_router(sign_in.router)
    app.include_router(archives.router)
    app.include_router(exports.router)
    app.include_router(figures.router)
    app.include_router(resume.router)
    app.include_router(data_imports.router)
    app.include_router(letters.router)
    app.mount(PREFIX, rest_api())
    app.include_router(calendar_files.router)
    app.include_router(invitations.router)
    app.add_api_route("/api/{rest:path}", not_found, methods=METHODS, include_in_schema=False)
    app.add_api_route("/auth/{rest:path}", not_found, methods=METHODS, include_in_schema=False)
    return app


METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]


async def not_found(request: Request, rest: str) -> Response:
    """Answer an unknown path below `/api/` or `/auth/`, to programs as JSON."""
    return plain_responses.respond(request.headers, 404, plain_responses.NO_PAGE)
