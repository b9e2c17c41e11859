"""Plain responses outside the interface: a small page for browsers, text or JSON for programs."""

import logging
from collections.abc import Mapping
from functools import cache
from html import escape
from uuid import uuid4

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from tracker.api.access import SIGN_IN
from tracker.errors import NotFound, NotSignedIn, Sorry
from tracker.services import outages
from tracker.theme.sheet import bare_sheet

RETRY_SECONDS = "5"
"""Retry-After value of an outage."""
log = logging.getLogger(__name__)
NO_PAGE = "There is no page at this address."
INVALID_ADDRESS = "This address contains an invalid character."
_TITLES = {404: "Page not found", 421: "Wrong address", 429: "Too many attempts"}
_SENTENCES = {
    404: NO_PAGE,
    405: "This address doesn't accept this kind of request.",
    422: "Part of this address is missing or invalid.",
}


def respond(
    request_headers: Headers, status: int, sentence: str, *, home: str = "/",
    headers: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """Return a sentence as HTML, text or JSON, by the Accept header; `home` is the page's link."""
    accept = request_headers.get("accept", "")
    response_headers = {**(headers or {}), "Cache-Control": "no-store", "Vary": "Accept"}
    if "text/html" in accept:
        return HTMLResponse(_page(status, sentence, home), status, response_headers)
    if "text/plain" in accept:
        return PlainTextResponse(f"{sentence}\n", status, response_headers)
    return JSONResponse({"detail": sentence}, status, response_headers)


def redirect_page(address: str, title: str) -> Response:
    """Return a page that redirects to another site, with a link for browsers that don't follow."""
    refresh = f'<meta http-equiv="refresh" content="0; url={escape(address)}">'
    page = _document(title, f'<a class="button primary" href="{escape(address)}">Continue</a>', head=refresh)
    return HTMLResponse(page, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


async def http_error(request: Request, error: Exception) -> Response:
    """Answer an HTTPException, such as a method that a route doesn't accept."""
    if not isinstance(error, HTTPException):
        return await unexpected_error(request, error)
    sentence = _SENTENCES.get(error.status_code, str(error.detail))
    return respond(request.headers, error.status_code, sentence, headers=error.headers)


async def user_facing_error(request: Request, error: Exception) -> Response:
    """Answer a user-facing error with its message; an ended session links to sign-in."""
    if isinstance(error, NotSignedIn):
        return respond(request.headers, 401, error.message, home=SIGN_IN)
    if not isinstance(error, Sorry):
        return await unexpected_error(request, error)
    return respond(request.headers, 404 if isinstance(error, NotFound) else 422, error.message)


async def unexpected_error(request: Request, error: Exception) -> Response:
    """Answer an outage by its name, and any other exception with a reference to the log."""
    if outage := outages.outage_of(error):
        log.warning("Request failed because of an outage: %s", outage)
        return respond(
            request.headers, 503, _with_doubt(outage, request), headers={"Retry-After": RETRY_SECONDS}
        )
    reference = uuid4().hex[:8]
    log.error("Request failed (%s)", reference, exc_info=error)
    sentence = _with_doubt("Something went wrong.", request)
    return respond(request.headers, 500, f"{sentence} Reference {reference}.")


def _with_doubt(sentence: str, request: Request) -> str:
    is_read = request.method in ("GET", "HEAD")
    return sentence if is_read else f"{sentence} We can't tell whether your change was saved."


def _page(status: int, sentence: str, home: str) -> str:
    link = f'<a class="button primary" href="{escape(home)}">Go to Pursuit</a>'
    title = _TITLES.get(status, "That didn't work")
    return _document(title, f'<p class="quiet">{escape(sentence)}</p>{link}')


def _document(title: str, body: str, *, head: str = "") -> str:
    title = escape(title)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} · Pursuit</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'{head}<style>{_style()}</style></head><body><main class="alone"><h1>{title}</h1>{body}</main></body></html>'
    )


@cache
def _style() -> str:
    return bare_sheet()
