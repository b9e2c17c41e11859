"""The profile: the only evidence for claims about the applicant."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Position:
    """A job, degree, project or other entry.

    `begun` and `ended` are `2021`, `2021-03` or empty if unknown; `ended` is also empty while `is_current` is true.
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
    """Something the user did or knows, in their own words; `position_id` is empty without a position."""

    id: str
    text: str
    skills: tuple[str, ...] = ()
    position_id: str = ""


@dataclass(frozen=True)
class Profile:
    """The whole profile, in the user's order."""

    name: str = ""
    headline: str = ""
    languages: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    bullets: tuple[Bullet, ...] = ()
