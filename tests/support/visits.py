"""Browsers of people who are signed in."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tracker.services import sessions
from tracker.shapes.people import Who

Visit = Callable[..., Page]


def cookie_of(who: Who, base_url: str) -> dict[str, Any]:
    """The session cookie of a fresh sign-in of this person."""
    token = sessions.open_session(who.user_id, "Journey")
    name = f"pursuit-{urlsplit(base_url).port}"
    return {"name": name, "value": token, "url": base_url, "httpOnly": True, "sameSite": "Lax"}
