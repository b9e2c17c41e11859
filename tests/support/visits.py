"""Browsers of signed-in users."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tracker.services import sessions
from tracker.shapes.people import Who

Visit = Callable[..., Page]


def cookie_of(user: Who, base_url: str) -> dict[str, Any]:
    """Return the session cookie of a fresh sign-in."""
    token = sessions.open_session(user.user_id, "Journey")
    name = f"pursuit-{urlsplit(base_url).port}"
    return {"name": name, "value": token, "url": base_url, "httpOnly": True, "sameSite": "Lax"}
