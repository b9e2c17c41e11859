"""The priority score: what it is made of, what a person wishes, and how it is explained."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tracker.shapes.words import Word


class Factor(Word):
    """One thing the score weighs, in the order in which reasons of equal weight are told."""

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


class Seniority(Word):
    """A step of the ladder that a role's title names."""

    INTERN = "intern"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"
    MANAGER = "manager"

    @property
    def rank(self) -> int:
        """0 for intern … 5 for manager."""
        return list(Seniority).index(self)

    @property
    def label(self) -> str:
        """What people read."""
        return {"mid": "Mid-level", "staff": "Lead or staff"}.get(self.value, self.value.capitalize())


class CompanySize(Word):
    """How many people work there, roughly."""

    TINY = "tiny"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    HUGE = "huge"

    @property
    def label(self) -> str:
        """What people read."""
        number = ("1–10", "11–50", "51–250", "251–1,000", "over 1,000")[list(CompanySize).index(self)]
        return f"{number} people"


class Breaker(Word):
    """What a person won't have at any price, once it is known."""

    SALARY = "salary"
    PLACE = "place"
    WORKPLACE = "workplace"
    STACK = "stack"
    SENIORITY = "seniority"

    @property
    def label(self) -> str:
        """What people read."""
        return {
            "salary": "Pays less than my least salary",
            "place": "On site or hybrid in a country not listed",
            "workplace": "Another way of working than those ticked",
            "stack": "Uses what I avoid",
            "seniority": "A level not ticked",
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
"""How much each factor counts until a person says otherwise."""

MOST = 5
"""The highest weight; 0 switches a factor off."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one application on a day, in the person's own calendar; None or empty is unknown.

    `required` are the skills its posting requires, with `|` between alternatives.
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
    """What a person looks for; whatever is empty doesn't matter to them. `profile_skills` are those that the profile supports."""

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
        """How much a factor counts, 0 to 5."""
        return self.weights.get(factor, WEIGHTS[factor])

    @property
    def words(self) -> tuple[str, ...]:
        """Every word to look for in a posting."""
        return (*self.wanted, *self.known, *self.avoided, *self.breaking_words)


@dataclass(frozen=True)
class Setting:
    """The day it is, how often each source answered of how many sent, and how figures are written."""

    today: date
    sources: dict[str, tuple[int, int]] = field(default_factory=dict)
    locale: str = "en-GB"


@dataclass(frozen=True)
class Reason:
    """One line of the explanation: signed points and why."""

    factor: str
    label: str
    points: int
    sentence: str
    signed: str = ""


@dataclass(frozen=True)
class Score:
    """A score of 0 to 100 and its reasons, whose points add up to it."""

    total: int
    reasons: list[Reason]


@dataclass(frozen=True)
class Explained:
    """An application's score as the page explains it: what the sum begins with, then the reasons, weightiest first."""

    id: str
    role: str
    company: str
    score: int
    reasons: list[Reason]
    silent: list[Reason]
    was: int


@dataclass(frozen=True)
class Compared:
    """One factor of two applications: the points of each, and by how much the first is ahead."""

    label: str
    left: str
    right: str
    ahead: str
    left_sentence: str
    right_sentence: str
    favours: str


@dataclass(frozen=True)
class Comparison:
    """Two applications factor by factor, the widest difference first, and the answer in a sentence."""

    left: Explained
    right: Explained
    lines: list[Compared]
    alike: str
    answer: str
    apart: str


@dataclass(frozen=True)
class Ranked:
    """One application of an order that is tried out: where it would stand, and how far it would move."""

    id: str
    name: str
    place: int
    score: int
    moved: str
    direction: str


@dataclass(frozen=True)
class WishesSheet:
    """The wishes as their page shows them: each as the text a form starts from, and the weights."""

    typed: dict[str, str]
    weights: dict[str, int]
    rates_on: str
    bundled: list[tuple[str, str]]
    counted: str
    sources: list[tuple[str, str]] = field(default_factory=list)
