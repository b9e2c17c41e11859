"""Time zones of invitations: by their usual names, by Outlook's, or by rules that the file defines."""

import calendar
import re
from datetime import UTC, datetime, timedelta

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from tracker import zones
from tracker.services.invitations.calendar_text import Component

_RULE = re.compile(r"BYDAY=([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)(?:;|\Z)")
_MONTH = re.compile(r"BYMONTH=(\d{1,2})(?:;|\Z)")
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(?:\d\d)?")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WINDOWS = {name.lower(): zone for name, zone in WINDOWS_TO_OLSON.items()}


def known_zone(name: str, definitions: list[Component]) -> str:
    """Return the zone of a TZID, such as `Europe/Berlin` for Outlook's name; empty if it is unknown."""
    own_names = [part.text("X-LIC-LOCATION") for part in definitions if part.text("TZID") == name]
    for candidate in (name, *own_names):
        place = candidate.strip().strip("/")
        *_, country, city = ["", "", *place.split("/")]
        for spelling in (place, _WINDOWS.get(place.lower(), ""), f"{country}/{city}"):
            if spelling in zones.names():
                return spelling
    return ""


def defined_instant(local: datetime, name: str, definitions: list[Component]) -> datetime | None:
    """Return the instant of a local time by a zone's rules in the file; None if they aren't yearly."""
    for definition in definitions:
        if definition.text("TZID") == name:
            onsets = [_latest_onset(part, local) for part in definition.parts[:10]]
            offsets = [
                (onset, offset) for onset, offset in onsets if offset is not None and onset is not None
            ]
            if offsets:
                return (local - max(offsets)[1]).replace(tzinfo=UTC)
    return None


def _latest_onset(part: Component, local: datetime) -> tuple[datetime | None, timedelta | None]:
    """Return when an offset last began before a local time, and the offset."""
    begins, rule = part.text("DTSTART"), part.text("RRULE")
    try:
        first = datetime.fromisoformat(begins[:15])
    except ValueError:
        return None, None
    onsets = (
        [first, *(_yearly(first, rule, year) for year in (local.year - 1, local.year))] if rule else [first]
    )
    past = [onset for onset in onsets if onset is not None and onset <= local]
    return max(past, default=None), _offset(part.text("TZOFFSETTO"))


def _yearly(first: datetime, rule: str, year: int) -> datetime | None:
    """Return a year's onset by a rule such as the last Sunday of October; None for other rules."""
    day, month = _RULE.search(rule), _MONTH.search(rule)
    if "FREQ=YEARLY" not in rule or not day or year < first.year:
        return None
    month_number = int(month[1]) if month else first.month
    if not 1 <= month_number <= 12:
        return None
    number, weekday = int(day[1]), _DAYS.index(day[2])
    days = [
        date
        for date in calendar.Calendar().itermonthdates(year, month_number)
        if date.month == month_number and date.weekday() == weekday
    ]
    index = number - 1 if number > 0 else number
    chosen = days[max(-len(days), min(index, len(days) - 1))]
    return datetime.combine(chosen, first.time())


def _offset(text: str) -> timedelta | None:
    match = _OFFSET.fullmatch(text)
    if not match:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return -offset if match[1] == "-" else offset
