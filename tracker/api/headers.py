"""Security and cache headers of every response."""

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
from tracker.services.sessions import IDLE_LIFETIME
from tracker.settings import CHECKOUT, settings
from tracker.theme.sheet import bare_sheet

_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""Content-Security-Policy of responses other than pages."""


API_DOCS = "/api/v1/docs"
API_DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""Content-Security-Policy of the API's documentation, all of whose scripts and styles are files."""


def with_security_headers(scope: Scope, send: Send) -> Send:
    """Return a `send` that adds the headers of this module to the response."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            _set_headers(MutableHeaders(scope=message), message["status"], scope)
        await send(message)

    return send_with_headers


def _set_headers(response: MutableHeaders, status: int, scope: Scope) -> None:
    if "content-security-policy" in response:  # Set by the inner middleware.
        return
    for name, value in SECURITY_HEADERS.items():
        response.setdefault(name, value)
    if settings().secure:
        response["Strict-Transport-Security"] = "max-age=31536000"
    is_page = response.get("content-type", "").startswith("text/html")
    # A 304 would replace the policy that the browser cached with the page.
    if status != 304:
        response["Content-Security-Policy"] = _policy_of(scope["path"]) if is_page else FILE_POLICY
    is_versioned = scope["path"].startswith("/browser/") and scope["query_string"].startswith(b"v=")
    response.setdefault("Cache-Control", _cache_control(scope["path"], status, is_page, is_versioned))
    if is_page:
        _renew_cookie(response, Headers(scope=scope))


def _cache_control(path: str, status: int, is_page: bool, is_versioned: bool) -> str:
    """Return the Cache-Control value: only files with a hash in their address are immutable."""
    if (path.startswith("/assets/") or is_versioned) and status in (200, 304):
        return "public, max-age=31536000, immutable"
    return "no-cache" if is_page or status == 304 or "." in path else "no-store"


def _renew_cookie(response: MutableHeaders, request_headers: Headers) -> None:
    """Extend the session cookie; the server decides when the session itself ends."""
    if (token := token_in(request_headers.get("cookie", ""))) and "set-cookie" not in response:
        response["Set-Cookie"] = set_cookie(token, int(IDLE_LIFETIME.total_seconds()))


def _policy_of(path: str) -> str:
    return API_DOCS_POLICY if path == API_DOCS else policy(path)


def policy(path: str) -> str:
    """Return the Content-Security-Policy of the page at `path`: own files and the page's inline code."""
    page = _built_page(path)
    scripts, styles = " ".join(_digests(page, _SCRIPT)), " ".join((*_digests(page, _STYLE), *_own_styles()))
    sockets = " ".join(_socket_origin(origin) for origin in settings().origins)
    if os.environ.get("REFLEX_ENV_MODE") == "preview":  # Its styles are added in the browser.
        styles = "'unsafe-inline'"
    return (
        f"default-src 'self'; script-src 'self' {scripts}; script-src-attr 'none'; style-src 'self' {styles}; "
        f"style-src-attr 'none'; img-src 'self' data:; "
        f"font-src 'self'; connect-src 'self' {sockets}; object-src 'none'; frame-src 'none'; "
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
    )


def _socket_origin(origin: str) -> str:
    parts = urlsplit(origin)
    return f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"


def page_path(path: str) -> str:
    """Return the path with a slash at the end when it is a built page, which avoids a redirect."""
    return f"{path}/" if not path.endswith("/") and _index_of(path) else path


def _built_page(path: str) -> Path:
    """Return the built file of a path; dynamic routes share `404.html`."""
    return _index_of(path) or _client() / "404.html"


def _index_of(path: str) -> Path | None:
    """Return the `index.html` of a path; None when it doesn't exist or is outside the web build."""
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
    """Return the CSP hash sources of a built page's inline scripts or styles; empty when it isn't built."""
    if not page.is_file():
        return ()
    return tuple(dict.fromkeys(map(_source, pattern.findall(page.read_text()))))


@cache
def _own_styles() -> tuple[str, ...]:
    """Return the CSP hashes of plain responses' styles and of the empty style that scripts add rules to."""
    return (_source(bare_sheet()), _source(""))


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
