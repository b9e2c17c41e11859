"""The priority score: factors, wishes, and the score's explanation."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tracker.shapes.applications import Card
from tracker.shapes.cadence import Cadence
from tracker.shapes.enumerations import LabelledEnum


class Factor(LabelledEnum):
    """Factors of the score, in the order of reasons with equal points."""

    MOMENTUM = "momentum"
    EXCITEMENT = "excitement"
    SALARY = "salary"
    PLACE = "place"
    STACK = "stack"
    DEADLINE = "deadline"
    CONTACT = "contact"
    SENIORITY = "seniority"
    FRESHNESS = "freshness"
    SOURCE = "source"
    COMPANY = "company"


class Seniority(LabelledEnum):
    """Seniority levels of role titles, in ascending order."""

    INTERN = "intern"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"
    MANAGER = "manager"

    @property
    def rank(self) -> int:
        """The level from 0 for intern to 5 for manager."""
        return list(Seniority).index(self)

    @property
    def label(self) -> str:
        """The label that people read."""
        return {"mid": "Mid-level", "staff": "Lead or staff"}.get(self.value, self.value.capitalize())


class CompanySize(LabelledEnum):
    """Company sizes by number of people."""

    TINY = "tiny"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    HUGE = "huge"

    @property
    def label(self) -> str:
        """The label that people read."""
        number = ("1–10", "11–50", "51–250", "251–1,000", "over 1,000")[list(CompanySize).index(self)]
        return f"{number} people"


class Breaker(LabelledEnum):
    """Deal-breakers, which apply only when the fact is known."""

    SALARY = "salary"
    PLACE = "place"
    WORKPLACE = "workplace"
    STACK = "stack"
    SENIORITY = "seniority"

    @property
    def label(self) -> str:
        """The label that people read."""
        return {
            "salary": "Pays less than my minimum salary",
            "place": "On site or hybrid in a country not listed",
            "workplace": "A workplace that isn't selected",
            "stack": "Uses what I avoid",
            "seniority": "A level that isn't selected",
        }[self.value]


WEIGHTS = {
    Factor.MOMENTUM: 5,
    Factor.EXCITEMENT: 4,
    Factor.SALARY: 4,
    Factor.PLACE: 3,
    Factor.STACK: 3,
    Factor.DEADLINE: 3,
    Factor.CONTACT: 3,
    Factor.SENIORITY: 2,
    Factor.FRESHNESS: 2,
    Factor.SOURCE: 2,
    Factor.COMPANY: 2,
}
"""Default weights."""

MAX_WEIGHT = 5
"""The highest weight; 0 turns a factor off."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of an application on a local day; None or empty is unknown.

    `required` lists the skills that its posting requires, with `|` between alternatives.
    """

    role: str = ""
    stage: str = "saved"
    outcome: str = ""
    location: str = ""
    country: str | None = None
    workplace: str | None = None
    salary_from: Decimal | None = None
    salary_to: Decimal | None = None
    currency: str | None = None
    salary_period: str | None = None
    posting_words: frozenset[str] | None = None
    required: tuple[str, ...] = ()
    excitement: int | None = None
    deadline: date | None = None
    touched_on: date = date.min
    stage_since: date = date.min
    next_interview: date | None = None
    last_interview: date | None = None
    contacts: int = 0
    is_referred: bool = False
    source: str = ""
    industry: str = ""
    company_size: str | None = None


@dataclass(frozen=True)
class Wishes:
    """The user's wishes and weights; an empty wish has no effect.

    `profile_skills` are the skills that the profile supports.
    """

    countries: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    workplaces: tuple[str, ...] = ()
    salary_target: Decimal | None = None
    salary_floor: Decimal | None = None
    currency: str = "EUR"
    salary_period: str = "year"
    wanted: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    breakers: tuple[str, ...] = ()
    breaking_words: tuple[str, ...] = ()
    profile_skills: frozenset[str] = frozenset()
    weights: dict[str, int] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)

    def weight(self, factor: Factor) -> int:
        """Return a factor's weight from 0 to 5."""
        return self.weights.get(factor, WEIGHTS[factor])

    @property
    def words(self) -> tuple[str, ...]:
        """All words to find in a posting."""
        return (*self.wanted, *self.known, *self.avoided, *self.breaking_words)


@dataclass(frozen=True)
class ScoreContext:
    """The current day, the interviews and applications sent by source, the locale and the cadence."""

    today: date
    sources: dict[str, tuple[int, int]] = field(default_factory=dict)
    locale: str = "en-GB"
    cadence: Cadence = field(default_factory=Cadence)


@dataclass(frozen=True)
class Reason:
    """A priority reason: signed points and a sentence."""

    factor: str
    label: str
    points: int
    sentence: str
    signed: str = ""


@dataclass(frozen=True)
class Score:
    """A score from 0 to 100, equal to the sum of its reasons' points."""

    total: int
    reasons: list[Reason]


@dataclass(frozen=True)
class ExplainedScore:
    """An application's score with its explanation: the starting points, then the reasons by weight."""

    id: str
    role: str
    company: str
    score: int
    reasons: list[Reason]
    silent: list[Reason]
    was: int


@dataclass(frozen=True)
class ComparedFactor:
    """A factor of two applications: the points of each and the difference."""

    label: str
    left: str
    right: str
    ahead: str
    left_sentence: str
    right_sentence: str
    favours: str


@dataclass(frozen=True)
class Comparison:
    """Two applications by factor, the largest difference first, with a summary."""

    left: ExplainedScore
    right: ExplainedScore
    lines: list[ComparedFactor]
    alike: str
    answer: str
    apart: str


@dataclass(frozen=True)
class ComparePage:
    """The applications to compare; the comparison is None without two that exist."""

    others: list[Card]
    comparison: Comparison | None


@dataclass(frozen=True)
class RankedApplication:
    """An application's position under previewed weights, and its movement."""

    id: str
    name: str
    place: int
    score: int
    moved: str
    direction: str


@dataclass(frozen=True)
class WishesForm:
    """The wishes as their page shows them: form text and weights."""

    typed: dict[str, str]
    weights: dict[str, int]
    rates_on: str
    bundled: list[tuple[str, str]]
    counted: str
    sources: list[tuple[str, str]] = field(default_factory=list)
