"""A posting held against a profile: what it asks for, what speaks to each, and what has nothing behind it."""

from dataclasses import dataclass, field

from tracker.shapes.words import Word


class AskKind(Word):
    """What sort of thing a posting asks for."""

    SKILL = "skill"
    YEARS = "years"
    LANGUAGE = "language"
    DEGREE = "degree"
    CERTIFICATE = "certificate"
    SENIORITY = "seniority"
    SOFT = "soft"

    @property
    def label(self) -> str:
        """What people read."""
        return "Soft skill, not counted" if self is AskKind.SOFT else super().label


class Ground(Word):
    """Which part of the profile something rests on."""

    BULLET = "bullet"
    POSITION = "position"
    HEADLINE = "headline"
    LANGUAGES = "languages"


@dataclass(frozen=True)
class PostingLine:
    """One line of a posting, numbered from 1 as it was pasted, and the sort of section it stands in."""

    number: int
    text: str
    section: str = ""


@dataclass(frozen=True)
class Speaks:
    """A part of the profile that speaks to an ask, and why; `id` is empty for the headline and the languages."""

    ground: Ground
    id: str
    why: str


@dataclass(frozen=True)
class Ask:
    """One thing a posting asks for: the words as they stand there, any one of which will do, and what speaks to it.

    Years of a skill hold that skill in `skills`, each with those that will do instead of it, and are met only with all of
    them. `note` says what was counted or is missing where that isn't plain from `speaks`.
    """

    kind: AskKind
    words: tuple[str, ...]
    line: int
    line_text: str
    is_must: bool
    is_met: bool = False
    speaks: tuple[Speaks, ...] = ()
    note: str = ""
    skills: tuple[tuple[str, ...], ...] = ()

    @property
    def named_skills(self) -> tuple[tuple[str, ...], ...]:
        """The skills it asks for in the posting's words, each with those that will do instead."""
        return (self.words,) if self.kind == AskKind.SKILL else self.skills

    @property
    def bullet_ids(self) -> tuple[str, ...]:
        """The bullets that speak to it."""
        return tuple(one.id for one in self.speaks if one.ground == Ground.BULLET)


@dataclass(frozen=True)
class Matching:
    """All asks of a posting in its order; `coverage` is the share of `asked` that is met, 0 to 100, None for no ask.

    Soft skills are told, but not counted: every posting asks for them, and nothing proves them.
    """

    asks: tuple[Ask, ...] = ()
    coverage: int | None = None
    asked: int = 0
    met: int = 0

    @property
    def missing_musts(self) -> tuple[Ask, ...]:
        """The must-haves that the profile doesn't meet."""
        return tuple(ask for ask in self.asks if ask.is_must and not ask.is_met)

    @property
    def missing(self) -> tuple[Ask, ...]:
        """All asks that are counted and that the profile doesn't meet."""
        return tuple(ask for ask in self.asks if ask.kind != AskKind.SOFT and not ask.is_met)


@dataclass(frozen=True)
class Tenure:
    """How long something lasted, in months: at least and at most, since a year without its month leaves both open.

    `undated` counts the positions that give no beginning and so count for nothing.
    """

    least: int = 0
    most: int = 0
    undated: int = 0

    @property
    def words(self) -> str:
        """What people read, such as `4.5 years` or `2.1 to 4 years`."""
        low, high = round(self.least / 12, 1), round(self.most / 12, 1)
        span = f"{low:g}" if low == high else f"{low:g} to {high:g}"
        return f"{span} year" if span == "1" else f"{span} years"


@dataclass(frozen=True)
class Backing:
    """A part of the profile that speaks to an ask: its text, where it stands, and why it speaks to it."""

    key: str
    text: str
    where: str
    why: str


@dataclass(frozen=True)
class AskLine:
    """An ask in words, with the line it stands on and all that speaks to it; `standing` says in
    words whether it is met, and nothing where there is no profile; `more` counts what isn't listed."""

    key: str
    kind: str
    words: str
    is_must: bool
    is_met: bool
    posting_line: str
    note: str
    backing: list[Backing]
    standing: str = ""
    more: str = ""


@dataclass(frozen=True)
class MatchSheet:
    """What a posting asks for and what speaks to it, as a page shows it: what is missing and a must comes first.

    `empty` says in words why there is nothing to show, and is empty itself otherwise. Without a profile the asks are
    there and `coverage` isn't. `first` are the asks to show at once, `rest` those beyond them.
    """

    empty: str = ""
    has_profile: bool = True
    share: str = ""
    counted: str = ""
    coverage: str = ""
    missing_musts: str = ""
    first: list[AskLine] = field(default_factory=list)
    rest: list[AskLine] = field(default_factory=list)
    show_all: str = ""
