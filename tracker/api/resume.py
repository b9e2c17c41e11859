"""Upload of resume files."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from tracker.api import plain_responses
from tracker.api.access import is_same_origin, signed_in_user
from tracker.api.uploads import TooLarge, is_page, refused, uploaded_file
from tracker.db import scoped
from tracker.errors import Invalid
from tracker.services.idempotency import run_once
from tracker.services.resume import imports
from tracker.shapes.people import Who

router = APIRouter(include_in_schema=False)


@router.post("/profile/resume")
async def upload(request: Request) -> Response:
    """Store the form's `file` for a job to read, and redirect to the review page."""
    if not is_same_origin(request.headers):
        sentence = "This form was sent from another site."
        return plain_responses.respond(request.headers, 403, sentence, home="/profile")
    user = await asyncio.to_thread(signed_in_user, request.headers)
    try:
        key, name, content = await uploaded_file(request, imports.MAX_RESUME_BYTES, imports.PROBLEMS)
        import_id = await asyncio.to_thread(_store, user, key, content, name)
    except TooLarge:
        return refused(request, "/profile", 413, imports.PROBLEMS, imports.PROBLEMS["too_large"])
    except Invalid as error:
        return refused(request, "/profile", 422, imports.PROBLEMS, error.message)
    if is_page(request):
        return RedirectResponse("/profile/review", 303)
    return JSONResponse({"id": import_id}, 202)


def _store(user: Who, key: str, content: bytes, name: str) -> str:
    with scoped(user) as scope:
        return run_once(scope, key, imports.store_file, content, name)
