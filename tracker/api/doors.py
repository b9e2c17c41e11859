"""Who may come in by which door: our hosts, our origins, and the pages one must be signed in for."""

import asyncio
import logging
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import Headers

from tracker.cookies import token_in
from tracker.errors import NotSignedIn
from tracker.services import sessions
from tracker.services.sign_in import local_path
from tracker.settings import settings
from tracker.shapes.people import Who

SIGN_IN = "/sign-in"
OPEN = (SIGN_IN, "/auth/", "/api/", "/assets/", "/livez", "/readyz", "/ping")
"""Where a browser may go before it has signed in: pages hold nothing of a person, but would greet a stranger."""
PATIENCE = 2.0
"""Seconds that a page or a socket waits for the database to say who opens it: the page itself can say what is wrong."""

log = logging.getLogger(__name__)


def is_ours(given: Headers) -> bool:
    """Whether the Host header names this installation, so that no other name can be bent to this address."""
    return given.get("host", "").lower() in {urlsplit(origin).netloc for origin in settings().origins}


def is_same_origin(given: Headers, *, browserless: bool = False) -> bool:
    """Whether a page of ours sent the request; with `browserless`, a client that is no browser passes too.

    Browsers send Origin with every socket and every POST, and only they keep people's cookies.
    """
    origin, site = given.get("origin"), given.get("sec-fetch-site")
    if origin is not None:
        return origin in settings().origins
    return site == "same-origin" or (browserless and site is None)


async def must_sign_in(method: str, path: str, given: Headers) -> bool:
    """Whether a browser opens a page that needs a session and has none."""
    if method != "GET" or path.startswith(OPEN) or "text/html" not in given.get("accept", ""):
        return False
    try:
        async with asyncio.timeout(PATIENCE):
            return await asyncio.to_thread(sessions.find, token_in(given.get("cookie", ""))) is None
    except Exception as error:
        log.warning("A page was served without asking who opens it (%s)", type(error).__name__)
        return False


def person_of(given: Headers) -> Who:
    """Return whose session the browser brings; raises NotSignedIn."""
    who = sessions.find(token_in(given.get("cookie", "")))
    if who is None:
        raise NotSignedIn("Sign in first.")
    return who


def sign_in(path: str, query: str) -> str:
    """The address of the sign-in page, with where to go afterwards."""
    wanted = local_path(f"{path}?{query}" if query else path)
    return SIGN_IN if wanted == "/" else f"{SIGN_IN}?{urlencode({'next': wanted})}"
