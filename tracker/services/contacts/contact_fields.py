"""Labels and parsers of a contact's fields."""

import re
from functools import partial
from typing import Any

from tracker.services.field_parsers import InvalidField, Parser, parsed_by, text, web_address

FIELD_LABELS = {
    "name": "Name",
    "role": "Role",
    "company": "Company",
    "email": "Email",
    "phone": "Phone",
    "link": "Link",
    "notes": "Notes",
}


def _email(raw: str) -> str:
    typed = str(text(320)(raw)).removeprefix("mailto:")
    if typed and not re.fullmatch(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\"]+", typed):
        raise InvalidField("Use an address such as maria@example.com.")
    return typed


PARSERS: dict[str, Parser] = {
    "name": text(200, required="Enter a name."),
    "role": text(200),
    "company": text(200),
    "email": _email,
    "phone": text(50),
    "link": partial(web_address, example="https://www.linkedin.com/in/maria"),
    "notes": text(100_000, lines=True),
}


def parsed(typed: dict[str, str]) -> dict[str, Any]:
    """Parse submitted fields. Raises Invalid, which names every field that isn't valid."""
    return parsed_by(PARSERS, typed)
