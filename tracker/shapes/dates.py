"""Dates and times as text, in the user's time zone and locale."""

from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time


@lru_cache
def known_locale(tag: str) -> Locale:
    """Return the locale of a tag such as `en-GB`, or British English for an unknown tag."""
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en_GB")


def ago(moment: datetime, now: datetime) -> str:
    """Return how long ago an instant was, in one unit: `just now`, `5 min ago`, `3 d ago`."""
    seconds = max(0, (now - moment).total_seconds())
    if seconds < 60:
        return "just now"
    for size, unit in ((86_400 * 365, "y"), (86_400 * 60, "mo"), (86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{int(seconds // (86_400 * 30 if unit == 'mo' else size))} {unit} ago"
    return "just now"


def day_in_words(day: date, today: date, locale: str) -> str:
    """Return a day as `today`, `tomorrow` or `Tue 3 Nov`, with the year if it is far away."""
    name = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - today).days)
    if name:
        return name
    return exact_day(day, locale, year=abs((day - today).days) > 300)


def days_from(day: date, today: date) -> str:
    """Return a day's distance, rounded down: `today`, `in 3 days`, `5 weeks ago`, `2 years ago`."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    size, unit = (abs(days), "days") if abs(days) < 21 else (abs(days) // 7, "weeks")
    if abs(days) >= 120:
        early, late = sorted((day, today))
        months = (late.year - early.year) * 12 + late.month - early.month - (late.day < early.day)
        size, unit = (months, "months") if months < 24 else (months // 12, "years")
    return f"in {size} {unit}" if days > 0 else f"{size} {unit} ago"


@lru_cache(maxsize=4096)
def exact_day(day: date, locale: str, *, year: bool = True) -> str:
    """Return a full date in the locale's order, such as `Tue 3 Nov 2026`."""
    babel_locale = known_locale(locale)
    month_first = babel_locale.date_formats["medium"].pattern.lower().startswith("m")
    pattern = "EEE MMM d" if month_first else "EEE d MMM"
    return str(format_date(day, pattern + (" y" if year else ""), locale=babel_locale))


def time_of(instant: datetime, zone: tzinfo, locale: str) -> str:
    """Return the time of day of an instant in a zone, in the locale's format."""
    local = instant.astimezone(zone)
    return clock_time(time(local.hour, local.minute), locale)


@lru_cache(maxsize=4096)
def clock_time(at: time, locale: str) -> str:
    """Return a time of day in the locale's format."""
    return str(format_time(at, "short", locale=known_locale(locale))).replace("\u202f", " ")


def moment_in_words(instant: datetime, zone: tzinfo, today: date, locale: str) -> str:
    """Return an instant in a zone as `Tue 3 Nov, 14:30`, or with `Today` or `Tomorrow`."""
    local = instant.astimezone(zone)
    day = day_in_words(local.date(), today, locale)
    return f"{day[0].upper()}{day[1:]}, {time_of(instant, zone, locale)}"


def offset_in_words(instant: datetime, zone: tzinfo) -> str:
    """Return a zone's UTC offset at an instant, such as `UTC+5:30`."""
    minutes = (instant.astimezone(zone).utcoffset() or timedelta()) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def week_of(day: date, starts_on: int) -> date:
    """Return the first day of a day's week; `starts_on` is 1 for Monday to 7 for Sunday."""
    return day - timedelta(days=(day.isoweekday() - starts_on) % 7)
