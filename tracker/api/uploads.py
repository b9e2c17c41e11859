"""Uploaded files of forms, with a size limit that is enforced while reading."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO, Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from tracker.api import plain_responses
from tracker.errors import Invalid
from tracker.shapes.forms import FORM_KEY
from tracker.storable_text import clean

FORM_OVERHEAD = 64 * 1024
"""Bytes that a form may have beside its file."""
MAX_DRAINED = 64 * 1024 * 1024
"""Bytes read and discarded after the limit, so that the browser gets the error before the connection closes."""


class TooLarge(Exception):
    """Upload larger than its file may be."""


class NoFile(Exception):
    """Form without a file."""


@dataclass(frozen=True)
class UploadedFile:
    """The file of a form, its name and size in bytes, and the form's idempotency key."""

    key: str
    name: str
    size: int
    file: IO[bytes]


@asynccontextmanager
async def opened_file(request: Request, max_bytes: int) -> AsyncIterator[UploadedFile]:
    """Open the form's `file`, which is on disk if it is large; raises TooLarge or NoFile."""
    limited = Request(request.scope, _limited(request, max_bytes))
    try:
        async with limited.form(max_files=1, max_fields=4) as form:
            upload = form.get("file")
            if not isinstance(upload, UploadFile):
                raise NoFile
            if (size := upload.size or 0) > max_bytes:
                raise TooLarge
            yield UploadedFile(_key_in(form), upload.filename or "", size, upload.file)
    except (MultiPartException, HTTPException):
        raise NoFile from None


async def uploaded_file(
    request: Request, max_bytes: int, problems: Mapping[str, str]
) -> tuple[str, str, bytes]:
    """Return a form's idempotency key, and its file's name and bytes; raises TooLarge or Invalid."""
    try:
        async with opened_file(request, max_bytes) as upload:
            if not upload.size:
                raise Invalid({"file": problems["empty" if upload.name else "no_file"]})
            return upload.key, upload.name, upload.file.read()
    except NoFile:
        raise Invalid({"file": problems["no_file"]}) from None


def refused(request: Request, page: str, status: int, problems: Mapping[str, str], sentence: str) -> Response:
    """Redirect browsers to the page with the problem's name; give programs the status."""
    problem = next((name for name, message in problems.items() if message == sentence), "")
    if problem and is_page(request):
        return RedirectResponse(f"{page}?problem={problem}", 303)
    return plain_responses.respond(request.headers, status, sentence)


def is_page(request: Request) -> bool:
    """Return whether a browser asks for a page, rather than a program for an answer."""
    return "text/html" in request.headers.get("accept", "")


def _key_in(form: FormData) -> str:
    key = form.get(FORM_KEY)
    return clean(key) if isinstance(key, str) else ""


def _limited(request: Request, max_bytes: int) -> Any:
    received = 0

    async def receive() -> Any:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > max_bytes + FORM_OVERHEAD:
            await _drain(request, message)
            raise TooLarge
        return message

    return receive


async def _drain(request: Request, message: Any) -> None:
    """Discard the rest of the body, up to a limit: browsers read the response only after sending."""
    drained = 0
    while message.get("more_body") and message["type"] == "http.request" and drained < MAX_DRAINED:
        message = await request.receive()
        drained += len(message.get("body", b""))
