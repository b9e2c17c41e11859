"""Download of an export of everything, and upload of one to load."""

import asyncio
from tempfile import TemporaryFile
from typing import IO

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from tracker.api import plain_responses
from tracker.api.access import is_same_origin, signed_in_user
from tracker.api.exports import chunks
from tracker.api.uploads import NoFile, TooLarge, UploadedFile, is_page, opened_file
from tracker.db import scoped
from tracker.errors import Conflict, Invalid, NotFresh
from tracker.services.exports import archives
from tracker.services.exports.archive_reader import MAX_UPLOAD_BYTES
from tracker.services.idempotency import run_once
from tracker.shapes.people import Who

router = APIRouter(include_in_schema=False)
SETTINGS = "/settings"
OTHER_SITE = "This form was sent from another site."


@router.post("/exports/everything/{archive_id}")
def download(request: Request, archive_id: str) -> Response:
    """Return the export's ZIP file, once; a POST, so that no other site can use up the download."""
    if not is_same_origin(request.headers):
        return plain_responses.respond(request.headers, 403, OTHER_SITE, home=SETTINGS)
    user = signed_in_user(request.headers)
    file = TemporaryFile()  # noqa: SIM115  Closed once it is sent.
    try:
        filename = _copy(user, archive_id, file)
    except NotFresh as sorry:
        file.close()
        return plain_responses.respond(request.headers, 403, sorry.message, home=SETTINGS)
    except BaseException:
        file.close()
        raise
    headers = {
        "Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "no-store",
        "Content-Length": str(file.tell()),
    }  # fmt: skip
    return StreamingResponse(chunks(file), media_type="application/zip", headers=headers)


def _copy(user: Who, archive_id: str, file: IO[bytes]) -> str:
    """Claim the download and copy its file, so that no transaction waits for a slow connection."""
    with scoped(user) as scope:
        archives.begin_download(scope, archive_id)
        for part in archives.parts(scope, archive_id):
            file.write(part)
        return f"pursuit-export-{scope.today}.zip"


@router.post("/exports/upload")
async def upload(request: Request) -> Response:
    """Store the form's `file` for a job to load, and redirect to Settings."""
    if not is_same_origin(request.headers):
        return plain_responses.respond(request.headers, 403, OTHER_SITE, home=SETTINGS)
    user = await asyncio.to_thread(signed_in_user, request.headers)
    try:
        async with opened_file(request, MAX_UPLOAD_BYTES) as uploaded:
            archive_id = await asyncio.to_thread(_store, user, uploaded)
    except TooLarge:
        return _refused(request, 413, "too_large")
    except (NoFile, Invalid):
        return _refused(request, 422, "no_file")
    except Conflict:
        return _refused(request, 409, "not_empty")
    if is_page(request):
        return RedirectResponse(f"{SETTINGS}#data", 303)
    return JSONResponse({"id": archive_id}, 202)


def _store(user: Who, uploaded: UploadedFile) -> str:
    with scoped(user) as scope:
        return run_once(scope, uploaded.key, archives.store_upload, uploaded.file)


def _refused(request: Request, status: int, problem: str) -> Response:
    """Redirect browsers to Settings with the problem's name; give others the status."""
    if is_page(request):
        return RedirectResponse(f"{SETTINGS}?problem={problem}#data", 303)
    return plain_responses.respond(request.headers, status, archives.PROBLEMS[problem])
