"""Liveness and readiness checks."""

import asyncio

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse

from tracker.services import health

router = APIRouter(include_in_schema=False)
_slots = asyncio.Semaphore(2)
"""Limit of concurrent readiness checks: each takes a database connection from the pool of user actions."""


@router.get("/livez")
async def livez() -> PlainTextResponse:
    """Report that the process runs; an outage of PostgreSQL or Redis must not restart it."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
async def readyz() -> JSONResponse:
    """Report whether PostgreSQL has this version's schema and Redis answers; 503 with the reason if not."""
    async with _slots:
        trouble = await asyncio.to_thread(health.problems)
    return JSONResponse({"ready": not trouble, "trouble": trouble}, status_code=503 if trouble else 200)
