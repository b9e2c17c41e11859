"""Deal-breakers: conditions that the user rules out. Unknown facts break none."""

from tracker.services.matching.seniority import level_of
from tracker.services.matching.technologies import canonical
from tracker.services.priority.wish_factors import (
    country_name,
    pays_yearly,
    salary_bounds,
    where_fits,
    workplace_fits,
)
from tracker.shapes.enumerations import Workplace
from tracker.shapes.priority import Breaker, Facts, Wishes


def broken_rules(facts: Facts, wishes: Wishes) -> list[str]:
    """Return a sentence for each deal-breaker that an application is known to have."""
    posting_words = facts.posting_words or frozenset()
    sentences = [_BREAKS[Breaker(name)](facts, wishes) for name in wishes.breakers]
    words = [word for word in wishes.breaking_words if canonical(word) in posting_words]
    if words:
        sentences.append(f"The posting says {', '.join(words)}.")
    return [sentence for sentence in sentences if sentence]


def _salary(facts: Facts, wishes: Wishes) -> str:
    bounds, pays = salary_bounds(wishes), pays_yearly(facts, wishes)
    return "It pays less than your minimum." if bounds and pays is not None and pays < bounds[0] else ""


def _place(facts: Facts, wishes: Wishes) -> str:
    elsewhere = bool(wishes.countries) and where_fits(facts, wishes) == -100
    return f"It is in {country_name(facts.country or '')}." if elsewhere else ""


def _workplace(facts: Facts, wishes: Wishes) -> str:
    other = bool(wishes.workplaces) and workplace_fits(facts, wishes) == -100
    return f"It is {Workplace(facts.workplace).label.lower()}." if other and facts.workplace else ""


def _stack(facts: Facts, wishes: Wishes) -> str:
    avoided = [word for word in wishes.avoided if canonical(word) in (facts.posting_words or ())]
    return f"It uses {', '.join(avoided)}." if avoided else ""


def _seniority(facts: Facts, wishes: Wishes) -> str:
    level = level_of(facts.role) if wishes.levels else None
    return f"The role's level is {level.label.lower()}." if level and level not in wishes.levels else ""


_BREAKS = {
    Breaker.SALARY: _salary,
    Breaker.PLACE: _place,
    Breaker.WORKPLACE: _workplace,
    Breaker.STACK: _stack,
    Breaker.SENIORITY: _seniority,
}
