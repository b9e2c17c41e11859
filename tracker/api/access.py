"""Checks of a request's host, origin and session."""

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
PUBLIC_PATHS = (SIGN_IN, "/auth/", "/api/", "/assets/", "/livez", "/readyz", "/ping")
"""Prefixes of paths that need no session."""
SESSION_TIMEOUT = 2.0
"""Seconds to wait for a session lookup; after that the page is served and reports the outage itself."""

log = logging.getLogger(__name__)


def is_own_host(headers: Headers) -> bool:
    """Return True when the Host header names this installation, which prevents DNS rebinding."""
    return headers.get("host", "").lower() in {urlsplit(origin).netloc for origin in settings().origins}


def is_same_origin(headers: Headers, *, browserless: bool = False) -> bool:
    """Return True for a request from a page of this origin.

    With `browserless`, clients that send neither Origin nor Sec-Fetch-Site pass too: browsers always send Origin
    with a socket or a POST, and only browsers hold users' cookies.
    """
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is not None:
        return origin in settings().origins
    return site == "same-origin" or (browserless and site is None)


async def must_sign_in(method: str, path: str, headers: Headers) -> bool:
    """Return True when a browser without a session opens a page that needs one."""
    if method != "GET" or path.startswith(PUBLIC_PATHS) or "text/html" not in headers.get("accept", ""):
        return False
    try:
        async with asyncio.timeout(SESSION_TIMEOUT):
            return await asyncio.to_thread(sessions.find, token_in(headers.get("cookie", ""))) is None
    except Exception as error:
        log.warning("Served a page without checking the session (%s)", type(error).__name__)
        return False


def signed_in_user(headers: Headers) -> Who:
    """Return the user of the request's session; raises NotSignedIn."""
    user = sessions.find(token_in(headers.get("cookie", "")))
    if user is None:
        raise NotSignedIn("Sign in first.")
    return user


def sign_in_address(path: str, query: str) -> str:
    """Return the address of the sign-in page that leads on to `path` afterwards."""
    next_path = local_path(f"{path}?{query}" if query else path)
    return SIGN_IN if next_path == "/" else f"{SIGN_IN}?{urlencode({'next': next_path})}"
