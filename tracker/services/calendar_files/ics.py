"""Calendar files in the format of RFC 5545, as all calendars read them.

Times are written as instants in UTC: calendars disagree about the time zones that a file defines.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event, vText

from tracker.shapes.calendar_files import CalendarEntry

MEDIA = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=1)
"""How often subscribed calendars are asked to read the feed again."""
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Characters that no calendar shows; some programs take them for line ends."""


def as_ics(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """Return a calendar file with this name; equal entries give equal bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Pursuit//Pursuit//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _text(name))
    calendar.add("x-wr-calname", _text(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.revision)
    event.add("created", entry.created_at)
    event.add(
        "dtstamp", entry.changed_at
    )  # Not the time of writing: an unchanged file must have equal bytes.
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    event.add("summary", _text(entry.summary))
    event.add("url", entry.url)
    for property_name, text in (("location", entry.place), ("description", entry.description)):
        if text:
            event.add(property_name, _text(text))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if isinstance(entry.starts, datetime) else "TRANSPARENT")
    for trigger in () if entry.is_cancelled else entry.alarms:
        event.add_component(_alarm(trigger, entry.summary))
    return event


def _alarm(trigger: timedelta, text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", trigger)
    alarm.add("description", _text(text))
    return alarm


def _text(text: str) -> vText:
    """Return a text that is escaped when written; control characters become spaces."""
    return vText(_CONTROLS.sub(" ", text.replace("\r\n", "\n")))
