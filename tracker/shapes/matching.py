"""A posting compared with a profile: its requirements, the support for each, and what is missing."""

from dataclasses import dataclass, field

from tracker.shapes.enumerations import LabelledEnum


class RequirementKind(LabelledEnum):
    """The kind of thing a posting requires."""

    SKILL = "skill"
    YEARS = "years"
    LANGUAGE = "language"
    DEGREE = "degree"
    CERTIFICATE = "certificate"
    SENIORITY = "seniority"
    SOFT = "soft"

    @property
    def label(self) -> str:
        """The name that people read."""
        return "Soft skill, not counted" if self is RequirementKind.SOFT else super().label


class ProfilePart(LabelledEnum):
    """The part of the profile that supports something."""

    BULLET = "bullet"
    POSITION = "position"
    HEADLINE = "headline"
    LANGUAGES = "languages"


@dataclass(frozen=True)
class PostingLine:
    """A line of a posting, numbered from 1 as pasted, with its kind of section."""

    number: int
    text: str
    section: str = ""


@dataclass(frozen=True)
class Support:
    """A part of the profile that supports a requirement; `id` is empty for headline and languages."""

    ground: ProfilePart
    id: str
    why: str


@dataclass(frozen=True)
class Requirement:
    """One requirement of a posting: its alternatives in the posting's words, and their support.

    Years of a skill list that skill in `skills`, each with its alternatives, and are met only with all of them. `note` says
    what was counted or is missing where `support` doesn't make it plain.
    """

    kind: RequirementKind
    words: tuple[str, ...]
    line: int
    line_text: str
    is_must: bool
    is_met: bool = False
    support: tuple[Support, ...] = ()
    note: str = ""
    skills: tuple[tuple[str, ...], ...] = ()

    @property
    def named_skills(self) -> tuple[tuple[str, ...], ...]:
        """The required skills in the posting's words, each with its alternatives."""
        return (self.words,) if self.kind == RequirementKind.SKILL else self.skills

    @property
    def bullet_ids(self) -> tuple[str, ...]:
        """The bullets that support it."""
        return tuple(part.id for part in self.support if part.ground == ProfilePart.BULLET)


@dataclass(frozen=True)
class MatchResult:
    """All requirements of a posting in its order.

    `coverage` is the share of the `counted` ones that is met, 0 to 100, None where there are none. Soft skills aren't counted:
    every posting asks for them, and nothing proves them.
    """

    requirements: tuple[Requirement, ...] = ()
    coverage: int | None = None
    counted: int = 0
    met: int = 0

    @property
    def missing_musts(self) -> tuple[Requirement, ...]:
        """The must-haves that the profile doesn't meet."""
        return tuple(
            requirement for requirement in self.requirements if requirement.is_must and not requirement.is_met
        )

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """All counted requirements that the profile doesn't meet."""
        return tuple(
            requirement
            for requirement in self.requirements
            if requirement.kind != RequirementKind.SOFT and not requirement.is_met
        )


@dataclass(frozen=True)
class Tenure:
    """A length of time in months, at least and at most: a year without its month leaves both open.

    `undated` is the number of positions without a start, which count for nothing.
    """

    least: int = 0
    most: int = 0
    undated: int = 0

    @property
    def words(self) -> str:
        """The text that people read, such as `4.5 years` or `2.1 to 4 years`."""
        low, high = round(self.least / 12, 1), round(self.most / 12, 1)
        span = f"{low:g}" if low == high else f"{low:g} to {high:g}"
        return f"{span} year" if span == "1" else f"{span} years"


@dataclass(frozen=True)
class SupportItem:
    """A part of the profile that supports a requirement: its text, its place, and why it does."""

    key: str
    text: str
    where: str
    why: str


@dataclass(frozen=True)
class RequirementItem:
    """A requirement as text, with its line in the posting and its support.

    `status` says whether it is met, and is empty without a profile; `more` counts the support that isn't listed.
    """

    key: str
    kind: str
    words: str
    is_must: bool
    is_met: bool
    posting_line: str
    note: str
    support: list[SupportItem]
    status: str = ""
    more: str = ""


@dataclass(frozen=True)
class MatchPage:
    """A posting's requirements and their support as a page shows them; missing must-haves come first.

    `empty` says why there is nothing to show. Without a profile the requirements are listed and `coverage` is empty. `first` are
    shown at once, `rest` are the others.
    """

    empty: str = ""
    has_profile: bool = True
    share: str = ""
    counted: str = ""
    coverage: str = ""
    missing_musts: str = ""
    first: list[RequirementItem] = field(default_factory=list)
    rest: list[RequirementItem] = field(default_factory=list)
    show_all: str = ""
