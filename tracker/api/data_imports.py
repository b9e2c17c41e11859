"""Upload of files with applications and contacts to import."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from tracker.api import plain_responses
from tracker.api.access import is_same_origin, signed_in_user
from tracker.api.uploads import TooLarge, is_page, refused, uploaded_file
from tracker.db import scoped
from tracker.errors import Invalid
from tracker.models.data_import import MAX_IMPORT_BYTES
from tracker.services.idempotency import run_once
from tracker.services.imports.data_imports import PROBLEMS, store_file
from tracker.shapes.people import Who

router = APIRouter(include_in_schema=False)


@router.post("/import/file")
async def upload(request: Request) -> Response:
    """Store the form's `file` for a job to read, and redirect to its import."""
    if not is_same_origin(request.headers):
        sentence = "This form was sent from another site."
        return plain_responses.respond(request.headers, 403, sentence, home="/import")
    user = await asyncio.to_thread(signed_in_user, request.headers)
    try:
        key, name, content = await uploaded_file(request, MAX_IMPORT_BYTES, PROBLEMS)
        import_id = await asyncio.to_thread(_store, user, key, content, name)
    except TooLarge:
        return refused(request, "/import", 413, PROBLEMS, PROBLEMS["too_large"])
    except Invalid as error:
        return refused(request, "/import", 422, PROBLEMS, error.message)
    if is_page(request):
        return RedirectResponse(f"/import/{import_id}", 303)
    return JSONResponse({"id": import_id}, 202)


def _store(user: Who, key: str, content: bytes, name: str) -> str:
    with scoped(user) as scope:
        return run_once(scope, key, store_file, content, name)
