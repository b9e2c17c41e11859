"""Experience counted from the dates of positions; overlaps count once, unknown months leave a range."""

import re
from collections.abc import Iterable
from datetime import date

from tracker.services.matching.skills import listed_skills, name_of, skills_in, with_broader
from tracker.shapes.matching import Tenure
from tracker.shapes.profile import Position, Profile

_STUDY = re.compile(r"stud|educ|school|degree|course|universit|project|volunt", re.IGNORECASE)


def is_job(position: Position) -> bool:
    """Return whether a position counts as work, rather than as study or a personal project."""
    return not _STUDY.search(position.kind)


def tenure(positions: Iterable[Position], today: date) -> Tenure:
    """Return the months that positions cover together; a current position lasts until `today`."""
    tight, loose, undated = [], [], 0
    for position in positions:
        begun = _months(position.begun)
        ended = (_index(today), _index(today)) if position.is_current else _months(position.ended)
        if begun is None or ended is None:
            undated += 1
            continue
        last = 0 if position.is_current else 1
        loose.append((begun[0], max(begun[0], ended[1] + last)))
        tight.append((begun[1], max(begun[1], ended[0] + (last if ended[0] == ended[1] else 0))))
    return Tenure(_covered(tight), _covered(loose), undated)


def at_work(profile: Profile, today: date) -> Tenure:
    """Return all of a user's time in jobs."""
    return tenure((position for position in profile.positions if is_job(position)), today)


def with_skill(profile: Profile, skill: str, today: date) -> Tenure:
    """Return the time in positions whose title or bullets mention a skill."""
    return tenure(positions_with(profile, skill), today)


def positions_with(profile: Profile, skill: str) -> list[Position]:
    """Return the positions whose title or bullets mention a skill."""
    name = name_of(skill)
    ids = {bullet.position_id for bullet in profile.bullets if name in skills_of(bullet.text, bullet.skills)}
    return [
        position for position in profile.positions if position.id in ids or name in skills_of(position.title)
    ]


def skills_of(text: str, listed: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the skills that a text and a list beside it show, including broader ones."""
    return with_broader(frozenset({mention.name for mention in skills_in(text)} | listed_skills(listed)))


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _months(text: str) -> tuple[int, int] | None:
    """Return the first and the last month that `2021` or `2021-03` may mean."""
    match = re.match(r"(\d{4})(?:-(\d{1,2}))?", text.strip())
    if not match:
        return None
    year = int(match[1]) * 12
    if match[2]:
        return (year + int(match[2]) - 1,) * 2
    return year, year + 11


def _covered(spans: list[tuple[int, int]]) -> int:
    total, reached = 0, 0
    for begun, ended in sorted(spans):
        total += max(0, ended - max(begun, reached))
        reached = max(reached, ended)
    return total
