"""The calendar file in an uploaded or pasted invitation: by itself, or as a part of an email."""

import re
from email import message_from_bytes
from email.message import Message

from tracker.services.invitations.calendar_text import unreadable

MAX_BYTES = 1024 * 1024
"""Largest invitation, in bytes."""
MAX_NESTED, MAX_PARTS = 50, 500
"""Most boundaries of an email, with each of which each of its lines is compared, and most lines that may be one."""
_CALENDAR = re.compile(r"^\s*BEGIN:VCALENDAR", re.IGNORECASE | re.MULTILINE)
_HEADER = re.compile(rb"\s*(?:From |[A-Za-z][A-Za-z0-9-]*:[ \t])")
_TYPES = ("text/calendar", "application/ics")
TOO_LARGE = "An invitation has at most 1 MB. Save it without its attachments."


def calendar_text(content: bytes) -> str:
    """Return the text of the calendar file in an invitation.

    Raises Invalid when it is too large or has none.
    """
    if len(content) > MAX_BYTES:
        raise unreadable(TOO_LARGE)
    if _HEADER.match(content) and (text := _in_email(content)):
        return text
    text = _decoded(content, "utf-8")
    calendar = _CALENDAR.search(text)
    if calendar is None:
        raise unreadable(
            "There is no invitation in this. Choose a file that ends in .ics or .eml, or paste its text."
        )
    return text[calendar.start() :]


def _in_email(content: bytes) -> str:
    """Return the first calendar part of an email; empty without one."""
    if content.lower().count(b"boundary=") > MAX_NESTED or content.count(b"\n--") > MAX_PARTS:
        raise unreadable(
            "This email has too many parts. Save the invitation in it as a file that ends in .ics."
        )
    try:
        parts = list(message_from_bytes(content).walk())
    except RecursionError:
        return ""
    texts = (_part_text(part) for part in parts if _is_calendar(part))
    return next((text for text in texts if _CALENDAR.search(text)), "")


def _is_calendar(part: Message) -> bool:
    name = str(part.get_filename() or "").lower()
    return not part.is_multipart() and (part.get_content_type() in _TYPES or name.endswith(".ics"))


def _part_text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return _decoded(content, part.get_content_charset() or "utf-8") if isinstance(content, bytes) else ""


def _decoded(content: bytes, charset: str) -> str:
    for encoding in (
        charset,
        "utf-8-sig",
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252",
    ):
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("latin-1")
