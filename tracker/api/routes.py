"""Every route that isn't a page, gathered for the composition root."""

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from tracker.api import figures, health, letters, plain, resume, sign_in
from tracker.errors import Sorry
from tracker.services import outages


def routes() -> FastAPI:
    """The routes, the documents of which live under `/api/` so that they shadow no page."""
    app = FastAPI(title="Pursuit", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.add_exception_handler(HTTPException, plain.refused)
    app.add_exception_handler(Sorry, plain.sorry)
    for kind in outages.ERRORS:  # What is handled for Exception is raised again, for the server's log.
        app.add_exception_handler(kind, plain.broken)
    app.add_exception_handler(Exception, plain.broken)
    app.include_router(health.router)
    app.include_router(sign_in.router)
    app.include_router(figures.router)
    app.include_router(resume.router)
    app.include_router(letters.router)
    app.add_api_route("/api/{rest:path}", missing, methods=METHODS, include_in_schema=False)
    app.add_api_route("/auth/{rest:path}", missing, methods=METHODS, include_in_schema=False)
    return app


METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]


async def missing(request: Request, rest: str) -> Response:
    """Say that there is nothing here; to a program as JSON."""
    return plain.said(request.headers, 404, plain.NOWHERE)
