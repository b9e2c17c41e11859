"""Upload of invitations, which the Interviews page then asks to confirm."""

import asyncio
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from tracker.api import plain_responses
from tracker.api.access import is_same_origin, signed_in_user
from tracker.api.uploads import TooLarge, uploaded_file
from tracker.errors import Invalid
from tracker.services.invitations import uploads
from tracker.services.invitations.mail_parts import MAX_BYTES
from tracker.shapes.people import Who

router = APIRouter(include_in_schema=False)
MAX_ID = 36
"""Length of an application's id."""


@router.post("/interviews/invitation")
async def upload(request: Request) -> Response:
    """Store the form's `file` for ten minutes, and redirect to the page that shows what is in it.

    The query may name the application that it is `for`.
    """
    if not is_same_origin(request.headers):
        sentence = "This form was sent from another site."
        return plain_responses.respond(request.headers, 403, sentence, home="/interviews")
    user = await asyncio.to_thread(signed_in_user, request.headers)
    query = {"invitation": await _stored(request, user)}
    if application_id := request.query_params.get("for", "")[:MAX_ID]:
        query["for"] = application_id
    return RedirectResponse(f"/interviews?{urlencode(query)}", 303)


async def _stored(request: Request, user: Who) -> str:
    """Return the key of the stored file, or of a problem of `uploads.PROBLEMS`."""
    try:
        _, _, content = await uploaded_file(request, MAX_BYTES, uploads.PROBLEMS)
    except TooLarge:
        return "too_large"
    except Invalid:
        return "no_file"
    return await asyncio.to_thread(uploads.store, user, content)
