"""What each field of an application accepts: text from a form in, a value for the column out, or why not."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale

from tracker.errors import Invalid
from tracker.services.typed import Parser, Wrong, address, code, parsed_by, text, word
from tracker.shapes.priority import CompanySize
from tracker.shapes.words import Employment, Period, Workplace
from tracker.storable_text import clean

_NAMED = {
    str(code): str(name)
    for code, name in Locale("en").territories.items()
    if len(code) == 2 and code.isalpha() and code != "ZZ"
}
_COUNTRIES = {
    **{name.lower(): code for code, name in _NAMED.items()},
    **{code.lower(): code for code in _NAMED},
    "uk": "GB",
    "usa": "US",
}
"""Codes by whatever a country is called."""
_CURRENCIES = set(map(str, Locale("en").currencies))


def _country(raw: str) -> str | None:
    typed = " ".join(raw.split()).lower()
    if typed and typed not in _COUNTRIES:
        raise Wrong("Use a country's name or code, such as Germany or DE.")
    return _COUNTRIES[typed] if typed else None


def _day(raw: str) -> date | None:
    if not raw.strip():
        return None
    try:
        day = date.fromisoformat(raw.strip())
    except ValueError:
        raise Wrong("Use a date such as 2026-11-03.") from None
    if not 1990 <= day.year <= 2100:
        raise Wrong("The year must lie between 1990 and 2100.")
    return day


def _money(raw: str) -> Decimal | None:
    figure = re.sub(r"[\s_'’]", "", raw)
    if not figure:
        return None
    thousand = figure[-1:] in "kK"
    try:
        amount = Decimal(_plain_number(figure.rstrip("kK")))
    except ArithmeticError:
        raise Wrong("Use a number, such as 65000 or 65k.") from None
    return _in_cents(amount, 1000 if thousand else 1)


def _in_cents(amount: Decimal, factor: int) -> Decimal:
    """Return the product rounded to cents; Wrong where that is no number of the column."""
    try:
        rounded = (amount * factor).quantize(Decimal("0.01"))
    except ArithmeticError:  # Infinity, or more digits than a Decimal is counted with.
        rounded = Decimal("nan")
    if rounded.is_nan() or not 0 <= rounded < 10_000_000_000:
        raise Wrong("Use a number from 0 to 9,999,999,999.")
    return rounded


def _plain_number(figure: str) -> str:
    """`65,000`, `65.000` and `65.000,50` all mean what the person who typed them meant."""
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", figure):
        return re.sub(r"[.,]", "", figure)
    whole, _, cents = figure.replace(",", ".").rpartition(".")
    return f"{whole.replace('.', '')}.{cents}" if whole else cents


def _excitement(raw: str) -> int | None:
    if raw in ("", "0"):
        return None
    if raw not in {"1", "2", "3", "4", "5"}:
        raise Wrong("Excitement goes from 1 to 5.")
    return int(raw)


def _tags(raw: str) -> list[str]:
    tags = list(dict.fromkeys(tag.strip().lower() for tag in clean(raw).split(",") if tag.strip()))
    if len(tags) > 30:
        raise Wrong("At most 30 tags.")
    if any(len(tag) > 40 for tag in tags):
        raise Wrong("A tag has at most 40 characters.")
    return tags


PARSERS: dict[str, Parser] = {
    "company": text(200, required="Which company is it?"),
    "role": text(200, required="Which role is it?"),
    "location": text(200),
    "country": _country,
    "workplace": word(Workplace, "workplaces"),
    "employment": word(Employment, "kinds"),
    "salary_from": _money,
    "salary_to": _money,
    "currency": code(_CURRENCIES, "EUR or USD"),
    "salary_period": word(Period, "periods"),
    "posting_url": address,
    "posting_text": text(100_000, lines=True),
    "source": text(100),
    "industry": text(100),
    "company_size": word(CompanySize, "sizes"),
    "excitement": _excitement,
    "tags": _tags,
    "deadline": _day,
    "applied_on": _day,
    "follow_up_on": _day,
    "notes": text(100_000, lines=True),
}


def parsed(typed: dict[str, str]) -> dict[str, Any]:
    """The values of the fields a person typed; Invalid names each field that can't be kept."""
    return parsed_by(PARSERS, typed)


def check_salary(low: Decimal | None, high: Decimal | None, typed: str = "salary_to") -> None:
    """Refuse a range that runs backwards, beside the field that was typed."""
    if low is not None and high is not None and low > high:
        if typed == "salary_from":
            raise Invalid({typed: "The lower figure must not be above the upper one."})
        raise Invalid({"salary_to": "The upper figure must not be below the lower one."})


def check_sent(day: date | None, today: date) -> None:
    """Refuse a day of sending that is still to come where the person lives."""
    if day is not None and day > today:
        raise Invalid({"applied_on": "That day is still to come."})


def as_typed(value: Any) -> str:
    """A column's value as the text a form would show for it; the reverse of `parsed`."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return str(value)
