"""Parsers of form fields: submitted text to column value."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from tracker.errors import Invalid
from tracker.shapes.enumerations import LabelledEnum
from tracker.storable_text import clean

Parser = Callable[[str], Any]


class InvalidField(Exception):
    """The message for a field whose text isn't valid."""


def text(limit: int, *, required: str = "", lines: bool = False) -> Parser:
    """Return a parser of text of at most `limit` characters; without `lines`, it collapses whitespace."""

    def parse(raw: str) -> str:
        value = clean(raw).strip() if lines else " ".join(clean(raw).split())
        if required and not value:
            raise InvalidField(required)
        if len(value) > limit:
            raise InvalidField(f"At most {limit:,} characters; this has {len(value):,}.")
        return value

    return parse


def enumeration(kind: type[LabelledEnum], label: str) -> Parser:
    """Return a parser of an enumeration's values; empty text is None."""

    def parse(raw: str) -> str | None:
        if raw and raw not in set(kind):
            raise InvalidField(f"Choose one of the listed {label}.")
        return raw or None

    return parse


def whole_number(low: int, high: int, label: str) -> Parser:
    """Return a parser of whole numbers in a range; empty text is None."""

    def parse(raw: str) -> int | None:
        typed = raw.strip()
        if not typed:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", typed) or not low <= int(typed) <= high:
            raise InvalidField(f"{label} is a whole number from {low} to {high}.")
        return int(typed)

    return parse


def web_address(raw: str, example: str = "https://example.com/jobs/1") -> str:
    """Return a web address, adding a missing scheme. Raises InvalidField with an example."""
    typed = str(text(2000)(raw))
    if not typed:
        return ""
    if not re.match(r"^[a-zA-Z][a-zA-Z0-9+.-]*:", typed):
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        host = parts.hostname or ""
    except ValueError:
        raise InvalidField(f"Use a web address, such as {example}.") from None
    if parts.scheme.lower() not in ("http", "https") or "." not in host:
        raise InvalidField(f"Use a web address, such as {example}.")
    return typed


def parsed_by(
    parsers: Mapping[str, Parser], typed: Mapping[str, str], *checks: Callable[[dict[str, Any]], None]
) -> dict[str, Any]:
    """Return the values of known fields. Raises Invalid, which names every field that isn't valid.

    Each of the `checks` raises Invalid for values that contradict each other; it is given the valid ones.
    """
    values: dict[str, Any] = {}
    invalid_fields: dict[str, str] = {}
    for field, raw in typed.items():
        if field not in parsers:
            continue
        try:
            values[field] = parsers[field](str(raw))
        except InvalidField as error:
            invalid_fields[field] = str(error)
    for check in checks:
        try:
            check(values)
        except Invalid as error:
            invalid_fields |= {
                name: text for name, text in error.fields.items() if name not in invalid_fields
            }
    if invalid_fields:
        raise Invalid(invalid_fields)
    return values
