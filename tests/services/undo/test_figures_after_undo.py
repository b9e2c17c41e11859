"""Daily figures that undoing an action discards."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.due_actions import Clock
from tests.support.people import Person
from tracker.services.applications.deletion import remove
from tracker.services.applications.field_edits import edit
from tracker.services.applications.stage_moves import follow_up, move
from tracker.services.contacts.contact_changes import add as add_contact
from tracker.services.contacts.contact_changes import edit as edit_contact
from tracker.services.figures import snapshots
from tracker.services.interviews.scheduling import edit as edit_interview
from tracker.services.interviews.scheduling import schedule

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(autouse=True)
def carrier(redis_url: str) -> None:
    """Provide Redis, since requests for new rows enqueue a job."""


def go_to(clock: Clock, local: str) -> None:
    clock.move_to(datetime.fromisoformat(local).replace(tzinfo=BERLIN))


def last_day_after_undo(person: Person, clock: Clock, batch: str) -> date:
    """Return the last day whose figures are stored after undoing a batch on 3 November."""
    go_to(clock, "2026-11-03T11:00")
    person.call(snapshots.rebuild)
    person.undo(batch)
    day: date = person.rows("SELECT max(day) AS day FROM snapshot")[0]["day"]
    return day


@pytest.fixture
def row_id(alice: Person, clock: Clock) -> str:
    """Return a saved application of 10 October; another one is two days older."""
    go_to(clock, "2026-10-08T11:00")
    alice.add_application("First")
    go_to(clock, "2026-10-10T11:00")
    return alice.add_application()


@pytest.mark.parametrize(
    ("sent_on", "change", "args", "last_day"),
    [
        ("", remove, (), "2026-10-09"),
        ("2026-10-09", remove, (), "2026-10-08"),
        ("2026-10-15", move, ("screening",), "2026-10-14"),
        ("", move, ("screening",), "2026-10-29"),
        ("", edit, ("applied_on", "2026-10-20", ""), "2026-10-19"),
        ("2026-10-20", edit, ("applied_on", "2026-10-15", "2026-10-20"), "2026-10-14"),
        ("2026-10-20", edit, ("applied_on", "2026-10-25", "2026-10-20"), "2026-10-19"),
        ("2026-10-20", edit, ("location", "Bonn", ""), "2026-10-29"),
        ("2026-10-20", follow_up, (), "2026-10-29"),
    ],
)
def test_figures_are_discarded_from_the_first_day_that_undoing_changes(
    alice: Person, clock: Clock, row_id: str, sent_on: str, change: Any, args: tuple[str, ...], last_day: str
) -> None:
    go_to(clock, "2026-10-30T11:00")
    if sent_on:
        alice.call(edit, row_id, "applied_on", sent_on, "")
    alice.call(change, row_id if change in (edit, follow_up) else [row_id], *args)
    assert last_day_after_undo(alice, clock, alice.batch) == date.fromisoformat(last_day)


def test_a_move_between_later_stages_changes_the_figures_from_its_own_day(
    alice: Person, clock: Clock, row_id: str
) -> None:
    alice.call(move, [row_id], "applied")
    go_to(clock, "2026-10-30T11:00")
    alice.call(move, [row_id], "screening")
    assert last_day_after_undo(alice, clock, alice.batch) == date(2026, 10, 29)


def test_the_undoing_of_a_slip_changes_the_figures_from_the_day_of_the_first_move(
    alice: Person, clock: Clock, row_id: str
) -> None:
    go_to(clock, "2026-10-29T23:58")
    alice.call(move, [row_id], "applied")
    go_to(clock, "2026-10-30T00:02")
    alice.call(move, [row_id], "saved")
    assert last_day_after_undo(alice, clock, alice.batch) == date(2026, 10, 28)


def test_interviews_and_contacts_change_the_figures_from_the_day_of_their_edit(
    alice: Person, clock: Clock, row_id: str
) -> None:
    interview = alice.call(schedule, row_id, {"starts_at": "2026-11-20T09:00"})
    contact = alice.call(add_contact, {"name": "Ann"})
    go_to(clock, "2026-10-30T11:00")
    alice.call(edit_interview, interview, {"place": "Room 5"})
    assert last_day_after_undo(alice, clock, alice.batch) == date(2026, 10, 29)
    go_to(clock, "2026-10-31T11:00")
    alice.call(edit_contact, contact, "role", "Recruiter", "")
    assert last_day_after_undo(alice, clock, alice.batch) == date(2026, 10, 30)
