"""The place of a meeting: its location, and the link of the call."""

import re

from tracker.services.invitations.calendar_text import Component
from tracker.services.web_links import LINKS, first_link

MAX_PLACE, MAX_SEARCHED = 2_000, 8_000
"""Longest place, and most characters of a description that are searched for a link."""
_PROPERTIES = (
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "CONFERENCE",
)
_HOSTS = (
    "meet.google.com", "zoom.us", "zoomgov.com", "teams.microsoft.com", "teams.live.com", "webex.com", "whereby.com",
    "chime.aws", "gotomeeting.com", "meet.goto.com", "bluejeans.com", "meet.jit.si", "app.slack.com", "skype.com",
    "coderpad.io", "hackerrank.com", "codesignal.com", "karat.com", "hirevue.com",
)  # fmt: skip
_HOST = re.compile(r"https?://([^/?#:]+)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def meeting_place(event: Component) -> str:
    """Return the location and the link of the call, without repeating it."""
    place = _SPACE.sub(" ", event.text("LOCATION")).strip()
    link = "" if first_link(place[:MAX_PLACE]) else _call_link(event)
    return ", ".join(part for part in (place[: MAX_PLACE - len(link) - 2], link) if part)


def _call_link(event: Component) -> str:
    for name in _PROPERTIES:
        if link := first_link(event.text(name)[:MAX_PLACE]):
            return link[:MAX_PLACE]
    matches = LINKS.match(event.text("DESCRIPTION")[:MAX_SEARCHED]) or []
    return next((str(match.url) for match in matches if _is_call(str(match.url))), "")[:MAX_PLACE]


def _is_call(link: str) -> bool:
    host = _HOST.match(link)
    return host is not None and any(f".{host[1].lower()}".endswith(f".{name}") for name in _HOSTS)
