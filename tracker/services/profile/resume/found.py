"""What was read from a resume: plain values, before anyone has looked at them."""

from dataclasses import asdict, dataclass, field
from typing import Any

MOST_POSITIONS, MOST_POINTS, LONGEST = 40, 300, 1000


@dataclass
class Point:
    """One thing done or known, with the skills it names."""

    text: str
    skills: list[str] = field(default_factory=list)


@dataclass
class Entry:
    """A job, a course of study, a project, with what was done there."""

    kind: str = "job"
    title: str = ""
    organisation: str = ""
    begun: str = ""
    ended: str = ""
    is_current: bool = False
    points: list[Point] = field(default_factory=list)


@dataclass
class Found:
    """All of it, in the order of the resume; `loose` belongs to no position."""

    headline: str = ""
    languages: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    loose: list[Point] = field(default_factory=list)

    def as_plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)

    @classmethod
    def of_plain(cls, plain: Any) -> "Found":
        """What a program that wasn't trusted wrote, cut to what a profile can hold."""
        plain = plain if isinstance(plain, dict) else {}
        found = cls(_words(plain.get("headline"), 200), _list(plain.get("languages")))
        room = MOST_POINTS
        for one in _dicts(plain.get("entries"))[:MOST_POSITIONS]:
            points = _points(one.get("points"), room)
            room -= len(points)
            found.entries.append(_entry(one, points))
        found.loose = _points(plain.get("loose"), room)
        return found


def _entry(one: dict[str, Any], points: list[Point]) -> Entry:
    from tracker.services.profile.months import month

    begun, ended = (month(_words(one.get(name), 20)) or "" for name in ("begun", "ended"))
    is_current = one.get("is_current") is True
    if is_current or begun[: len(ended)] > ended[: len(begun)]:
        ended = ""
    title, organisation = _words(one.get("title"), 200), _words(one.get("organisation"), 200)
    if not title:
        title, organisation = organisation or "Untitled", ""
    return Entry(_words(one.get("kind"), 20), title, organisation, begun, ended, is_current, points)


def _points(given: Any, room: int) -> list[Point]:
    points = [Point(_words(one.get("text"), LONGEST), _list(one.get("skills"))) for one in _dicts(given)]
    return [one for one in points if one.text][: max(0, room)]


def _dicts(given: Any) -> list[dict[str, Any]]:
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def _list(given: Any) -> list[str]:
    words = [_words(one, 60).replace(",", " ") for one in given] if isinstance(given, list) else []
    return list({one.casefold(): one for one in words if one}.values())[:30]


def _words(given: Any, length: int) -> str:
    text = given if isinstance(given, str) else ""
    text = text.replace("\x00", "").encode("utf-8", "ignore").decode()
    return " ".join(text.split())[:length].strip()
