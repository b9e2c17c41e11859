"""Deal-breakers: what a person won't have at any price. What isn't known breaks nothing."""

from tracker.services.matching.seniority import level_of
from tracker.services.matching.technologies import canonical
from tracker.services.priority.wanting import (
    country_name,
    pays_yearly,
    salary_bounds,
    where_fits,
    workplace_fits,
)
from tracker.shapes.priority import Breaker, Facts, Wishes
from tracker.shapes.words import Workplace


def broken(facts: Facts, wishes: Wishes) -> list[str]:
    """A sentence for each deal-breaker that an application is known to have."""
    found = facts.found or frozenset()
    said = [_BREAKS[Breaker(name)](facts, wishes) for name in wishes.breakers]
    words = [word for word in wishes.breaking_words if canonical(word) in found]
    if words:
        said.append(f"The posting says {', '.join(words)}.")
    return [sentence for sentence in said if sentence]


def _salary(facts: Facts, wishes: Wishes) -> str:
    bounds, pays = salary_bounds(wishes), pays_yearly(facts, wishes)
    return "It pays less than your least." if bounds and pays is not None and pays < bounds[0] else ""


def _place(facts: Facts, wishes: Wishes) -> str:
    elsewhere = bool(wishes.countries) and where_fits(facts, wishes) == -100
    return f"It is in {country_name(facts.country or '')}." if elsewhere else ""


def _workplace(facts: Facts, wishes: Wishes) -> str:
    other = bool(wishes.workplaces) and workplace_fits(facts, wishes) == -100
    return f"It is {Workplace(facts.workplace).label.lower()}." if other and facts.workplace else ""


def _stack(facts: Facts, wishes: Wishes) -> str:
    held = [word for word in wishes.avoided if canonical(word) in (facts.found or ())]
    return f"It uses {', '.join(held)}." if held else ""


def _seniority(facts: Facts, wishes: Wishes) -> str:
    level = level_of(facts.role) if wishes.levels else None
    return f"It is for {level.label.lower()}." if level and level not in wishes.levels else ""


_BREAKS = {
    Breaker.SALARY: _salary,
    Breaker.PLACE: _place,
    Breaker.WORKPLACE: _workplace,
    Breaker.STACK: _stack,
    Breaker.SENIORITY: _seniority,
}
