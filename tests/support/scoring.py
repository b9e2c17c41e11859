"""Random facts, wishes and settings to score."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tracker.shapes.enumerations import Outcome, Stage, Workplace
from tracker.shapes.priority import Breaker, CompanySize, Factor, Facts, ScoreContext, Seniority, Wishes

TODAY = date(2026, 11, 3)


DAYS = st.integers(-90, 60).map(lambda days: TODAY + timedelta(days=days))


PAST = st.integers(0, 120).map(lambda days: TODAY - timedelta(days=days))


AMOUNTS = st.none() | st.integers(1, 400_000).map(Decimal)


WANTED, KNOWN, AVOIDED, BREAKING = ("python", "go"), ("react", "sql"), ("php", "java"), ("unpaid",)


ROLES = ("Engineer", "Junior engineer", "Senior engineer", "Staff engineer", "Engineering manager", "Intern")


SKILLS = ("python", "go|rust", "kafka", "java|kotlin|scala")


MONEY = ("EUR", "USD", "JPY", "XTS")


def some(words: Any) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(list(words)), unique=True).map(tuple)


FACTS = st.builds(
    Facts,
    role=st.sampled_from(ROLES),
    stage=st.sampled_from(list(Stage)),
    outcome=st.just(Outcome.REJECTED.value),
    location=st.sampled_from(["", "Berlin", "Paris, France"]),
    country=st.none() | st.sampled_from(["DE", "FR", "US"]),
    workplace=st.none() | st.sampled_from(list(Workplace)),
    salary_from=AMOUNTS,
    salary_to=AMOUNTS,
    currency=st.none() | st.sampled_from(MONEY),
    salary_period=st.sampled_from(["year", "month", "week", "day", "hour"]),
    posting_words=st.none() | st.frozensets(st.sampled_from([*WANTED, *KNOWN, *AVOIDED, *BREAKING])),
    required=some(SKILLS),
    excitement=st.none() | st.integers(1, 5),
    deadline=st.none() | DAYS,
    touched_on=PAST,
    stage_since=PAST,
    next_interview=st.none() | st.integers(0, 40).map(lambda days: TODAY + timedelta(days=days)),
    last_interview=st.none() | PAST,
    contacts=st.integers(0, 4),
    is_referred=st.booleans(),
    source=st.sampled_from(["", "LinkedIn", "Referral", "Meetup"]),
    industry=st.sampled_from(["", "Energy", "Advertising"]),
    company_size=st.none() | st.sampled_from(list(CompanySize)),
)


WISHES = st.builds(
    Wishes,
    countries=some(["DE", "FR"]),
    cities=some(["Berlin", "Paris"]),
    workplaces=some(Workplace),
    salary_target=AMOUNTS,
    salary_floor=st.none(),
    currency=st.sampled_from(MONEY),
    wanted=some(WANTED),
    known=some(KNOWN),
    avoided=some(AVOIDED),
    levels=some(Seniority),
    industries=some(["energy", "health"]),
    sizes=some(CompanySize),
    breakers=some(Breaker),
    breaking_words=some(BREAKING),
    profile_skills=st.frozensets(st.sampled_from(["python", "rust", "java", "sql"])),
    weights=st.dictionaries(st.sampled_from(list(Factor)), st.integers(0, 5)),
)


SETTINGS = st.builds(
    ScoreContext,
    today=st.just(TODAY),
    sources=st.dictionaries(
        st.sampled_from(["LinkedIn", "Referral"]),
        st.integers(0, 40).flatmap(lambda sent: st.tuples(st.integers(0, sent), st.just(sent))),
    ),
)
