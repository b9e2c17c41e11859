"""A profile as its page shows it, and a resume as it waits for its review."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class BulletLine:
    """A bullet where it stands; `where` names its position where that isn't plain from the place it stands in."""

    id: str
    text: str
    short: str
    skills: list[str]
    position_id: str
    where: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class PositionCard:
    """A position with its bullets in order; `dates` and `subject` are words, `fields` what its form holds."""

    id: str
    kind: str
    kind_label: str
    title: str
    organisation: str
    subject: str
    dates: str
    is_first: bool
    is_last: bool
    fields: dict[str, str] = field(default_factory=dict)
    bullets: list[BulletLine] = field(default_factory=list)


@dataclass(frozen=True)
class SkillGroup:
    """A skill and every bullet that is tagged with it; the last group holds those without any."""

    skill: str
    number: str
    bullets: list[BulletLine] = field(default_factory=list)


@dataclass(frozen=True)
class ProfilePage:
    """Everything the page of a profile shows; `incoming` is how far a resume on its way in is, or empty."""

    headline: str = ""
    languages: list[str] = field(default_factory=list)
    positions: list[PositionCard] = field(default_factory=list)
    loose: list[BulletLine] = field(default_factory=list)
    skills: list[SkillGroup] = field(default_factory=list)
    extent: str = ""
    is_empty: bool = True
    incoming: str = ""


@dataclass(frozen=True)
class AddedPosition:
    """A position that was added, by its identifier, and the page with it."""

    id: str
    page: ProfilePage


@dataclass(frozen=True)
class ProposedBullet:
    """A bullet read from a resume; `is_there` when the profile holds it already."""

    key: str
    text: str
    skills: str
    is_there: bool


@dataclass(frozen=True)
class ProposedPosition:
    """A position read from a resume, its fields as they can be typed."""

    key: str
    kind: str
    title: str
    organisation: str
    begun: str
    ended: str
    is_current: bool
    is_there: bool
    subject: str
    bullets: list[ProposedBullet] = field(default_factory=list)


@dataclass(frozen=True)
class Review:
    """A resume on its way into the profile: how far it is, why it can't be read, or what was read."""

    id: str = ""
    state: str = ""
    name: str = ""
    reason: str = ""
    headline: str = ""
    headline_is_there: bool = False
    languages: str = ""
    languages_are_there: bool = False
    positions: list[ProposedPosition] = field(default_factory=list)
    loose: list[ProposedBullet] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)
