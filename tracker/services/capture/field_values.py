"""Values of single fields in short texts: days, periods, employment and salaries."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from tracker.services.applications.application_fields import as_typed
from tracker.services.currencies import currencies_named, signs
from tracker.services.field_parsers import InvalidField
from tracker.services.salaries import Salary, read_salary
from tracker.shapes.enumerations import Employment, Period

MIN_YEARLY = 10_000
"""Amount below which a salary without a period may be of a month or an hour."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar jan jänner", "february februar feb feber", "march märz mar mrz maerz", "april apr", "may mai",
            "june juni jun", "july juli jul", "august aug", "september sep sept", "october oktober oct okt",
            "november nov", "december dezember dec dez",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_NAME = r"(?P<month>[^\W\d_]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>\d{4})"
_DATES = [
    re.compile(pattern, re.I)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})(?![\d.])",
        rf"(?<!\d){_DAY}\s+(?:of\s+)?{_NAME},?\s+{_YEAR}(?!\d)",
        rf"\b{_NAME}\s+{_DAY}(?:,\s*|\s+){_YEAR}(?!\d)",
        r"(?<![\d/])(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4})(?![\d/])",
    )
]
_EMPLOYMENT = {
    Employment.FULL_TIME: r"full[\s_-]*time|vollzeit|voll-|temps plein|tiempo completo|voltijds",
    Employment.PART_TIME: r"part[\s_-]*time|teilzeit|temps partiel|tiempo parcial|deeltijds",
    Employment.CONTRACT: r"(?<!permanent )(?<!unlimited )(?<!employment )contract(?:or)?(?! of employment)",
    Employment.FREELANCE: r"freelancer?|freiberuflich|freie mitarbeit|auf honorarbasis",
    Employment.INTERNSHIP: r"intern(?:ship)?|praktikum|praktikant(?:in)?|stage",
    Employment.TEMPORARY: r"temporary|temp|aushilfe|zeitarbeit",
}
_PERIOD = re.compile(
    r"(?:per |pro |p\.? ?|/ ?)?(?:(?P<hour>hour|hr|hur|std|stund)|(?P<day>day|daily|tag|täg)|(?P<week>week|woche|wöch)"
    r"|(?P<month>month|mtl)|(?P<year>year|ann|yr|jahr|jähr))",
    re.I,
)


def day_in(text: str) -> date | None:
    """Return the only day in a text; None if day and month could be swapped."""
    days = {
        day
        for pattern in _DATES
        for match in pattern.finditer(text[:500])
        if (day := _day(match.groupdict()))
    }
    return days.pop() if len(days) == 1 and not _is_ambiguous(text) else None


def _is_ambiguous(text: str) -> bool:
    matches = list(_DATES[-1].finditer(text[:500]))
    return any(
        int(match["first"]) <= 12 and int(match["second"]) <= 12 and match["first"] != match["second"]
        for match in matches
    )


def _day(parts: dict[str, Any]) -> date | None:
    year = int(parts["year"])
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        day, month = (second, first) if second > 12 else (first, second)
    else:
        name = parts["month"].lower()
        day, month = int(parts["day"]), int(name) if name.isdecimal() else _MONTHS.get(name, 0)
    with suppress(ValueError):
        return date(year if year > 99 else 2000 + year, month, day)
    return None


def employment_in(texts: Iterable[Any]) -> str:
    """Return the only kind of employment that texts name; empty for none or several."""
    joined = " ".join(str(text)[:100] for text in list(texts)[:10] if isinstance(text, str))
    kinds = {
        kind
        for kind, words in _EMPLOYMENT.items()
        if re.search(rf"(?<![^\W_])(?:{words})(?![^\W_])", joined, re.I)
    }
    return kinds.pop().value if len(kinds) == 1 else ""


def period_of(unit: str) -> Period | None:
    """Return the period that a unit such as `HOUR`, `per month` or `annually` names."""
    match = _PERIOD.match(unit.strip())
    return Period(match.lastgroup) if match and match.lastgroup else None


def pay_facts(
    low: str, high: str = "", *, currency: str = "", period: Period | None = None
) -> dict[str, str]:
    """Return the salary fields of one or two amounts; none where an amount or its period isn't clear."""
    lower, upper = _salary(low), _salary(high)
    if lower is None or upper is None or (high and lower.high is not None):
        return {}
    minimum, maximum = (end or None for end in (lower.low, upper.low if high else lower.high))
    period = period or lower.period or upper.period
    largest = maximum or minimum
    if largest is None or (minimum or 0) > largest or (period is None and largest < MIN_YEARLY):
        return {}
    return {
        "salary_from": as_typed(minimum),
        "salary_to": as_typed(maximum) if maximum != minimum else "",
        "currency": _currency(currency) or _currency(f"{low} {high}", lower.currencies or upper.currencies),
        "salary_period": period.value if period else "",
    }


def _salary(text: str) -> Salary | None:
    """Return a salary, empty for no text; None for text that isn't one."""
    with suppress(InvalidField):
        return read_salary(text)
    return None


def _currency(text: str, codes: tuple[str, ...] = ()) -> str:
    """Return the code of a currency, or a sign that several share, since the user's own decides it."""
    codes = codes or currencies_named(text)
    if len(codes) < 2:
        return codes[0] if codes else ""
    shared = [sign for sign in signs() if sign in text.lower() and currencies_named(sign) == codes]
    return max(shared, key=len, default=codes[0])
