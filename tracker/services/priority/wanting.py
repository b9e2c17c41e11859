"""The factors that hold an application's facts against the person's wishes: place, salary and company."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from babel import Locale

from tracker.services.applications.cards import money
from tracker.services.priority.money import converted, offered, yearly
from tracker.shapes.priority import CompanySize, Facts, Setting, Wishes
from tracker.shapes.words import Workplace

Found = tuple[int, Callable[[], str]] | None


def place(facts: Facts, wishes: Wishes) -> Found:
    """The mean of two sides, of those wished for: where the work is, and how one works."""
    sides = []
    if wishes.workplaces:
        sides.append(workplace_fits(facts, wishes))
    if wishes.countries or wishes.cities:
        sides.append(where_fits(facts, wishes))
    if not sides:
        return None
    return sum(sides) // len(sides), lambda: _place_sentence(facts, wishes)


def workplace_fits(facts: Facts, wishes: Wishes) -> int:
    """100 for a way of working that was ticked, -100 for another, 0 while it is unknown."""
    if not facts.workplace:
        return 0
    return 100 if facts.workplace in wishes.workplaces else -100


def where_fits(facts: Facts, wishes: Wishes) -> int:
    """100 for a city wished for, or a country where no city is; 60 for its country; -100 elsewhere unless remote; 0 unknown."""
    if any(_whole(city).search(facts.location) for city in wishes.cities):
        return 100
    if not facts.country:
        return 0
    if facts.country in wishes.countries:
        return 60 if wishes.cities else 100
    if not wishes.countries:
        return 0
    return 0 if facts.workplace == Workplace.REMOTE else -100


def _place_sentence(facts: Facts, wishes: Wishes) -> str:
    said = []
    if wishes.workplaces:
        fits = {
            100: "is as you wish",
            -100: "isn't how you wish to work",
            0: "isn't known: counted as neutral",
        }
        how = Workplace(facts.workplace).label if facts.workplace else "Remote or on site"
        said.append(f"{how} {fits[workplace_fits(facts, wishes)]}")
    if wishes.countries or wishes.cities:
        said.append(_where_sentence(facts, wishes))
    return ". ".join(said) + "."


def _where_sentence(facts: Facts, wishes: Wishes) -> str:
    fits = where_fits(facts, wishes)
    name = facts.location or country_name(facts.country or "")
    if fits == 100:
        return f"{name} is a place you named"
    if fits == 60:
        return f"{name} lies in a country you named, though not in a city you named"
    if fits == -100:
        return f"{name} isn't a place you named"
    if facts.country and wishes.countries:
        return f"{name} isn't a place you named, but the work is remote: counted as neutral"
    if facts.country:
        return f"{name} isn't a city you named: counted as neutral"
    return "Its country isn't known: counted as neutral"


@lru_cache(maxsize=512)
def _whole(word: str) -> re.Pattern[str]:
    """The word by itself: Bern, and not Bernau."""
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


@lru_cache
def country_name(code: str) -> str:
    """A country's name in English; the code itself when it has none."""
    return str(Locale("en").territories.get(code, code))


def salary(facts: Facts, wishes: Wishes, setting: Setting) -> Found:
    """100 from the target up, 0 at the least acceptable, -100 from thirty per cent below it down; straight lines between."""
    bounds = salary_bounds(wishes)
    if bounds is None:
        return None
    pays = pays_yearly(facts, wishes)
    if pays is None:
        return 0, lambda: _no_salary(facts)
    floor, target = bounds
    if pays >= target:
        value = 100
    elif pays >= floor:
        value = int(100 * (pays - floor) / (target - floor))
    else:
        value = max(-100, int(-100 * (floor - pays) / (floor * 0.3)))
    return value, lambda: _salary_sentence(facts, wishes, setting, pays)


def salary_bounds(wishes: Wishes) -> tuple[float, float] | None:
    """The least acceptable and the target in a year; where one wasn't named, four fifths or five quarters of the other."""
    target, floor = (
        yearly(amount, wishes.salary_period) if amount else None
        for amount in (wishes.salary_target, wishes.salary_floor)
    )
    if target is None and floor is None:
        return None
    low = floor if floor is not None else (target or 0) * 0.8
    return low, target if target is not None else low * 1.25


def pays_yearly(facts: Facts, wishes: Wishes) -> float | None:
    """What the posting pays in a year in the person's currency; None when it, or a rate of exchange, is unknown."""
    named = offered(facts.salary_from, facts.salary_to, facts.currency, facts.salary_period)
    return converted(*named, wishes.currency, wishes.rates) if named else None


def _no_salary(facts: Facts) -> str:
    if facts.salary_from is None and facts.salary_to is None:
        return "The salary isn't known: counted as neutral."
    return f"No rate of exchange is known for {facts.currency}: counted as neutral."


def _salary_sentence(facts: Facts, wishes: Wishes, setting: Setting, pays: float) -> str:
    floor, target = salary_bounds(wishes) or (0.0, 0.0)
    own = _rounded(pays, wishes.currency, setting.locale)
    named = money(
        facts.salary_from, facts.salary_to, facts.currency, facts.salary_period, setting.locale
    ).strip()
    is_plain = facts.currency == wishes.currency and facts.salary_period == "year"
    shown = named if is_plain else f"{named} (about {own} a year)"
    if pays >= target:
        return f"{shown} reaches your target of {_rounded(target, wishes.currency, setting.locale)}."
    if pays >= floor:
        return f"{shown} lies between your least and your target of {_rounded(target, wishes.currency, setting.locale)}."
    return f"{shown} is below your least of {_rounded(floor, wishes.currency, setting.locale)}."


def _rounded(amount: float, currency: str, locale: str) -> str:
    whole = Decimal(round(amount / 100) * 100)
    return money(whole, whole, currency, "year", locale).removesuffix(" a year")


def company(facts: Facts, wishes: Wishes) -> Found:
    """The mean of two sides, of those wished for: the industry and the company's size."""
    sides = []
    if wishes.industries:
        sides.append(industry_fits(facts, wishes))
    if wishes.sizes:
        sides.append(0 if not facts.company_size else 100 if facts.company_size in wishes.sizes else -60)
    if not sides:
        return None
    return sum(sides) // len(sides), lambda: _company_sentence(facts, wishes)


def industry_fits(facts: Facts, wishes: Wishes) -> int:
    """100 for an industry that was named, -60 for another, 0 while it is unknown."""
    if not facts.industry:
        return 0
    return 100 if any(_is_named(word, facts.industry) for word in wishes.industries) else -60


def _is_named(word: str, industry: str) -> bool:
    """A long word counts as a part of another, as tech in Fintech; a short one stands by itself, since retail holds an ai."""
    if len(word) > 3:
        return word.lower() in industry.lower()
    return bool(_whole(word).search(industry))


def _company_sentence(facts: Facts, wishes: Wishes) -> str:
    said = []
    if wishes.industries:
        fits = industry_fits(facts, wishes)
        said.append(
            "Its industry isn't known: counted as neutral"
            if fits == 0
            else f"{facts.industry} is {'an' if fits > 0 else 'not an'} industry you named"
        )
    if wishes.sizes:
        said.append(
            "Its size isn't known: counted as neutral"
            if not facts.company_size
            else f"{CompanySize(facts.company_size).label} is {'a' if facts.company_size in wishes.sizes else 'not a'} size you named"
        )
    return ". ".join(said) + "."
