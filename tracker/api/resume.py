"""Upload of resume files, with a size limit that is enforced while reading."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from tracker.api import plain_responses
from tracker.api.access import is_same_origin, signed_in_user
from tracker.api.uploads import TooLarge, limited
from tracker.db import scoped
from tracker.errors import Invalid
from tracker.services.idempotency import run_once
from tracker.services.resume import imports
from tracker.shapes.forms import FORM_KEY
from tracker.shapes.people import Who
from tracker.storable_text import clean

router = APIRouter(include_in_schema=False)


@router.post("/profile/resume")
async def upload(request: Request) -> Response:
    """Store the form's `file` for a job to read, and redirect to the review page."""
    if not is_same_origin(request.headers):
        sentence = "This form was sent from another site."
        return plain_responses.respond(request.headers, 403, sentence, home="/profile")
    user = await asyncio.to_thread(signed_in_user, request.headers)
    try:
        key, name, content = await _file(request)
        import_id = await asyncio.to_thread(_store, user, key, content, name)
    except TooLarge:
        return _refused(request, 413, imports.PROBLEMS["too_large"])
    except Invalid as error:
        return _refused(request, 422, error.message)
    if _is_page(request):
        return RedirectResponse("/profile/review", 303)
    return JSONResponse({"id": import_id}, 202)


def _store(user: Who, key: str, content: bytes, name: str) -> str:
    with scoped(user) as scope:
        return run_once(scope, key, imports.store_file, content, name)


def _is_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _refused(request: Request, status: int, sentence: str) -> Response:
    """Redirect browsers to the profile page with the problem's name; give others the status."""
    problem = next((name for name, message in imports.PROBLEMS.items() if message == sentence), "")
    if problem and _is_page(request):
        return RedirectResponse(f"/profile?problem={problem}", 303)
    return plain_responses.respond(request.headers, status, sentence)


async def _file(request: Request) -> tuple[str, str, bytes]:
    """Return the form's idempotency key, and its file's name and bytes; raises TooLarge or Invalid."""
    try:
        async with limited(request, imports.MAX_RESUME_BYTES).form(max_files=1, max_fields=4) as form:
            upload = form.get("file")
            if not isinstance(upload, UploadFile):
                raise Invalid({"file": imports.PROBLEMS["no_file"]})
            content = await upload.read()
            if len(content) > imports.MAX_RESUME_BYTES:
                raise TooLarge
            if not content:
                raise Invalid({"file": imports.PROBLEMS["empty" if upload.filename else "no_file"]})
            return _key_in(form), upload.filename or "", content
    except (MultiPartException, HTTPException):
        raise Invalid({"file": imports.PROBLEMS["no_file"]}) from None


def _key_in(form: FormData) -> str:
    key = form.get(FORM_KEY)
    return clean(key) if isinstance(key, str) else ""
