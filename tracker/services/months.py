"""Years and months, `2021` or `2021-03` or empty, parsed from the many ways people write them."""

import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio", "feb february februar février fevrier febrero febbraio",
            "mar march mär mrz märz mars marzo", "apr april avril abril aprile", "may mai mayo maggio",
            "jun june juni juin junio giugno", "jul july juli juillet julio luglio",
            "aug august août aout agosto", "sep sept september septembre septiembre settembre",
            "oct okt october oktober octobre octubre ottobre", "nov november novembre noviembre",
            "dec dez déc december dezember décembre decembre diciembre dicembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
"""Pattern of every known name of a month."""

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.]\d{1,2})?",
        r"(?:\d{1,2}[/.])?(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        rf"(?:\d{{1,2}}\.?\s+)?(?P<name>{MONTH})\.?,?\s*['’]?(?P<year>\d{{4}}|\d{{2}})",
        r"(?:spring|summer|autumn|fall|winter)\s+(?P<year>\d{4})",
    )
)


def month(text: str) -> str | None:
    """Return the year and month of a text as `2021-03` or `2021`; None without a possible one."""
    for form in _FORMS:
        if match := form.fullmatch(text.strip()):
            parts = match.groupdict()
            year = int(parts["year"]) + (0 if len(parts["year"]) == 4 else 2000)
            name = parts.get("name")
            number = _MONTHS[name.lower()] if name else int(parts.get("month") or 0)
            if not 1940 <= year <= 2100 or number > 12:
                return None
            return f"{year}-{number:02}" if number else str(year)
    return None


def in_words(begun: str, ended: str, is_current: bool) -> str:
    """Return a range as `Mar 2021 – Jun 2023` or `2021 – now`; empty when neither end is known."""
    last = "now" if is_current else _month_in_words(ended)
    return " – ".join(part for part in (_month_in_words(begun), last) if part)


def _month_in_words(value: str) -> str:
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    year, _, number = value.partition("-")
    return f"{names[int(number) - 1]} {year}" if number else year
