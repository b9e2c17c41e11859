"""Parsers of an application's fields: submitted text to column value."""

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.errors import Invalid
from tracker.services.countries import country
from tracker.services.currencies import currency
from tracker.services.field_parsers import (
    InvalidField,
    Parser,
    enumeration,
    parsed_by,
    text,
    web_address,
)
from tracker.services.salaries import read_salary
from tracker.shapes.enumerations import Employment, Period, Workplace
from tracker.shapes.priority import CompanySize
from tracker.storable_text import clean


def _day(raw: str) -> date | None:
    if not raw.strip():
        return None
    try:
        day = date.fromisoformat(raw.strip())
    except ValueError:
        raise InvalidField("Use a date such as 2026-11-03.") from None
    if not 1990 <= day.year <= 2100:
        raise InvalidField("Enter a year from 1990 to 2100.")
    return day


def _lowest(raw: str) -> Decimal | None:
    salary = read_salary(raw)
    return salary.low if salary.low is not None else salary.high


def _highest(raw: str) -> Decimal | None:
    salary = read_salary(raw)
    return salary.high if salary.high is not None else salary.low


def _excitement(raw: str) -> int | None:
    if raw in ("", "0"):
        return None
    if raw not in {"1", "2", "3", "4", "5"}:
        raise InvalidField("Excitement is a number from 1 to 5.")
    return int(raw)


def _tags(raw: str) -> list[str]:
    tags = list(dict.fromkeys(folded for tag in clean(raw).split(",") if (folded := _folded_tag(tag))))
    if len(tags) > 30:
        raise InvalidField("At most 30 tags.")
    if any(len(tag) > 40 for tag in tags):
        raise InvalidField("A tag has at most 40 characters.")
    return tags


def _folded_tag(tag: str) -> str:
    """Return a tag in lower case, so that wide letters, ligatures and the dot of `İ` make no other tag."""
    return unicodedata.normalize("NFKC", tag).strip().lower().replace("i\u0307", "i")


PARSERS: dict[str, Parser] = {
    "company": text(200, required="Enter a company."),
    "role": text(200, required="Enter a role."),
    "location": text(200),
    "country": country,
    "workplace": enumeration(Workplace, "workplaces"),
    "employment": enumeration(Employment, "kinds"),
    "salary_from": _lowest,
    "salary_to": _highest,
    "currency": currency,
    "salary_period": enumeration(Period, "periods"),
    "posting_url": web_address,
    "posting_text": text(100_000, lines=True),
    "source": text(100),
    "industry": text(100),
    "company_size": enumeration(CompanySize, "sizes"),
    "excitement": _excitement,
    "tags": _tags,
    "deadline": _day,
    "applied_on": _day,
    "follow_up_on": _day,
    "notes": text(100_000, lines=True),
}


def parsed(typed: dict[str, str], *checks: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Parse submitted fields. Raises Invalid, which names every field that isn't valid or fails a check."""
    return parsed_by(PARSERS, typed, *checks)


def check_salary(low: Decimal | None, high: Decimal | None, field: str = "salary_to") -> None:
    """Raise Invalid for a range that runs backwards, beside the field that was edited."""
    if low is not None and high is not None and low > high:
        if field in ("salary", "salary_from"):
            raise Invalid({field: "The minimum can't exceed the maximum."})
        raise Invalid({"salary_to": "The maximum can't be less than the minimum."})


def check_sent(day: date | None, today: date) -> None:
    """Raise Invalid for a day of applying in the future."""
    if day is not None and day > today:
        raise Invalid({"applied_on": "That date is in the future."})


def as_typed(value: Any) -> str:
    """Return a column's value as the text that a form shows: the inverse of `parsed`."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return str(value)
