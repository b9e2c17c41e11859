"""The fields of a profile: what each accepts, and how concurrent edits are merged."""

from typing import Any

from tracker.errors import Conflict, Invalid
from tracker.services.field_parsers import InvalidField, Parser, enumeration, parsed_by, text
from tracker.services.months import month
from tracker.shapes.enumerations import PositionKind
from tracker.storable_text import clean

LABELS = {
    "kind": "Kind",
    "title": "Title",
    "organisation": "Organisation",
    "begun": "From",
    "ended": "Until",
    "is_current": "Ongoing",
    "text": "Text",
    "skills": "Skills",
    "position_id": "Position",
    "headline": "Headline",
    "languages": "Languages",
}


def several(noun: str, most: int = 30, length: int = 60) -> Parser:
    """Return a parser of a comma-separated list without duplicates."""

    def parse(raw: str) -> list[str]:
        parts = (" ".join(part.split()) for part in clean(raw).replace("\n", ",").split(","))
        first: dict[str, str] = {}
        for part in parts:
            first.setdefault(part.casefold(), part)
        values = [part for part in first.values() if part]
        if len(values) > most:
            raise InvalidField(f"At most {most} {noun}; these are {len(values)}.")
        if long := next((part for part in values if len(part) > length), ""):
            raise InvalidField(f"At most {length} characters each; “{long[:30]}…” has {len(long)}.")
        return values

    return parse


def _month(raw: str) -> str:
    typed = " ".join(clean(raw).split())
    if not typed:
        return ""
    if (read := month(typed)) is None:
        raise InvalidField("Use a year or a month, such as 2021 or 2021-03.")
    return read


def _kind(raw: str) -> str:
    return str(enumeration(PositionKind, "kinds")(raw) or PositionKind.JOB.value)


POSITION: dict[str, Parser] = {
    "kind": _kind,
    "title": text(200, required="What was the title, or the degree?"),
    "organisation": text(200),
    "begun": _month,
    "ended": _month,
    "is_current": lambda raw: raw not in ("", "false", "False", "None", "off"),
}
BULLET: dict[str, Parser] = {
    "text": text(1000, required="What did you do, or what do you know?"),
    "skills": several("skills"),
    "position_id": lambda raw: raw,
}
ABOUT: dict[str, Parser] = {"headline": text(200), "languages": several("languages")}


def position(typed: dict[str, str]) -> dict[str, Any]:
    """Parse a position; raises Invalid, which names every field that isn't valid."""
    values = {"ended": "", "is_current": False, **parsed_by(POSITION, {"title": "", **typed})}
    if values["is_current"]:
        values["ended"] = ""
    begun, ended = values.get("begun", ""), values["ended"]
    length = min(len(begun), len(ended))
    if begun[:length] > ended[:length]:
        raise Invalid({"ended": "It ended before it began."})
    return values


def as_typed(values: dict[str, Any]) -> dict[str, str]:
    """Return column values as a form shows them."""
    return {name: _typed(value) for name, value in values.items() if name in LABELS}


def _typed(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def merged(now: dict[str, str], typed: dict[str, str], was: dict[str, str]) -> dict[str, str]:
    """Return the fields with the user's changes applied to the current values.

    Raises Conflict when a field was changed to another value meanwhile.
    """
    values = dict(now)
    for field, mine in typed.items():
        if field not in now or _same(mine, was.get(field, "")):
            continue
        if not _same(now[field], was.get(field, "")) and not _same(now[field], mine):
            raise Conflict(
                f"{LABELS[field]} was changed elsewhere while you were writing.",
                field=field,
                mine=mine,
                theirs=now[field],
            )
        values[field] = mine
    return values


def _same(text: str, other_text: str) -> bool:
    return " ".join(text.split()) == " ".join(other_text.split())
