"""What each field of a profile accepts, and how an edit of several fields is told from one made elsewhere meanwhile."""

from typing import Any

from tracker.errors import Conflict, Invalid
from tracker.services.profile.months import month
from tracker.services.typed import Parser, Wrong, parsed_by, text, word
from tracker.shapes.words import PositionKind
from tracker.storable_text import clean

LABELS = {
    "kind": "Kind",
    "title": "Title",
    "organisation": "Organisation",
    "begun": "From",
    "ended": "Until",
    "is_current": "Still lasts",
    "text": "Text",
    "skills": "Skills",
    "position_id": "Position",
    "headline": "Headline",
    "languages": "Languages",
}


def several(what: str, most: int = 30, length: int = 60) -> Parser:
    """A reader of a list with commas between, each once."""

    def parse(raw: str) -> list[str]:
        parts = (" ".join(part.split()) for part in clean(raw).replace("\n", ",").split(","))
        first: dict[str, str] = {}
        for part in parts:
            first.setdefault(part.casefold(), part)
        kept = [part for part in first.values() if part]
        if len(kept) > most:
            raise Wrong(f"At most {most} {what}; these are {len(kept)}.")
        if long := next((part for part in kept if len(part) > length), ""):
            raise Wrong(f"At most {length} characters each; “{long[:30]}…” has {len(long)}.")
        return kept

    return parse


def _month(raw: str) -> str:
    typed = " ".join(clean(raw).split())
    if not typed:
        return ""
    if (read := month(typed)) is None:
        raise Wrong("Use a year or a month, such as 2021 or 2021-03.")
    return read


def _kind(raw: str) -> str:
    return str(word(PositionKind, "kinds")(raw) or PositionKind.JOB.value)


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
    """The values of a whole position; Invalid names each field that can't be kept."""
    values = {"ended": "", "is_current": False, **parsed_by(POSITION, {"title": "", **typed})}
    if values["is_current"]:
        values["ended"] = ""
    begun, ended = values.get("begun", ""), values["ended"]
    length = min(len(begun), len(ended))
    if begun[:length] > ended[:length]:
        raise Invalid({"ended": "It ended before it began."})
    return values


def as_typed(values: dict[str, Any]) -> dict[str, str]:
    """Values of columns as they stand in a form."""
    return {name: _typed(value) for name, value in values.items() if name in LABELS}


def _typed(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def merged(now: dict[str, str], typed: dict[str, str], was: dict[str, str]) -> dict[str, str]:
    """The fields as they are to be: those a person changed from what they read, and the others as they are now.

    Conflict when one was changed to something else meanwhile.
    """
    made = dict(now)
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
        made[field] = mine
    return made


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())
