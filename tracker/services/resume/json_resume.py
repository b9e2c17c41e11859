"""JSON Resume, by its schema: positions, skills and languages, and the rest as bullets."""

import json
from collections.abc import Iterator
from typing import Any

from tracker.services.isolated_process import Unreadable
from tracker.services.months import month
from tracker.services.resume.parsed_resume import Entry, ParsedResume, Point
from tracker.services.resume.skill_lists import tagged

_PLACES = (
    ("work", "job", "position", "name"),
    ("volunteer", "volunteering", "position", "organization"),
    ("projects", "project", "name", "entity"),
    ("education", "education", "area", "institution"),
)
_OTHERS = (
    ("certificates", "name", "issuer"),
    ("awards", "title", "awarder"),
    ("publications", "name", "publisher"),
)


def of_json(text: str) -> ParsedResume:
    """Parse a JSON Resume; raises Unreadable for other JSON."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(
            "This looks like JSON but isn't valid, so it can't be read as JSON Resume."
        ) from None
    if not isinstance(data, dict) or not {"basics", "work", "education", "skills"} & data.keys():
        raise Unreadable("This is JSON but not a JSON Resume: it has no basics, work, education or skills.")
    basics = data.get("basics") if isinstance(data.get("basics"), dict) else {}
    parsed = ParsedResume(headline=_text(basics, "label"))
    parsed.languages = [line for item in _each(data, "languages") if (line := _language(item))]
    for section, kind, title, organisation in _PLACES:
        parsed.entries += [_entry(item, kind, title, organisation) for item in _each(data, section)]
    if summary := _text(basics, "summary"):
        parsed.loose.append(Point(summary))
    parsed.loose += [_skill(item) for item in _each(data, "skills")]
    for section, name, giver in _OTHERS:
        for item in _each(data, section):
            parsed.loose.append(
                Point(", ".join(part for part in (_text(item, name), _text(item, giver)) if part))
            )
    return tagged(parsed)


def _entry(item: dict[str, Any], kind: str, title: str, organisation: str) -> Entry:
    name = _text(item, title) or _text(item, "name") or _text(item, "roles")
    if kind == "education":
        name = " ".join(part for part in (_text(item, "studyType"), _text(item, "area")) if part)
    begun, ended = month(_text(item, "startDate")) or "", month(_text(item, "endDate")) or ""
    texts = [_text(item, "summary") or _text(item, "description"), *_strings(item, "highlights")]
    if courses := _strings(item, "courses"):
        texts.append(", ".join(courses))
    points = [Point(text) for text in texts if text]
    return Entry(
        kind, name, _text(item, organisation) or _text(item, "company"), begun, ended,
        bool(begun) and not ended and kind != "education", points,
    )  # fmt: skip


def _skill(item: dict[str, Any]) -> Point:
    name, words = _text(item, "name"), _strings(item, "keywords")
    return Point(f"{name}: {', '.join(words)}" if words else name, words or [name])


def _language(item: dict[str, Any]) -> str:
    name, fluency = _text(item, "language"), _text(item, "fluency")
    return f"{name} ({fluency})" if name and fluency else name


def _each(data: dict[str, Any], section: str) -> Iterator[dict[str, Any]]:
    items = data.get(section)
    yield from (item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()


def _text(item: Any, name: str) -> str:
    value = item.get(name) if isinstance(item, dict) else None
    return " ".join(value.split()) if isinstance(value, str) else ""


def _strings(item: dict[str, Any], name: str) -> list[str]:
    values = item.get(name)
    return (
        [" ".join(part.split()) for part in values if isinstance(part, str)]
        if isinstance(values, list)
        else []
    )
