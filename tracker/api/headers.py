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
from tracker.theme.sheet import bare_sheet

_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
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
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            _dress(MutableHeaders(scope=message), message["status"], scope)
        await send(message)

    return sending


def _dress(answer: MutableHeaders, status: int, scope: Scope) -> None:
    if "content-security-policy" in answer:  # by the layer further in
        return
    for name, value in ALWAYS.items():
        answer.setdefault(name, value)
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
    """The Content-Security-Policy of the page at `path`: our own files, and the scripts and styles it was built with."""
    page = _built_page(path)
    scripts, styles = " ".join(_digests(page, _SCRIPT)), " ".join((*_digests(page, _STYLE), *_own_styles()))
    sockets = " ".join(_socket_of(origin) for origin in settings().origins)
    if os.environ.get("REFLEX_ENV_MODE") == "preview":  # whose styles are made in the browser
        styles = "'unsafe-inline'"
    return (
        f"default-src 'self'; script-src 'self' {scripts}; script-src-attr 'none'; style-src 'self' {styles}; "
        f"style-src-attr 'none'; img-src 'self' data:; "
        f"font-src 'self'; connect-src 'self' {sockets}; object-src 'none'; frame-src 'none'; "
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
    )


def _socket_of(origin: str) -> str:
    parts = urlsplit(origin)
    return f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"


def page_path(path: str) -> str:
    """The path at which the built page of an address lies: with a slash at the end, so that nobody is sent there."""
    return f"{path}/" if not path.endswith("/") and _index_of(path) else path


def _built_page(path: str) -> Path:
    """The file that was built for a path: its own, or the one for paths with a part that varies."""
    return _index_of(path) or _client() / "404.html"


def _index_of(path: str) -> Path | None:
    """The page in a folder of the built interface; none for a path that leads out of it, or that can't be one."""
    try:
        page = (_client() / path.strip("/") / "index.html").resolve()
        return page if page.is_relative_to(_client()) and page.is_file() else None
    except (ValueError, OSError):
        return None


@cache
def _client() -> Path:
    return (Path(os.environ.get("REFLEX_WEB_WORKDIR") or CHECKOUT / ".web") / "build" / "client").resolve()


@cache
def _digests(page: Path, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """The sources that allow each inline script, or style, of a built page; none for one that isn't built."""
    if not page.is_file():
        return ()
    return tuple(dict.fromkeys(map(_source, pattern.findall(page.read_text()))))


@cache
def _own_styles() -> tuple[str, ...]:
    """The sources that allow the style of pages that aren't built, and the empty one, to which rules are added by script."""
    return (_source(bare_sheet()), _source(""))


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
