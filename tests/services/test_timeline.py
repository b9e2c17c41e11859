"""Event log: each kind of event as a plain sentence."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
import time_machine

from tests.support.clock import NOW
from tests.support.people import Person
from tracker.services import timeline
from tracker.services.applications.stage_moves import move
from tracker.services.contacts.contact_changes import add, unlink
from tracker.services.interviews.scheduling import edit, schedule
from tracker.services.interviews.scheduling import move as move_interview
from tracker.services.timeline import of_application, recent, sentence
from tracker.shapes.enumerations import EventKind

MOVED = {"from": "saved", "to": "applied", "outcome": None}


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        ("application.added", {"stage": "applied"}, "Added to Applied"),
        ("application.edited", {"field": "notes"}, "Edited the notes"),
        ("application.edited", {"field": "location", "from": "", "to": "Rome"}, "Set the location to Rome"),
        (
            "application.edited",
            {"field": "location", "from": "Rome", "to": ""},
            "Cleared the location (Rome)",
        ),
        ("application.edited", {"field": "role", "from": "A", "to": "B"}, "Changed the role from A to B"),
        (
            "application.edited",
            {"field": "salary_from", "from": "76000", "to": "80000.5"},
            "Changed the minimum salary from 76,000 to 80,000.5",
        ),
        (
            "application.edited",
            {"field": "applied_on", "from": "", "to": "2026-11-09"},
            "Set the application date to 9 Nov 2026",
        ),
        ("application.deleted", {}, "Deleted"),
        ("application.restored", {}, "Restored"),
        ("stage.changed", MOVED, "Moved from Saved to Applied"),
        ("stage.changed", {**MOVED, "to": "closed", "outcome": "rejected"}, "Closed as rejected, from Saved"),
        ("stage.changed", {**MOVED, "from": "closed"}, "Reopened in Applied"),
        ("follow_up.logged", {}, "Followed up"),
        ("follow_up.logged", {"way": "phone"}, "Followed up by phone"),
        ("follow_up.logged", {"note": "Asked for a date"}, "Followed up: Asked for a date"),
        (
            "follow_up.logged",
            {"way": "in_person", "note": "At {the} fair"},
            "Followed up in person: At {the} fair",
        ),
        ("interview.scheduled", {"interview": "panel", "when": "Tue"}, "Scheduled: panel interview, Tue"),
        (
            "interview.moved",
            {"interview": "panel", "was": "Mon", "when": "Tue"},
            "Moved the panel interview from Mon to Tue",
        ),
        ("interview.done", {"interview": "other"}, "Completed the interview"),
        ("interview.done", {}, "Completed the interview"),
        ("interview.missed", {"interview": "take_home"}, "The take-home didn't take place"),
        ("interview.thanked", {"interview": "panel"}, "Sent a thank-you note for the panel interview"),
        ("contact.linked", {"name": "{Ann}"}, "Added {Ann} as a contact"),
        ("contact.deleted", {"name": "{0}"}, "Deleted the contact {0}"),
    ],
)
def test_each_event_has_a_plain_sentence(kind: str, facts: dict[str, str], words: str) -> None:
    assert sentence(EventKind(kind), facts) == words


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_has_a_sentence(kind: EventKind) -> None:
    facts = {**MOVED, "field": "notes", "name": "Ann", "interview": "panel", "was": "Mon", "when": "Tue"}
    assert sentence(kind, facts)


def test_events_are_listed_in_order(alice: Person) -> None:
    row_id = alice.add_application()
    interview = alice.call(schedule, row_id, {"kind": "panel", "starts_at": "2026-11-05T09:00"})
    alice.call(move_interview, interview, {"starts_at": "2026-11-06T09:00"})
    alice.call(edit, interview, {"minutes": "30"})
    contact = alice.call(add, {"name": "Ann"}, row_id)
    alice.call(unlink, contact, row_id)
    days = alice.call(of_application, row_id)
    assert [line.sentence for line in days[0].lines] == [
        "Removed Ann from the contacts",
        "Added Ann as a contact",
        "Changed the duration or time zone of the panel interview",
        "Moved the panel interview from Thu 5 Nov 2026, 09:00 to Fri 6 Nov 2026, 09:00",
        "Moved from Saved to Interviewing",
        "Scheduled: panel interview, Thu 5 Nov 2026, 09:00",
        "Added to Saved",
    ]


def test_an_interview_time_is_shown_in_the_readers_zone_and_locale(alice: Person) -> None:
    row_id = alice.add_application(stage="interviewing")
    interview = alice.call(schedule, row_id, {"kind": "panel", "starts_at": "2026-11-05T14:15"})
    alice.call(move_interview, interview, {"starts_at": "2026-11-06T03:00"})
    there = alice.with_settings(timezone="America/New_York", locale="en-US")
    sentences = [
        "Moved the panel interview from Thu Nov 5 2026, 8:15 AM to Thu Nov 5 2026, 9:00 PM",
        "Scheduled: panel interview, Thu Nov 5 2026, 8:15 AM",
    ]
    assert [line.sentence for line in there.call(recent)[:2]] == sentences
    assert [line.sentence for line in there.call(of_application, row_id)[0].lines[:2]] == sentences
    there.batch = alice.batch
    assert there.undo() == "Undone"
    assert alice.row("interview", interview)["starts_at"] == datetime(2026, 11, 5, 13, 15, tzinfo=UTC)


def test_an_interview_time_stored_as_text_is_shown_as_stored(alice: Person) -> None:
    row_id = UUID(alice.add_application())
    words = {"interview": "panel", "when": "Fri 6 Nov 2026, 09:00"}
    alice.call(timeline.record, EventKind.INTERVIEW_SCHEDULED, row_id, **words)
    alice.call(timeline.record, EventKind.INTERVIEW_MOVED, row_id, **words, was="Thu 5 Nov 2026, 09:00")
    alice.call(timeline.record, EventKind.INTERVIEW_MOVED, row_id, **words, was=words["when"])
    there = alice.with_settings(timezone="America/New_York")
    assert [line.sentence for line in there.call(recent)[:3]] == [
        "Changed the duration or time zone of the panel interview",
        "Moved the panel interview from Thu 5 Nov 2026, 09:00 to Fri 6 Nov 2026, 09:00",
        "Scheduled: panel interview, Fri 6 Nov 2026, 09:00",
    ]


def test_events_are_grouped_by_the_users_local_days(alice: Person) -> None:
    row_id = alice.add_application()
    with time_machine.travel(NOW.replace(hour=23, minute=30), tick=False):
        alice.call(move, [row_id], "applied")
        assert [day.label for day in alice.call(of_application, row_id)] == ["Today", "Yesterday"]
        utc = alice.with_settings(timezone="")
        assert [day.label for day in utc.call(of_application, row_id)] == ["Today"]


def test_the_latest_of_the_whole_search_names_its_application(alice: Person) -> None:
    for number in range(15):
        alice.add_application(f"Company {number}")
    lines = alice.call(recent)
    assert [line.subject for line in lines[:2]] == ["Engineer at Company 14", "Engineer at Company 13"]
    assert len(lines) == 12


def test_another_entry_point_is_named_and_an_undone_action_marked(alice: Person) -> None:
    from tracker.db import scoped
    from tracker.shapes.enumerations import Door

    row_id = alice.add_application()
    with scoped(alice.user, Door.IMPORT) as scope:
        move(scope, [row_id], "applied")
        batch = str(scope.batch)
    assert alice.call(recent)[0].door == "via import"
    alice.undo(batch)
    assert [line.was_undone for line in alice.call(recent)] == [True, False]


def test_the_log_is_only_written_here() -> None:
    from pathlib import Path

    root = Path(timeline.__file__).parent
    writers = {
        path.name
        for path in root.rglob("*.py")
        if re.search(r"insert\(events?\b", path.read_text(), re.IGNORECASE)
    }
    assert writers == {"timeline.py"}
