"""Upload of invitations, which the Interviews page then asks to confirm."""

import asyncio
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from tracker.api import plain_responses
from tracker.api.access import is_same_origin, signed_in_user
from tracker.api.uploads import TooLarge, limited
from tracker.services.invitations import uploads
from tracker.services.invitations.mail_parts import MAX_BYTES
from tracker.storable_text import clean

router = APIRouter(include_in_schema=False)


@router.post("/interviews/invitation")
async def upload(request: Request) -> Response:
    """Store the form's `file` for ten minutes, and redirect to the page that shows what is in it."""
    if not is_same_origin(request.headers):
        sentence = "This form was sent from another site."
        return plain_responses.respond(request.headers, 403, sentence, home="/interviews")
    user = await asyncio.to_thread(signed_in_user, request.headers)
    content, application_id = await _form(request)
    key = content if isinstance(content, str) else await asyncio.to_thread(uploads.store, user, content)
    query = {"invitation": key, **({"for": application_id} if application_id else {})}
    return RedirectResponse(f"/interviews?{urlencode(query)}", 303)


async def _form(request: Request) -> tuple[bytes | str, str]:
    """Return the file, or the key of a problem of `uploads.PROBLEMS`, and the form's application."""
    try:
        async with limited(request, MAX_BYTES).form(max_files=1, max_fields=4) as form:
            file, application_id = form.get("file"), form.get("application")
            content = await file.read() if isinstance(file, UploadFile) else b""
            chosen = clean(application_id)[:36] if isinstance(application_id, str) else ""
    except TooLarge:
        return "too-large", ""
    except (MultiPartException, HTTPException):
        return "no-file", ""
    if len(content) > MAX_BYTES:
        return "too-large", chosen
    return content or "no-file", chosen
