"""The profile page, and a resume that waits for review."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class BulletItem:
    """A bullet in a list; `where` names its position unless it is listed under it."""

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
    """A position with its bullets in order; `fields` holds the form text."""

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
    bullets: list[BulletItem] = field(default_factory=list)


@dataclass(frozen=True)
class SkillGroup:
    """A skill with the bullets tagged with it; the last group has the untagged ones."""

    skill: str
    number: str
    bullets: list[BulletItem] = field(default_factory=list)


@dataclass(frozen=True)
class ProfilePage:
    """The contents of the profile page; `incoming` is the state of a resume import, or empty."""

    headline: str = ""
    languages: list[str] = field(default_factory=list)
    positions: list[PositionCard] = field(default_factory=list)
    loose: list[BulletItem] = field(default_factory=list)
    skills: list[SkillGroup] = field(default_factory=list)
    extent: str = ""
    is_empty: bool = True
    incoming: str = ""


@dataclass(frozen=True)
class AddedPosition:
    """The id of an added position, and the updated page."""

    id: str
    page: ProfilePage


@dataclass(frozen=True)
class ProposedBullet:
    """A bullet read from a resume; `is_there` if the profile has it already."""

    key: str
    text: str
    skills: str
    is_there: bool


@dataclass(frozen=True)
class ProposedPosition:
    """A position read from a resume, as form text."""

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
    """A resume import: its state, why it failed, or what was read."""

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
