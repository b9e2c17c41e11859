"""The headers of every answer: what a browser may do with our pages, and how long it may keep them."""

import base64
import hashlib
import os
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Scope, Send

from tracker.cookies import set_cookie, token_in
from tracker.services.sessions import LASTS
from tracker.settings import CHECKOUT, settings

_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
BARE_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""For answers that are no pages."""


def dressed(scope: Scope, send: Send) -> Send:
    """A `send` that sets the headers of the answer to this request."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            _dress(MutableHeaders(scope=message), message["status"], scope)
        await send(message)

    return sending


def _dress(answer: MutableHeaders, status: int, scope: Scope) -> None:
    for name, value in ALWAYS.items():
        answer[name] = value
    if settings().secure:
        answer["Strict-Transport-Security"] = "max-age=31536000"
    is_page = answer.get("content-type", "").startswith("text/html")
    # What an unchanged page was first sent with stays in force; a bare policy here would replace it.
    if status != 304:
        answer["Content-Security-Policy"] = policy(scope["path"]) if is_page else BARE_POLICY
    is_versioned = scope["path"].startswith("/browser/") and scope["query_string"].startswith(b"v=")
    answer.setdefault("Cache-Control", _keeping(scope["path"], status, is_page, is_versioned))
    if is_page:
        _renew_cookie(answer, Headers(scope=scope))


def _keeping(path: str, status: int, is_page: bool, is_versioned: bool) -> str:
    """How long a browser may keep an answer: built files and scripts carry their hash in the address, pages don't."""
    if (path.startswith("/assets/") or is_versioned) and status in (200, 304):
        return "public, max-age=31536000, immutable"
    return "no-cache" if is_page or status == 304 or "." in path else "no-store"


def _renew_cookie(answer: MutableHeaders, given: Headers) -> None:
    """Let the cookie slide along with its session, which is kept and ended on the server."""
    if (token := token_in(given.get("cookie", ""))) and "set-cookie" not in answer:
        answer["Set-Cookie"] = set_cookie(token, int(LASTS.total_seconds()))


def policy(path: str) -> str:
    """The Content-Security-Policy of the page at `path`: our own files, and the inline scripts it was built with."""
    scripts = " ".join(f"'sha256-{digest}'" for digest in _digests(_built_page(path)))
    sockets = " ".join(_socket_of(origin) for origin in settings().origins)
    return (
        f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        f"font-src 'self'; connect-src 'self' {sockets}; object-src 'none'; frame-src 'none'; "
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
    )


def _socket_of(origin: str) -> str:
    parts = urlsplit(origin)
    return f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"


def page_path(path: str) -> str:
    """The path at which the built page of an address lies: with a slash at the end, so that nobody is sent there."""
    lies_in_folder = not path.endswith("/") and (page := _inside(path)) and (page / "index.html").is_file()
    return f"{path}/" if lies_in_folder else path


def _built_page(path: str) -> Path:
    """The file that was built for a path: its own, or the one for paths with a part that varies."""
    page = _inside(path)
    return page / "index.html" if page and (page / "index.html").is_file() else _client() / "404.html"


def _inside(path: str) -> Path | None:
    """A path's place in the built interface; none for one that leads out of it."""
    try:
        place = (_client() / path.strip("/")).resolve()
    except (ValueError, OSError):
        return None
    return place if place.is_relative_to(_client()) else None


@cache
def _client() -> Path:
    return (Path(os.environ.get("REFLEX_WEB_WORKDIR") or CHECKOUT / ".web") / "build" / "client").resolve()


@cache
def _digests(page: Path) -> tuple[str, ...]:
    """The hash of each inline script of a built page; none for one that isn't built."""
    if not page.is_file():
        return ()
    scripts = _INLINE.findall(page.read_text())
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return tuple(dict.fromkeys(hashes))
