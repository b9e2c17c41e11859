"""Calendar files in other programs: the parser of Thunderbird, and a CalDAV server."""

from pathlib import Path

import pytest
import vobject
from icalendar import Calendar

from tests.support.calendar_readers import calendar_server, read_with_ical_js
from tests.support.people import Person
from tracker.services.calendar_files import feed_content
from tracker.services.interviews import scheduling, state_changes
from tracker.shapes.calendar_files import FeedContents

TITLE = 'Interview: Engineer; "C++, C\\C" at Müller & Söhne'


@pytest.fixture
def content(alice: Person) -> bytes:
    """Return a feed with interviews around the change of the clocks, a cancelled one, and a deadline."""
    row_id = alice.add_application("Müller & Söhne", 'Engineer; "C++, C\\C"', "applied")
    for starts_at, place in (
        ("2026-11-10T14:30", "Room 4; 2nd floor, " + "long " * 40),
        ("2027-03-28T03:30", ""),
        ("2027-07-01T09:00", ""),
    ):
        alice.call(scheduling.schedule, row_id, {"starts_at": starts_at, "place": place})
    last = alice.rows("SELECT id FROM interview ORDER BY starts_at DESC LIMIT 1")[0]["id"]
    alice.call(state_changes.cancel, str(last))
    alice.add_application("Linear", "Lead", deadline="2026-11-20")
    file: bytes = alice.call(feed_content.feed, FeedContents(follow_ups=False))
    return file


def test_ical_js_reads_every_instant_day_and_text(content: bytes) -> None:
    events = read_with_ical_js(content)
    assert [(event["starts"], event["status"]) for event in events] == [
        ("2026-11-10T13:30:00.000Z", "CONFIRMED"),
        ("2027-03-28T01:30:00.000Z", "CONFIRMED"),
        ("2027-07-01T07:00:00.000Z", "CANCELLED"),
        ("2026-11-20", "CONFIRMED"),
    ]
    first, _, cancelled, deadline = events
    assert (first["title"], first["minutes"]) == (TITLE, 60)
    assert first["place"].startswith("Room 4; 2nd floor, long")
    assert first["alarms"] == [-24 * 60, -60]
    assert (cancelled["alarms"], cancelled["revision"]) == ([], 1)
    assert (deadline["minutes"], deadline["alarms"]) == (24 * 60, [-15 * 60, 9 * 60])


def test_a_calendar_server_stores_each_entry_and_returns_it_unchanged(content: bytes, tmp_path: Path) -> None:
    with calendar_server(tmp_path) as server:
        for number, event in enumerate(Calendar.from_ical(content).walk("VEVENT")):
            entry = Calendar({"version": "2.0", "prodid": "-//Test//EN"})
            entry.add_component(event)
            stored = server.put(f"{number}.ics", entry.to_ical())
            assert stored.status_code == 201, stored.text
        assert texts_of(server.read()) == texts_of(content)


def test_a_calendar_server_takes_the_whole_file(content: bytes, tmp_path: Path) -> None:
    with calendar_server(tmp_path) as server:
        answer = server.put("", content)
        assert answer.status_code == 201, answer.text
        assert texts_of(server.read()) == texts_of(content)


def texts_of(file: bytes) -> dict[str, tuple[str, str, str, int]]:
    """Return the title, start, place and number of alarms of each event."""
    calendar = vobject.readOne(file.decode())
    return {
        event.uid.value: (
            event.summary.value,
            str(event.dtstart.value),
            event.location.value if "location" in event.contents else "",
            len(event.contents.get("valarm", [])),
        )
        for event in calendar.vevent_list
    }
