"""The format of calendar files, whatever the texts contain."""

from datetime import UTC, datetime, timedelta

import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tracker.services.calendar_files.ics import as_ics
from tracker.shapes.calendar_files import CalendarEntry

START = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def entry(summary: str = "Interview", place: str = "", description: str = "") -> CalendarEntry:
    ends = START + timedelta(hours=1)
    address = "https://pursuit.example/interviews/1"
    return CalendarEntry(
        "interview-1@pursuit", summary, START, ends, START, START, 0, address, place, description,
        alarms=(timedelta(hours=-1),),
    )  # fmt: skip


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_stays_in_its_property_and_every_line_is_short(
    summary: str, place: str, description: str
) -> None:
    content = as_ics(summary, [entry(summary, place, description)])
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    for events in (
        vobject.readOne(content.decode()).vevent_list,
        Calendar.from_ical(content).walk("VEVENT"),
    ):
        assert len(events) == 1
    event = vobject.readOne(content.decode()).vevent
    assert {*event.contents} <= {
        "uid", "sequence", "created", "dtstamp", "last-modified", "dtstart", "dtend", "summary", "url", "location",
        "description", "status", "transp", "valarm",
    }  # fmt: skip
    assert len(event.valarm_list) == 1


def test_texts_with_line_ends_and_properties_are_escaped() -> None:
    attack = "Engineer\r\nATTENDEE:mailto:eve@example.com\rEND:VEVENT\x0bBEGIN:VEVENT\u2028X:1; a, b \\ c"
    content = as_ics("Pursuit", [entry(attack)])
    event = vobject.readOne(content.decode()).vevent
    assert event.summary.value == (
        "Engineer\nATTENDEE:mailto:eve@example.com END:VEVENT BEGIN:VEVENT X:1; a, b \\ c"
    )
    assert "attendee" not in event.contents


def test_a_calendar_without_entries_is_valid() -> None:
    content = as_ics("Pursuit", [])
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in content
    assert vobject.readOne(content.decode()).contents["x-wr-calname"][0].value == "Pursuit"
