"""What a person says of themselves: the only ground on which a letter may claim anything of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Position:
    """Where something was done: a job, a course of study, a project.

    `title` is the job's title or the degree; `begun` and `ended` are `2021`, `2021-03` or empty where unknown, and `ended`
    is empty too while it lasts, which `is_current` says.
    """

    id: str
    kind: str
    title: str
    organisation: str
    begun: str = ""
    ended: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Bullet:
    """One thing done or known, in the person's own words; `position_id` is empty where it belongs to none."""

    id: str
    text: str
    skills: tuple[str, ...] = ()
    position_id: str = ""


@dataclass(frozen=True)
class Profile:
    """All of it, in the order the person gave it."""

    name: str = ""
    headline: str = ""
    languages: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    bullets: tuple[Bullet, ...] = ()
