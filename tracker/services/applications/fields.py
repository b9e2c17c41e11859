"""What each field of an application accepts: text from a form in, a value for the column out, or why not."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from babel import Locale

from tracker.errors import Invalid
from tracker.shapes.words import Employment, Period, Word, Workplace

_COUNTRIES = {
    code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha() and code != "ZZ"
}
_CURRENCIES = set(map(str, Locale("en").currencies))
Parser = Callable[[str], Any]


class _Wrong(Exception):
    """Why one field's text can't be kept."""


def _text(limit: int, *, required: str = "", lines: bool = False) -> Parser:
    def parse(raw: str) -> str:
        kept = raw.replace("\x00", "").strip() if lines else " ".join(raw.replace("\x00", "").split())
        if required and not kept:
            raise _Wrong(required)
        if len(kept) > limit:
            raise _Wrong(f"At most {limit:,} characters; this has {len(kept):,}.")
        return kept

    return parse


def _word(kind: type[Word], what: str) -> Parser:
    def parse(raw: str) -> str | None:
        if raw and raw not in set(kind):
            raise _Wrong(f"Choose one of the {what} listed.")
        return raw or None

    return parse


def _code(known: set[str], example: str) -> Parser:
    def parse(raw: str) -> str | None:
        code = raw.strip().upper()
        if code and code not in known:
            raise _Wrong(f"Use a known code, such as {example}.")
        return code or None

    return parse


def _day(raw: str) -> date | None:
    if not raw.strip():
        return None
    try:
        day = date.fromisoformat(raw.strip())
    except ValueError:
        raise _Wrong("Use a date such as 2026-11-03.") from None
    if not 1990 <= day.year <= 2100:
        raise _Wrong("The year must lie between 1990 and 2100.")
    return day


def _money(raw: str) -> Decimal | None:
    text = re.sub(r"[\s_'’]", "", raw)
    if not text:
        return None
    thousand = text[-1:] in "kK"
    try:
        amount = Decimal(_plain_number(text.rstrip("kK"))) * (1000 if thousand else 1)
    except InvalidOperation:
        raise _Wrong("Use a number, such as 65000 or 65k.") from None
    if not 0 <= amount < 10_000_000_000:
        raise _Wrong("Use a number between 0 and ten thousand million.")
    return amount.quantize(Decimal("0.01"))


def _plain_number(text: str) -> str:
    """`65,000`, `65.000` and `65.000,50` all mean what the person who typed them meant."""
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text):
        return re.sub(r"[.,]", "", text)
    whole, _, cents = text.replace(",", ".").rpartition(".")
    return f"{whole.replace('.', '')}.{cents}" if whole else cents


def _excitement(raw: str) -> int | None:
    if raw in ("", "0"):
        return None
    if raw not in {"1", "2", "3", "4", "5"}:
        raise _Wrong("Excitement goes from 1 to 5.")
    return int(raw)


def _address(raw: str) -> str:
    address = _text(2000)(raw)
    if not address:
        return ""
    if not re.match(r"^[a-zA-Z][a-zA-Z0-9+.-]*:", address):
        address = f"https://{address}"
    parts = urlsplit(address)
    if parts.scheme.lower() not in ("http", "https") or "." not in (parts.hostname or ""):
        raise _Wrong("Use a web address, such as https://example.com/jobs/1.")
    return str(address)


def _tags(raw: str) -> list[str]:
    tags = list(dict.fromkeys(tag.strip().lower() for tag in raw.split(",") if tag.strip()))
    if len(tags) > 30:
        raise _Wrong("At most 30 tags.")
    if any(len(tag) > 40 for tag in tags):
        raise _Wrong("A tag has at most 40 characters.")
    return tags


PARSERS: dict[str, Parser] = {
    "company": _text(200, required="Which company is it?"),
    "role": _text(200, required="Which role is it?"),
    "location": _text(200),
    "country": _code(_COUNTRIES, "DE or US"),
    "workplace": _word(Workplace, "workplaces"),
    "employment": _word(Employment, "kinds"),
    "salary_from": _money,
    "salary_to": _money,
    "currency": _code(_CURRENCIES, "EUR or USD"),
    "salary_period": _word(Period, "periods"),
    "posting_url": _address,
    "posting_text": _text(100_000, lines=True),
    "source": _text(100),
    "excitement": _excitement,
    "tags": _tags,
    "deadline": _day,
    "applied_on": _day,
    "follow_up_on": _day,
    "notes": _text(100_000, lines=True),
}


def parsed(typed: dict[str, str]) -> dict[str, Any]:
    """The values of the fields a person typed; Invalid names each field that can't be kept."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field, raw in typed.items():
        if field not in PARSERS:
            continue
        try:
            values[field] = PARSERS[field](str(raw))
        except _Wrong as why:
            wrong[field] = str(why)
    if wrong:
        raise Invalid(wrong)
    return values


def check_salary(low: Decimal | None, high: Decimal | None) -> None:
    """Refuse a range that runs backwards."""
    if low is not None and high is not None and low > high:
        raise Invalid({"salary_to": "The upper figure must not be below the lower one."})


def as_typed(value: Any) -> str:
    """A column's value as the text a form would show for it; the reverse of `parsed`."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return str(value)
