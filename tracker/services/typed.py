"""What people type, read field by field: text in, a value for the column out, or why it can't be kept."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from tracker.errors import Invalid
from tracker.shapes.words import Word
from tracker.storable_text import clean

Parser = Callable[[str], Any]


class Wrong(Exception):
    """Why one field's text can't be kept."""


def text(limit: int, *, required: str = "", lines: bool = False) -> Parser:
    """A reader of text of at most `limit` characters; without `lines`, every run of white space is one space."""

    def parse(raw: str) -> str:
        kept = clean(raw).strip() if lines else " ".join(clean(raw).split())
        if required and not kept:
            raise Wrong(required)
        if len(kept) > limit:
            raise Wrong(f"At most {limit:,} characters; this has {len(kept):,}.")
        return kept

    return parse


def word(kind: type[Word], what: str) -> Parser:
    """A reader of one of the domain's words, or of none."""

    def parse(raw: str) -> str | None:
        if raw and raw not in set(kind):
            raise Wrong(f"Choose one of the {what} listed.")
        return raw or None

    return parse


def code(known: set[str], example: str) -> Parser:
    """A reader of a country's or currency's code, or of none."""

    def parse(raw: str) -> str | None:
        typed = raw.strip().upper()
        if typed and typed not in known:
            raise Wrong(f"Use a known code, such as {example}.")
        return typed or None

    return parse


def whole(low: int, high: int, what: str) -> Parser:
    """A reader of a whole number between two others, or of none."""

    def parse(raw: str) -> int | None:
        typed = raw.strip()
        if not typed:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", typed) or not low <= int(typed) <= high:
            raise Wrong(f"{what} is a whole number from {low} to {high}.")
        return int(typed)

    return parse


def address(raw: str, example: str = "https://example.com/jobs/1") -> str:
    """A web address, made whole where the scheme was left out; what isn't one is told by an example."""
    typed = str(text(2000)(raw))
    if not typed:
        return ""
    if not re.match(r"^[a-zA-Z][a-zA-Z0-9+.-]*:", typed):
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        host = parts.hostname or ""
    except ValueError:
        raise Wrong(f"Use a web address, such as {example}.") from None
    if parts.scheme.lower() not in ("http", "https") or "." not in host:
        raise Wrong(f"Use a web address, such as {example}.")
    return typed


def parsed_by(parsers: Mapping[str, Parser], typed: Mapping[str, str]) -> dict[str, Any]:
    """The values of the fields a person typed; Invalid names each that can't be kept, unknown ones are left out."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field, raw in typed.items():
        if field not in parsers:
            continue
        try:
            values[field] = parsers[field](str(raw))
        except Wrong as why:
            wrong[field] = str(why)
    if wrong:
        raise Invalid(wrong)
    return values
