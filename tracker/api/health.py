"""Whether this process lives, and whether it can serve."""

import asyncio

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse

from tracker.services import health

router = APIRouter(include_in_schema=False)
_places = asyncio.Semaphore(2)
"""How many may ask at once: each question takes a connection that people's actions share."""


@router.get("/livez")
async def livez() -> PlainTextResponse:
    """The process answers; asks nothing of others, so that their trouble doesn't end it."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
async def readyz() -> JSONResponse:
    """The database answers at this version's schema, and Redis answers; else 503 with the reason."""
    async with _places:
        trouble = await asyncio.to_thread(health.problems)
    return JSONResponse({"ready": not trouble, "trouble": trouble}, status_code=503 if trouble else 200)
