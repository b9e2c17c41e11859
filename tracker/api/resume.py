"""A resume's file comes in by plain HTTP: a form of the browser's own, read no further than the largest file allowed."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from tracker.api import plain
from tracker.api.doors import is_same_origin, person_of
from tracker.db import scoped
from tracker.errors import Invalid
from tracker.services.idempotency import run_once
from tracker.services.resume import imports
from tracker.shapes.forms import FORM_KEY
from tracker.shapes.people import Who
from tracker.storable_text import clean

router = APIRouter(include_in_schema=False)
ROOM = 64 * 1024
"""What a form may hold beside its file."""
PATIENCE = 64 * 1024 * 1024
"""How much more is read and thrown away, so that the browser hears why; then the line is cut."""


class TooLarge(Exception):
    """More came than a file may have."""


@router.post("/profile/resume")
async def upload(request: Request) -> Response:
    """Keep the file of the form's field `file` until a job has read it, and show how far it is."""
    if not is_same_origin(request.headers):
        return plain.said(request.headers, 403, "This form was sent from another site.", home="/profile")
    who = await asyncio.to_thread(person_of, request.headers)
    try:
        key, name, content = await _file(request)
        import_id = await asyncio.to_thread(_take, who, key, content, name)
    except TooLarge:
        return _refused(request, 413, imports.PROBLEMS["too_large"])
    except Invalid as why:
        return _refused(request, 422, why.message)
    if _is_page(request):
        return RedirectResponse("/profile/review", 303)
    return JSONResponse({"id": import_id}, 202)


def _take(who: Who, key: str, content: bytes, name: str) -> str:
    with scoped(who) as scope:
        return run_once(scope, key, imports.store_file, content, name)


def _is_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _refused(request: Request, status: int, sentence: str) -> Response:
    """Back to the profile with the word for what was wrong, for a browser; the status for anyone else."""
    word = next((word for word, message in imports.PROBLEMS.items() if message == sentence), "")
    if word and _is_page(request):
        return RedirectResponse(f"/profile?problem={word}", 303)
    return plain.said(request.headers, status, sentence)


async def _file(request: Request) -> tuple[str, str, bytes]:
    """Return the form's key, and its file's name and bytes; raises TooLarge once more has come than it may have."""
    limited = Request(request.scope, _limited(request))
    try:
        async with limited.form(max_files=1, max_fields=4) as form:
            sent = form.get("file")
            if not isinstance(sent, UploadFile):
                raise Invalid({"file": imports.PROBLEMS["no_file"]})
            content = await sent.read()
            if len(content) > imports.MAX_RESUME_BYTES:
                raise TooLarge
            if not content:
                raise Invalid({"file": imports.PROBLEMS["empty" if sent.filename else "no_file"]})
            return _key_in(form), sent.filename or "", content
    except (MultiPartException, HTTPException):
        raise Invalid({"file": imports.PROBLEMS["no_file"]}) from None


def _key_in(form: FormData) -> str:
    key = form.get(FORM_KEY)
    return clean(key) if isinstance(key, str) else ""


def _limited(request: Request) -> Any:
    came = 0

    async def receive() -> Any:
        nonlocal came
        message = await request.receive()
        came += len(message.get("body", b""))
        if came > imports.MAX_RESUME_BYTES + ROOM:
            await _drain(request, message)
            raise TooLarge
        return message

    return receive


async def _drain(request: Request, message: Any) -> None:
    """Read on for a while and keep nothing: a browser listens for the answer only after it has sent all."""
    more = 0
    while message.get("more_body") and message["type"] == "http.request" and more < PATIENCE:
        message = await request.receive()
        more += len(message.get("body", b""))
