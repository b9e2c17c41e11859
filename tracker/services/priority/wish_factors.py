"""The factors that compare an application's facts with the wishes: place, salary and company."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from babel import Locale

from tracker.services.applications.cards import salary_text
from tracker.services.comparable_salaries import converted, offered, yearly
from tracker.shapes.enumerations import Workplace
from tracker.shapes.priority import CompanySize, Facts, ScoreContext, Wishes

ValueAndSentence = tuple[int, Callable[[], str]] | None


def place(facts: Facts, wishes: Wishes) -> ValueAndSentence:
    """Return the mean of the wished aspects: location and workplace."""
    sides = []
    if wishes.workplaces:
        sides.append(workplace_fits(facts, wishes))
    if wishes.countries or wishes.cities:
        sides.append(where_fits(facts, wishes))
    if not sides:
        return None
    return sum(sides) // len(sides), lambda: _place_sentence(facts, wishes)


def workplace_fits(facts: Facts, wishes: Wishes) -> int:
    """Return 100 for a wished workplace, -100 for another, 0 for an unknown one."""
    if not facts.workplace:
        return 0
    return 100 if facts.workplace in wishes.workplaces else -100


def where_fits(facts: Facts, wishes: Wishes) -> int:
    """Return 100 for a wished place, 60 for its country alone, -100 for another place, 0 for an unknown."""
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
    parts = []
    if wishes.workplaces:
        fits = {
            100: "is what you want",
            -100: "isn't how you want to work",
            0: "isn't known: counted as neutral",
        }
        how = Workplace(facts.workplace).label if facts.workplace else "Remote or on site"
        parts.append(f"{how} {fits[workplace_fits(facts, wishes)]}")
    if wishes.countries or wishes.cities:
        parts.append(_where_sentence(facts, wishes))
    return ". ".join(parts) + "."


def _where_sentence(facts: Facts, wishes: Wishes) -> str:
    fits = where_fits(facts, wishes)
    name = facts.location or country_name(facts.country or "")
    if fits == 100:
        return f"{name} is a place you named"
    if fits == 60:
        return f"{name} is in a country you named, but not in a city you named"
    if fits == -100:
        return f"{name} isn't a place you named"
    if facts.country and wishes.countries:
        return f"{name} isn't a place you named, but the work is remote: counted as neutral"
    if facts.country:
        return f"{name} isn't a city you named: counted as neutral"
    return "Its country isn't known: counted as neutral"


@lru_cache(maxsize=512)
def _whole(word: str) -> re.Pattern[str]:
    """Return a pattern of the whole word: Bern, and not Bernau."""
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


@lru_cache
def country_name(code: str) -> str:
    """Return a country's name in English; the code itself where it has none."""
    return str(Locale("en").territories.get(code, code))


def salary(facts: Facts, wishes: Wishes, setting: ScoreContext) -> ValueAndSentence:
    """Return 100 from the target up, 0 at the minimum, -100 from 30 % below it; linear between."""
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
    """Return the yearly minimum and target; where one is missing, 4/5 or 5/4 of the other."""
    target, floor = (
        yearly(amount, wishes.salary_period) if amount else None
        for amount in (wishes.salary_target, wishes.salary_floor)
    )
    if target is None and floor is None:
        return None
    low = floor if floor is not None else (target or 0) * 0.8
    return low, target if target is not None else low * 1.25


def pays_yearly(facts: Facts, wishes: Wishes) -> float | None:
    """Return the posting's yearly pay in the user's currency; None where pay or rate is unknown."""
    pay = offered(facts.salary_from, facts.salary_to, facts.currency, facts.salary_period)
    return converted(*pay, wishes.currency, wishes.rates) if pay else None


def _no_salary(facts: Facts) -> str:
    if facts.salary_from is None and facts.salary_to is None:
        return "The salary isn't known: counted as neutral."
    return f"No exchange rate is known for {facts.currency}: counted as neutral."


def _salary_sentence(facts: Facts, wishes: Wishes, setting: ScoreContext, pays: float) -> str:
    floor, target = salary_bounds(wishes) or (0.0, 0.0)
    converted_pay = _rounded(pays, wishes.currency, setting.locale)
    stated_pay = salary_text(
        facts.salary_from, facts.salary_to, facts.currency, facts.salary_period, setting.locale
    ).strip()
    is_plain = facts.currency == wishes.currency and facts.salary_period == "year"
    shown = stated_pay if is_plain else f"{stated_pay} (about {converted_pay} a year)"
    if pays >= target:
        return f"{shown} reaches your target of {_rounded(target, wishes.currency, setting.locale)}."
    if pays >= floor:
        return f"{shown} is between your minimum and your target of {_rounded(target, wishes.currency, setting.locale)}."
    return f"{shown} is below your minimum of {_rounded(floor, wishes.currency, setting.locale)}."


def _rounded(amount: float, currency: str, locale: str) -> str:
    whole = Decimal(round(amount / 100) * 100)
    return salary_text(whole, whole, currency, "year", locale).removesuffix(" a year")


def company(facts: Facts, wishes: Wishes) -> ValueAndSentence:
    """Return the mean of the wished aspects: industry and company size."""
    sides = []
    if wishes.industries:
        sides.append(industry_fits(facts, wishes))
    if wishes.sizes:
        sides.append(0 if not facts.company_size else 100 if facts.company_size in wishes.sizes else -60)
    if not sides:
        return None
    return sum(sides) // len(sides), lambda: _company_sentence(facts, wishes)


def industry_fits(facts: Facts, wishes: Wishes) -> int:
    """Return 100 for a wished industry, -60 for another, 0 for an unknown one."""
    if not facts.industry:
        return 0
    return 100 if any(_is_named(word, facts.industry) for word in wishes.industries) else -60


def _is_named(word: str, industry: str) -> bool:
    """Return whether an industry contains a word: a long one in part, a short one whole."""
    if len(word) > 3:
        return word.lower() in industry.lower()
    return bool(_whole(word).search(industry))


def _company_sentence(facts: Facts, wishes: Wishes) -> str:
    parts = []
    if wishes.industries:
        fits = industry_fits(facts, wishes)
        parts.append(
            "Its industry isn't known: counted as neutral"
            if fits == 0
            else f"{facts.industry} is {'an' if fits > 0 else 'not an'} industry you named"
        )
    if wishes.sizes:
        parts.append(
            "Its size isn't known: counted as neutral"
            if not facts.company_size
            else f"{CompanySize(facts.company_size).label} is {'a' if facts.company_size in wishes.sizes else 'not a'} size you named"
        )
    return ". ".join(parts) + "."
