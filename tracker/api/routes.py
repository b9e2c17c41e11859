"""Every route that isn't a page, gathered for the composition root."""

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from tracker.api import figures, health, sign_in


def routes() -> FastAPI:
    """The routes, the documents of which live under `/api/` so that they shadow no page."""
    app = FastAPI(title="Pursuit", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.include_router(health.router)
    app.include_router(sign_in.router)
    app.include_router(figures.router)
    app.add_api_route("/api/{rest:path}", missing, methods=METHODS, include_in_schema=False)
    app.add_api_route("/auth/{rest:path}", missing, methods=METHODS, include_in_schema=False)
    return app


METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]


async def missing(rest: str) -> JSONResponse:
    """Say that there is nothing here, as JSON rather than as a page."""
    return JSONResponse({"detail": "There is nothing at this address."}, status_code=404)
