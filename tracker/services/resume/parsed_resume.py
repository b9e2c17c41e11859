"""A parsed resume: plain values, not yet reviewed."""

from dataclasses import asdict, dataclass, field
from typing import Any

MAX_POSITIONS, MAX_POINTS, LONGEST = 40, 300, 1000


@dataclass
class Point:
    """One thing done or known, with the skills it names."""

    text: str
    skills: list[str] = field(default_factory=list)


@dataclass
class Entry:
    """A job, a course of study or a project, with what was done there."""

    kind: str = "job"
    title: str = ""
    organisation: str = ""
    begun: str = ""
    ended: str = ""
    is_current: bool = False
    points: list[Point] = field(default_factory=list)


@dataclass
class ParsedResume:
    """Content of a resume in its order; `loose` are bullets without a position."""

    headline: str = ""
    languages: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    loose: list[Point] = field(default_factory=list)

    def as_plain(self) -> dict[str, Any]:
        """Return the resume as JSON values."""
        return asdict(self)

    @classmethod
    def of_plain(cls, plain: Any) -> "ParsedResume":
        """Parse the output of an untrusted process, cut to the limits of a profile."""
        plain = plain if isinstance(plain, dict) else {}
        parsed = cls(_words(plain.get("headline"), 200), _list(plain.get("languages")))
        room = MAX_POINTS
        for entry in _dicts(plain.get("entries"))[:MAX_POSITIONS]:
            points = _points(entry.get("points"), room)
            room -= len(points)
            parsed.entries.append(_entry(entry, points))
        parsed.loose = _points(plain.get("loose"), room)
        return parsed


def _entry(plain: dict[str, Any], points: list[Point]) -> Entry:
    from tracker.services.months import month

    begun, ended = (month(_words(plain.get(name), 20)) or "" for name in ("begun", "ended"))
    is_current = plain.get("is_current") is True
    if is_current or begun[: len(ended)] > ended[: len(begun)]:
        ended = ""
    title, organisation = _words(plain.get("title"), 200), _words(plain.get("organisation"), 200)
    if not title:
        title, organisation = organisation or "Untitled", ""
    return Entry(_words(plain.get("kind"), 20), title, organisation, begun, ended, is_current, points)


def _points(value: Any, room: int) -> list[Point]:
    points = [
        Point(_words(plain.get("text"), LONGEST), _list(plain.get("skills"))) for plain in _dicts(value)
    ]
    return [point for point in points if point.text][: max(0, room)]


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _list(value: Any) -> list[str]:
    words = [_words(item, 60).replace(",", " ") for item in value] if isinstance(value, list) else []
    return list({item.casefold(): item for item in words if item}.values())[:30]


def _words(value: Any, length: int) -> str:
    text = value if isinstance(value, str) else ""
    text = text.replace("\x00", "").encode("utf-8", "ignore").decode()
    return " ".join(text.split())[:length].strip()
