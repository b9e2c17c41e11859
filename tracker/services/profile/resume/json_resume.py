"""JSON Resume, by its schema: work, volunteer, education, projects, skills, languages, and the rest as bullets."""

import json
from collections.abc import Iterator
from typing import Any

from tracker.services.profile.months import month
from tracker.services.profile.resume.found import Entry, Found, Point
from tracker.services.profile.resume.kinds import Unreadable
from tracker.services.profile.resume.skills import tagged

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


def of_json(text: str) -> Found:
    """What a JSON Resume says; Unreadable when it is JSON of another kind."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("This begins like JSON and isn't: it can't be read as JSON Resume.") from None
    if not isinstance(told, dict) or not {"basics", "work", "education", "skills"} & told.keys():
        raise Unreadable(
            "This is JSON, but no JSON Resume: it has neither basics, work, education nor skills."
        )
    basics = told.get("basics") if isinstance(told.get("basics"), dict) else {}
    found = Found(headline=_text(basics, "label"))
    found.languages = [line for one in _each(told, "languages") if (line := _language(one))]
    for section, kind, title, organisation in _PLACES:
        found.entries += [_entry(one, kind, title, organisation) for one in _each(told, section)]
    if summary := _text(basics, "summary"):
        found.loose.append(Point(summary))
    found.loose += [_skill(one) for one in _each(told, "skills")]
    for section, name, giver in _OTHERS:
        for one in _each(told, section):
            found.loose.append(
                Point(", ".join(part for part in (_text(one, name), _text(one, giver)) if part))
            )
    return tagged(found)


def _entry(one: dict[str, Any], kind: str, title: str, organisation: str) -> Entry:
    name = _text(one, title) or _text(one, "name") or _text(one, "roles")
    if kind == "education":
        name = " ".join(part for part in (_text(one, "studyType"), _text(one, "area")) if part)
    begun, ended = month(_text(one, "startDate")) or "", month(_text(one, "endDate")) or ""
    texts = [_text(one, "summary") or _text(one, "description"), *_strings(one, "highlights")]
    if courses := _strings(one, "courses"):
        texts.append(", ".join(courses))
    points = [Point(text) for text in texts if text]
    return Entry(
        kind, name, _text(one, organisation) or _text(one, "company"), begun, ended,
        bool(begun) and not ended and kind != "education", points,
    )  # fmt: skip


def _skill(one: dict[str, Any]) -> Point:
    name, words = _text(one, "name"), _strings(one, "keywords")
    return Point(f"{name}: {', '.join(words)}" if words else name, words or [name])


def _language(one: dict[str, Any]) -> str:
    name, fluency = _text(one, "language"), _text(one, "fluency")
    return f"{name} ({fluency})" if name and fluency else name


def _each(told: dict[str, Any], section: str) -> Iterator[dict[str, Any]]:
    listed = told.get(section)
    yield from (one for one in listed if isinstance(one, dict)) if isinstance(listed, list) else ()


def _text(one: Any, name: str) -> str:
    value = one.get(name) if isinstance(one, dict) else None
    return " ".join(value.split()) if isinstance(value, str) else ""


def _strings(one: dict[str, Any], name: str) -> list[str]:
    listed = one.get(name)
    return (
        [" ".join(part.split()) for part in listed if isinstance(part, str)]
        if isinstance(listed, list)
        else []
    )
