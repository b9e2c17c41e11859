"""Names, lookup and Set-Cookie values of Pursuit's cookies."""

import re
from urllib.parse import urlsplit

from tracker.settings import settings

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
"""The form of `secrets.token_urlsafe(32)`; any other value isn't a token of Pursuit."""


def cookie_name(purpose: str = "") -> str:
    """Return the name of the session cookie, or of another purpose's cookie.

    Over HTTPS, the `__Host-` prefix makes browsers enforce Secure and Path. Cookies ignore ports, so over HTTP the
    name contains the port, which separates two installations on one computer.
    """
    name = f"pursuit-{purpose}" if purpose else "pursuit"
    if settings().secure:
        return f"__Host-{name}"
    return f"{name}-{urlsplit(settings().origin).port or 80}"


def token_in(cookie_header: str, purpose: str = "") -> str:
    """Return the token of Pursuit's cookie in a Cookie header; empty when there is none."""
    name = cookie_name(purpose)
    for part in cookie_header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name and _TOKEN.fullmatch(value):
            return value
    return ""


def purposes_in(cookie_header: str, prefix: str) -> list[str]:
    """Return the purposes beginning with `prefix` whose cookies are in a Cookie header."""
    pattern = re.compile(cookie_name(f"({prefix}[0-9a-f]+)"))
    names = (part.strip().partition("=")[0] for part in cookie_header.split(";"))
    return [match[1] for name in names if (match := pattern.fullmatch(name))]


def set_cookie(token: str, seconds: int, purpose: str = "") -> str:
    """Return the Set-Cookie value of a token with its lifetime in seconds; 0 seconds delete the cookie."""
    value = f"{cookie_name(purpose)}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    return f"{value}; Secure" if settings().secure else value
