"""The cookies Pursuit sets: what they are called and how they are found in a Cookie header."""

import re
from urllib.parse import urlsplit

from tracker.settings import settings

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
"""What `secrets.token_urlsafe(32)` makes; anything else in our cookies was never ours."""


def cookie_name(purpose: str = "") -> str:
    """The session cookie's name, or another purpose's; over https the prefix makes the browser refuse a weaker one.

    Cookies know no ports: on http the name carries ours, so that two copies on one computer keep apart.
    """
    name = f"pursuit-{purpose}" if purpose else "pursuit"
    if settings().secure:
        return f"__Host-{name}"
    return f"{name}-{urlsplit(settings().origin).port or 80}"


def token_in(cookie_header: str, purpose: str = "") -> str:
    """The token in our cookie of a Cookie header, or nothing; other people's odd cookies don't matter."""
    name = cookie_name(purpose)
    for part in cookie_header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name and _TOKEN.fullmatch(value):
            return value
    return ""


def purposes_in(cookie_header: str, prefix: str) -> list[str]:
    """Return the purposes that begin with `prefix` and have one of our cookies in a Cookie header."""
    pattern = re.compile(cookie_name(f"({prefix}[0-9a-f]+)"))
    names = (part.strip().partition("=")[0] for part in cookie_header.split(";"))
    return [match[1] for name in names if (match := pattern.fullmatch(name))]


def set_cookie(token: str, seconds: int, purpose: str = "") -> str:
    """The Set-Cookie header's value for a token that lasts so many seconds; with none, it takes the cookie away."""
    kept = f"{cookie_name(purpose)}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    return f"{kept}; Secure" if settings().secure else kept
