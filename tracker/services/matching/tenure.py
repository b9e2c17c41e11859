"""How long a person did something, counted from the dates of positions: overlaps once, unknown months left open."""

import re
from collections.abc import Iterable
from datetime import date

from tracker.services.matching.skills import name_of, skills_in, with_broader
from tracker.shapes.matching import Tenure
from tracker.shapes.profile import Position, Profile

_STUDY = re.compile(r"stud|educ|school|degree|course|universit|project|volunt", re.IGNORECASE)


def is_job(position: Position) -> bool:
    """Whether a position counts as work: neither a course of study nor a project of one's own."""
    return not _STUDY.search(position.kind)


def tenure(positions: Iterable[Position], today: date) -> Tenure:
    """The months that positions cover together; one that lasts runs to `today`."""
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
    """All of a person's time in jobs."""
    return tenure((one for one in profile.positions if is_job(one)), today)


def with_skill(profile: Profile, skill: str, today: date) -> Tenure:
    """The time in positions that have a bullet which speaks of a skill, or whose title does."""
    return tenure(positions_with(profile, skill), today)


def positions_with(profile: Profile, skill: str) -> list[Position]:
    """The positions whose title or bullets speak of a skill."""
    wanted = name_of(skill)
    ids = {
        bullet.position_id for bullet in profile.bullets if wanted in skills_of(bullet.text, bullet.skills)
    }
    return [one for one in profile.positions if one.id in ids or wanted in skills_of(one.title)]


def skills_of(text: str, listed: tuple[str, ...] = ()) -> frozenset[str]:
    """The skills that a text and a list beside it show, the broader ones among them."""
    return with_broader(
        frozenset({found.name for found in skills_in(text)} | {name_of(one) for one in listed if one})
    )


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _months(written: str) -> tuple[int, int] | None:
    """The first and the last month that `2021` or `2021-03` may mean."""
    found = re.match(r"(\d{4})(?:-(\d{1,2}))?", written.strip())
    if not found:
        return None
    year = int(found[1]) * 12
    if found[2]:
        return (year + int(found[2]) - 1,) * 2
    return year, year + 11


def _covered(spans: list[tuple[int, int]]) -> int:
    total, reached = 0, 0
    for begun, ended in sorted(spans):
        total += max(0, ended - max(begun, reached))
        reached = max(reached, ended)
    return total
