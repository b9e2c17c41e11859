"""The REST API as one application, mounted at `/api/v1`."""

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.types import ASGIApp

from tracker.api.v1 import (
    account,
    actions,
    applications,
    bulk,
    contacts,
    documentation,
    events,
    exports,
    figures,
    imports,
    interviews,
    letters,
    problems,
    profile,
)
from tracker.api.v1.request_limits import RequestLimits

PREFIX = "/api/v1"
ROUTERS = (
    applications,
    interviews,
    contacts,
    events,
    actions,
    letters,
    profile,
    figures,
    account,
    imports,
    exports,
    bulk,
)
"""Modules of the aggregates, each with its router, in the order of the documentation."""


def rest_api() -> ASGIApp:
    """Return the API behind its limits."""
    return RequestLimits(operations())


def operations() -> FastAPI:
    """Return the API's operations with their document."""
    api = FastAPI(
        title="Pursuit API", version="1", description=documentation.INTRODUCTION, openapi_url=None,
        docs_url=None, redoc_url=None, root_path_in_servers=False, servers=[{"url": PREFIX}],
        redirect_slashes=False, generate_unique_id_function=_operation_id,
    )  # fmt: skip
    problems.add_handlers(api)
    for module in ROUTERS:
        api.include_router(module.router)
    documentation.add(api)
    return api


def _operation_id(route: APIRoute) -> str:
    """Return the function's name, which generated clients call the operation by."""
    return route.name
