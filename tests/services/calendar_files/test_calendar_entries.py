"""Interviews, deadlines and follow-ups in calendar files, as another library reads them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
import vobject

from tests.support.people import Person
from tracker.errors import NotFound
from tracker.services.actions.action_decisions import dismiss
from tracker.services.applications import field_edits
from tracker.services.applications.deletion import remove
from tracker.services.applications.stage_moves import move as move_stage
from tracker.services.calendar_files import feed_content
from tracker.services.interviews import scheduling, state_changes
from tracker.services.reminders import reminder_settings
from tracker.shapes.calendar_files import FeedContents

EVERYTHING = FeedContents()


@pytest.fixture
def interview(alice: Person) -> str:
    """Return the id of Alice's interview at 14:30 in Berlin, two days from now."""
    row_id = alice.add_application("Kestrel Labs", "Backend engineer", "applied")
    typed = {"kind": "technical", "starts_at": "2026-11-05T14:30", "minutes": "45", "place": "Room 4; floor 2",
             "interviewers": "Dana, Ann"}  # fmt: skip
    return str(alice.call(scheduling.schedule, row_id, typed))


def events_of(content: bytes) -> dict[str, Any]:
    """Return the events of a calendar file by their title."""
    calendar = vobject.readOne(content.decode())
    return {event.summary.value: event for event in calendar.contents.get("vevent", [])}


def feed(person: Person, contents: FeedContents = EVERYTHING) -> dict[str, Any]:
    return events_of(person.call(feed_content.feed, contents))


def test_an_interview_is_written_with_its_instant_place_people_and_page(
    alice: Person, interview: str
) -> None:
    content = alice.call(feed_content.one_interview, interview)
    event = events_of(content)["Technical interview: Backend engineer at Kestrel Labs"]
    assert event.dtstart.value == datetime(2026, 11, 5, 13, 30, tzinfo=UTC)
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=45)
    assert (event.location.value, event.description.value) == ("Room 4; floor 2", "With Dana, Ann")
    assert event.url.value == f"http://127.0.0.1:8000/interviews/{interview}"
    assert (event.uid.value, event.status.value) == (f"interview-{interview}@pursuit", "CONFIRMED")
    assert b"DTSTART:20261105T133000Z\r\n" in content
    assert b"METHOD:PUBLISH\r\n" in content


def test_reminders_have_the_lead_times_of_the_settings(alice: Person, interview: str) -> None:
    def leads() -> list[timedelta]:
        [event] = feed(alice).values()
        return [alarm.trigger.value for alarm in event.contents.get("valarm", [])]

    assert leads() == [timedelta(days=-1), timedelta(hours=-1)]
    alice.call(reminder_settings.save, {"day": ""})
    assert leads() == [timedelta(hours=-1)]
    [event] = feed(alice, FeedContents(reminders=False)).values()
    assert "valarm" not in event.contents


def test_a_moved_interview_keeps_its_id_and_gets_a_higher_revision(
    alice: Person, interview: str, clock: time_machine.Traveller
) -> None:
    def revision() -> tuple[str, int, datetime]:
        [event] = feed(alice).values()
        return event.uid.value, int(event.sequence.value), event.dtstamp.value

    uid, number, changed_at = revision()
    assert number == 0
    clock.shift(timedelta(hours=1))
    alice.call(scheduling.move, interview, {"starts_at": "2026-11-06T09:00"})
    batch = alice.batch
    moved = revision()
    assert moved == (uid, 1, changed_at + timedelta(hours=1))
    clock.shift(timedelta(hours=1))
    alice.undo(batch)
    assert revision() == (uid, 2, changed_at + timedelta(hours=2))


def test_a_cancelled_interview_stays_in_the_feed_as_cancelled_without_reminders(
    alice: Person, interview: str
) -> None:
    alice.call(state_changes.cancel, interview)
    [event] = feed(alice).values()
    assert (event.status.value, event.sequence.value) == ("CANCELLED", "1")
    assert "valarm" not in event.contents
    assert events_of(alice.call(feed_content.upcoming_interviews)) == {}


def test_deadlines_and_follow_ups_are_whole_days(alice: Person) -> None:
    saved = alice.add_application("Linear", "Engineer", deadline="2026-11-20")
    offered = alice.add_application("Acme", "Lead", deadline="2026-11-12")
    alice.call(move_stage, [offered], "offer")
    sent = alice.add_application("Kestrel Labs", "Analyst", "applied")
    alice.call(field_edits.edit, sent, "follow_up_on", "2026-11-10", alice_follow_up(alice, sent))
    events = feed(alice)
    assert {name: event.dtstart.value for name, event in events.items()} == {
        "Follow up: Analyst at Kestrel Labs": date(2026, 11, 10),
        "Answer the offer by today: Lead at Acme": date(2026, 11, 12),
        "Apply by today: Engineer at Linear": date(2026, 11, 20),
    }
    deadline = events["Apply by today: Engineer at Linear"]
    assert deadline.dtend.value == date(2026, 11, 21)
    assert deadline.uid.value == f"apply-{saved}@pursuit"
    assert [alarm.trigger.value for alarm in deadline.valarm_list] == [
        timedelta(hours=-15),
        timedelta(hours=9),
    ]


def alice_follow_up(alice: Person, row_id: str) -> str:
    day = alice.row("application", row_id)["follow_up_on"]
    return day.isoformat() if day else ""


def test_the_feed_contains_only_the_parts_that_were_chosen(alice: Person, interview: str) -> None:
    alice.add_application("Linear", "Engineer", deadline="2026-11-20")
    none = FeedContents(interviews=False, deadlines=False, follow_ups=False)
    assert feed(alice, none) == {}
    only_deadlines = FeedContents(interviews=False, follow_ups=False)
    assert [*feed(alice, only_deadlines)] == ["Apply by today: Engineer at Linear"]


def test_a_dismissed_deadline_and_a_deleted_application_leave_the_feed(alice: Person, interview: str) -> None:
    saved = alice.add_application("Linear", "Engineer", deadline="2026-11-20")
    alice.call(dismiss, saved, "apply", "2026-11-20")
    alice.call(remove, [str(alice.row("interview", interview)["application_id"])])
    assert feed(alice) == {}
    with pytest.raises(NotFound):
        alice.call(feed_content.one_interview, interview)


def test_a_feed_that_did_not_change_is_equal_byte_by_byte(
    alice: Person, interview: str, clock: time_machine.Traveller
) -> None:
    before = alice.call(feed_content.feed, EVERYTHING)
    clock.shift(timedelta(hours=3))
    assert alice.call(feed_content.feed, EVERYTHING) == before


def test_old_interviews_leave_the_feed(alice: Person, interview: str, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(days=93))
    assert feed(alice, FeedContents(follow_ups=False)) == {}
