"""Dates and times as files write them, read without guessing: an ambiguous order is asked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from tracker import zones

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
NOON = time(12)
"""Time of an event whose day alone is known, in the user's time zone."""
EARLIEST, LATEST = 1990, 2100
_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets."""
_MONTHS = """
    jan january januar janvier enero ene gen | feb february februar février fev febrero | mar march märz maerz mrz mars marzo |
    apr april avril abril abr | may mai mayo | jun june juni juin junio | jul july juli juillet julio |
    aug august août aout agosto ago | sep sept september septembre septiembre | oct october oktober okt octobre octubre |
    nov november novembre noviembre | dec december dezember dez décembre diciembre dic
"""
_TIME = (
    r"(?:[,T\s]+(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?(?:\s*\([^)]*\))?)?"
)
_WEEKDAY = r"(?:[^\W\d]{2,10}\.?,?\s+)?"
_ISO = re.compile(
    rf"(?P<year>\d{{4}})(?P<by>[-/.])(?P<month>\d{{1,2}})(?P=by)(?P<day>\d{{1,2}}){_TIME}", re.I
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?P<hour>)(?P<minute>)(?P<second>)(?P<half>)(?P<zone>)"
)
_NUMBERS = re.compile(
    rf"{_WEEKDAY}(?P<first>\d{{1,2}})(?P<by>[/.-])(?P<second_part>\d{{1,2}})(?P=by)(?P<year>\d{{4}}|\d{{2}}){_TIME}",
    re.I,
)
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-]*(?:de\s+)?(?P<name>[^\W\d]{{3,10}})\.?,?[\s-]*(?:de\s+)?(?P<year>\d{{4}}|\d{{2}}){_TIME}",
    re.I,
)
_MONTH_DAY = re.compile(
    rf"{_WEEKDAY}(?P<name>[^\W\d]{{3,10}})\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TIME}",
    re.I,
)


@dataclass(frozen=True)
class Moment:
    """A date as a file writes it, with its time and offset where they are stated."""

    day: date
    clock: time | None = None
    zone: tzinfo | None = None

    def instant(self, zone: tzinfo) -> datetime:
        """Return the instant, read in `zone` unless the text states an offset; noon for a day alone."""
        local = datetime.combine(self.day, self.clock or NOON)
        return local.replace(tzinfo=self.zone).astimezone(UTC) if self.zone else zones.instant(local, zone, 0)

    def local_day(self, zone: tzinfo, own_zone: tzinfo) -> date:
        """Return the day in the user's time zone; a day without a time stays as it is."""
        return self.instant(zone).astimezone(own_zone).date() if self.clock else self.day


@lru_cache(8192)
def read_moment(text: str, order: str = "") -> Moment | None:
    """Return the moment that a text states; None for an unreadable, incomplete or ambiguous one."""
    typed = " ".join(text.split())
    try:
        for pattern in (_ISO, _COMPACT, _DAY_MONTH, _MONTH_DAY):
            if match := pattern.fullmatch(typed):
                return _moment(match, _month(match))
        if match := _NUMBERS.fullmatch(typed):
            return _of_numbers(match, order)
        return _of_number(typed)
    except (ValueError, OverflowError):
        return None


def order_of(texts: Iterable[str]) -> str:
    """Return the order of day and month that a column's values decide; empty if it has to be asked.

    A part above 12 decides. Dates with dots, and those that read the same both ways, leave no doubt.
    """
    decided: set[str] = set()
    is_open = False
    for text in texts:
        match = _NUMBERS.fullmatch(" ".join(text.split()))
        if not match or match["by"] == ".":
            continue
        first, second = int(match["first"]), int(match["second_part"])
        if first > 12 or second > 12:
            decided.add(DAY_FIRST if first > 12 else MONTH_FIRST)
        is_open |= first != second and first <= 12 and second <= 12
    if len(decided) == 1:
        return decided.pop()
    return "" if decided or is_open else DAY_FIRST


def _of_numbers(match: re.Match[str], order: str) -> Moment | None:
    first, second = int(match["first"]), int(match["second_part"])
    if match["by"] == "." or order == DAY_FIRST or first == second:
        return _moment(match, second, first)
    if order == MONTH_FIRST:
        return _moment(match, first, second)
    return None


def _moment(match: re.Match[str], month: int, day: int = 0) -> Moment | None:
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < 70 else 1900
    day_read = date(year, month, day or int(match["day"]))
    if not EARLIEST <= day_read.year <= LATEST:
        return None
    return Moment(day_read, _clock(match), _zone(match["zone"]))


def _clock(match: re.Match[str]) -> time | None:
    if not match["hour"]:
        return None
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0].lower() == "p" else 0)
    return time(hour, int(match["minute"]), int(match["second"] or 0))


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _month(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if "month" in groups:
        return int(groups["month"])
    return _months().get(groups["name"].casefold(), 0)


@lru_cache
def _months() -> dict[str, int]:
    return {name: number for number, names in enumerate(_MONTHS.split("|"), 1) for name in names.split()}


def _of_number(text: str) -> Moment | None:
    """Return the moment of a spreadsheet's day number, or of seconds or milliseconds since 1970."""
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        day = _EPOCH + timedelta(days=int(text[:5]))
        return Moment(day) if EARLIEST <= day.year <= LATEST else None
    if re.fullmatch(r"\d{10}|\d{13}", text):
        at = datetime.fromtimestamp(int(text[:10]), UTC)
        return Moment(at.date(), at.time(), UTC)
    return None
