"""Reading one version of an invitation from a calendar file or an email."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tracker import zones
from tracker.services.invitations.calendar_text import Component, Line, parse_calendar, unreadable
from tracker.services.invitations.mail_parts import calendar_text
from tracker.services.invitations.meeting_links import meeting_place
from tracker.services.invitations.time_zones import defined_instant, known_zone
from tracker.shapes.invitations import Invitation
from tracker.shapes.people import Who
from tracker.storable_text import clean

METHODS = ("REQUEST", "PUBLISH", "CANCEL")
MAX_PEOPLE, MAX_NAME, MAX_WORDS = 10, 80, 5_000
"""Most interviewers that are taken over, characters of a name, and characters that may name the company."""
DEFAULT_MINUTES, MAX_MINUTES = 60, 1440
REPEATS = "This invitation repeats. Pursuit keeps single meetings: schedule each interview by hand."
_MOMENT = re.compile(r"(\d{8})(?:T(\d{4})(?:\d\d)?(Z?))?", re.ASCII)
_DURATION = re.compile(
    r"\+?P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:\d{1,6}S)?)?", re.ASCII
)
_SPACE = re.compile(r"\s+")


def read_invitation(content: bytes, user: Who) -> Invitation:
    """Return the invitation in a file; times without a known zone are on the user's clock.

    Raises Invalid with a reason for anything else, such as a meeting that repeats.
    """
    calendar = parse_calendar(clean(calendar_text(content)))
    method = calendar.text("METHOD").upper() or "PUBLISH"
    if method not in METHODS:
        raise unreadable("This is an answer to an invitation, not an invitation.")
    event = _single_event(calendar)
    title, description = _line_of(event.text("SUMMARY")), event.text("DESCRIPTION")
    people = [*event_lines(event, "ORGANIZER"), *event_lines(event, "ATTENDEE")]
    is_cancelled = method == "CANCEL" or event.text("STATUS").upper() == "CANCELLED"
    # A cancellation needn't say when the meeting would have been.
    time = _Time("", user.timezone or "UTC") if is_cancelled else _time(calendar, event, user)
    return Invitation(
        uid=_uid(event.text("UID")),
        sequence=_sequence(event.text("SEQUENCE")),
        stamp=_instant(event.first("DTSTAMP")),
        is_cancelled=is_cancelled,
        title=title[:200],
        starts_at=time.starts_at,
        zone=time.zone,
        fold=time.fold,
        day=time.day,
        minutes=time.minutes,
        place=meeting_place(event),
        interviewers=_names(people, user),
        domains=tuple(dict.fromkeys(_email(line).rpartition("@")[2] for line in people))[:MAX_PEOPLE],
        words=f"{title}\n{_names(people, user)}\n{description}"[:MAX_WORDS],
    )


def event_lines(event: Component, name: str) -> list[Line]:
    """Return the properties of a name, at most as many as there are people in a meeting."""
    return [line for line in event.lines if line.name == name][: MAX_PEOPLE * 5]


def _single_event(calendar: Component) -> Component:
    events = calendar.of_name("VEVENT")
    if not events:
        raise unreadable("There is no meeting in this calendar file.")
    if any(event.first(name) for event in events for name in ("RRULE", "RDATE", "RECURRENCE-ID")):
        raise unreadable(REPEATS)
    if len(events) > 1:
        raise unreadable(f"This file has {len(events)} meetings. Import one invitation at a time.")
    return events[0]


@dataclass(frozen=True)
class _Time:
    """The time of a meeting, in the fields of `Invitation`."""

    starts_at: str
    zone: str
    fold: str = ""
    day: str = ""
    minutes: int = DEFAULT_MINUTES


def _time(calendar: Component, event: Component, user: Who) -> _Time:
    start = event.first("DTSTART")
    local = _local(start)
    if start is None or local is None:
        raise unreadable("This invitation has no date that can be read. Schedule the interview by hand.")
    if "T" not in start.value:
        return _Time("", user.timezone or "UTC", day=local.date().isoformat())
    instant, zone = _instant_and_zone(start, local, calendar, user)
    on_clock = instant.astimezone(zones.named(zone))
    wall_time = on_clock.replace(tzinfo=None, fold=0)
    is_twice = len(zones.instants(wall_time, zones.named(zone))) == 2
    minutes = _minutes(calendar, event, instant, user)
    return _Time(f"{wall_time:%Y-%m-%dT%H:%M}", zone, str(on_clock.fold) if is_twice else "", minutes=minutes)


def _instant_and_zone(line: Line, local: datetime, calendar: Component, user: Who) -> tuple[datetime, str]:
    """Return the instant of a time, and the zone to show it in; raises Invalid for an unknown zone.

    A time that its zone skips is as much later as the clocks go forward; of one that occurs twice, it is the first.
    """
    user_zone = user.timezone or "UTC"
    if line.value.strip().endswith("Z"):
        return local.replace(tzinfo=UTC), user_zone
    definitions, name = calendar.of_name("VTIMEZONE"), line.parameters.get("TZID", "")
    if zone := known_zone(name or calendar.text("X-WR-TIMEZONE"), definitions) or ("" if name else user_zone):
        return zones.instant(local, zones.named(zone), 0), zone
    if (defined := defined_instant(local, name, definitions)) is None:
        raise unreadable(f"The time zone {_line_of(name)[:60]} isn't known. Schedule the interview by hand.")
    return defined, user_zone


def _minutes(calendar: Component, event: Component, starts: datetime, user: Who) -> int:
    """Return the length of a meeting; raises Invalid when it is longer than a day."""
    end, length = event.first("DTEND"), _length(event.text("DURATION"))
    if end is not None and (local := _local(end)):
        length = _instant_and_zone(end, local, calendar, user)[0] - starts
    minutes = int(length.total_seconds()) // 60
    if minutes > MAX_MINUTES:
        raise unreadable("This meeting lasts longer than a day. Schedule the interview by hand.")
    return max(5, minutes) if minutes > 0 else DEFAULT_MINUTES


def _length(text: str) -> timedelta:
    match = _DURATION.fullmatch(text.strip())
    if not match:
        return timedelta()
    weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)


def _local(line: Line | None) -> datetime | None:
    """Return the date and time of a property without its zone; None for an invalid one."""
    match = _MOMENT.fullmatch(line.value.strip()) if line else None
    if not match:
        return None
    try:
        local = datetime.fromisoformat(f"{match[1]}T{match[2] or '0000'}")
    except ValueError:
        return None
    return local if 1990 <= local.year <= 2100 else None


def _instant(line: Line | None) -> datetime | None:
    local = _local(line)
    return local.replace(tzinfo=UTC) if local else None


def _sequence(text: str) -> int:
    return min(int(text), 2**31 - 1) if re.fullmatch(r"\d{1,12}", text, re.ASCII) else 0


def _uid(text: str) -> str:
    """Return a UID as it is stored; a very long one as its hash."""
    return text if len(text) <= 1000 else hashlib.sha256(text.encode()).hexdigest()


def _names(people: list[Line], user: Who) -> str:
    """Return the names of organizer and attendees, without the user, rooms and repetitions."""
    own = {user.email.lower(), user.name.lower()} - {""}
    names = {
        _email(line): _first_name_first(line.parameters.get("CN", "")) or _email(line)
        for line in people
        if line.parameters.get("CUTYPE", "").upper() not in ("ROOM", "RESOURCE")
    }
    others = [name for email, name in names.items() if email not in own and name.lower() not in own]
    return ", ".join([name for name in others if name][:MAX_PEOPLE])


def _first_name_first(name: str) -> str:
    """Return `Osei, Kofi` as `Kofi Osei`, since commas divide the list of interviewers."""
    last, _, first = _line_of(name).strip("'\"").partition(",")
    return f"{first.replace(',', ' ')} {last}".strip()[:MAX_NAME]


def _email(line: Line) -> str:
    return line.value.strip().lower().removeprefix("mailto:")[:320]


def _line_of(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
