"""Whether this process lives, and whether it can serve."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse

from tracker.services import health

router = APIRouter(include_in_schema=False)


@router.get("/livez")
async def livez() -> PlainTextResponse:
    """The process answers; asks nothing of others, so that their trouble doesn't end it."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def readyz() -> JSONResponse:
    """The database answers at this version's schema, and Redis answers; else 503 with the reason."""
    trouble = health.trouble()
    return JSONResponse({"ready": not trouble, "trouble": trouble}, status_code=503 if trouble else 200)
