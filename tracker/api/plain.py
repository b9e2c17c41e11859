"""Answers outside the pages: for a browser a small page in the same style, for programs text or JSON."""

import logging
from collections.abc import Mapping
from functools import cache
from html import escape
from uuid import uuid4

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from tracker.api.doors import SIGN_IN
from tracker.errors import NotFound, NotSignedIn, Sorry
from tracker.services import outages
from tracker.theme.sheet import bare_sheet

RETRY_SECONDS = "5"
"""When a program may try again after an outage."""
log = logging.getLogger(__name__)
NOWHERE = "There is nothing at this address."
ODD_ADDRESS = "This address holds a character that no address of Pursuit has."
_TITLES = {404: "There is no page at this address", 421: "Pursuit is elsewhere", 429: "A short pause, please"}
_SENTENCES = {
    404: NOWHERE,
    405: "This address isn't for that kind of request.",
    422: "Something in this address is missing or wrong.",
}


def said(
    given: Headers, status: int, sentence: str, *, home: str = "/", headers: Mapping[str, str] | None = None
) -> Response:
    """One plain sentence, in the form that whoever asks can read; `home` is where a person can go on."""
    accept = given.get("accept", "")
    kept = {**(headers or {}), "Cache-Control": "no-store", "Vary": "Accept"}
    if "text/html" in accept:
        return HTMLResponse(_page(status, sentence, home), status, kept)
    if "text/plain" in accept:
        return PlainTextResponse(f"{sentence}\n", status, kept)
    return JSONResponse({"detail": sentence}, status, kept)


def leading_to(address: str, title: str) -> Response:
    """A page that leads on to another site by itself, and by a link where a browser doesn't follow."""
    on = f'<meta http-equiv="refresh" content="0; url={escape(address)}">'
    page = _document(title, f'<a class="button primary" href="{escape(address)}">Go on</a>', head=on)
    return HTMLResponse(page, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


async def refused(request: Request, error: Exception) -> Response:
    """What a route refused, such as a method it doesn't take."""
    if not isinstance(error, HTTPException):
        return await broken(request, error)
    sentence = _SENTENCES.get(error.status_code, str(error.detail))
    return said(request.headers, error.status_code, sentence, headers=error.headers)


async def sorry(request: Request, error: Exception) -> Response:
    """What a service refused, as it words it; a session that has ended leads to sign-in."""
    if isinstance(error, NotSignedIn):
        return said(request.headers, 401, error.message, home=SIGN_IN)
    if not isinstance(error, Sorry):
        return await broken(request, error)
    return said(request.headers, 404 if isinstance(error, NotFound) else 422, error.message)


async def broken(request: Request, error: Exception) -> Response:
    """An outage, which is named; or what nobody foresaw: a reference for the person, with the particulars in the log."""
    if outage := outages.outage_of(error):
        log.warning("A request met an outage: %s", outage)
        return said(
            request.headers, 503, _with_doubt(outage, request), headers={"Retry-After": RETRY_SECONDS}
        )
    reference = uuid4().hex[:8]
    log.error("A request broke (%s)", reference, exc_info=error)
    sentence = _with_doubt("Something went wrong.", request)
    return said(request.headers, 500, f"{sentence} Reference {reference}.")


def _with_doubt(sentence: str, request: Request) -> str:
    is_read = request.method in ("GET", "HEAD")
    return sentence if is_read else f"{sentence} We can't tell whether anything was saved."


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
