"""Slots of the calendar: scheduling at one, and moving an interview to one."""

from datetime import UTC, datetime

import pytest

from tests.support.people import ABSENT, Person
from tracker.errors import Invalid, NotFound
from tracker.services.interviews.calendar_slots import drop, proposed_start
from tracker.services.interviews.scheduling import schedule


def scheduled(person: Person, starts_at: str, zone: str = "Europe/Berlin") -> str:
    application = person.add_application()
    typed = {"kind": "technical", "starts_at": starts_at, "zone": zone}
    return str(person.call(schedule, application, typed))


def test_an_interview_is_dropped_at_a_time_on_the_users_clock(alice: Person) -> None:
    interview = scheduled(alice, "2026-11-05T14:30")
    message = alice.call(drop, interview, "2026-11-06T09:15")
    assert message.startswith("Technical interview moved to ")
    assert alice.row("interview", interview)["starts_at"] == datetime(2026, 11, 6, 8, 15, tzinfo=UTC)


def test_a_dropped_interview_keeps_its_own_time_zone(alice: Person) -> None:
    interview = scheduled(alice, "2026-11-05T08:30", "America/New_York")
    alice.call(drop, interview, "2026-11-06T16:00")
    row = alice.row("interview", interview)
    assert (row["starts_at"], row["zone"]) == (datetime(2026, 11, 6, 15, tzinfo=UTC), "America/New_York")


def test_an_interview_dropped_on_a_day_keeps_the_time_on_the_users_clock(alice: Person) -> None:
    # New York begins its summer time two weeks before Berlin.
    interview = scheduled(alice, "2027-03-15T09:00", "America/New_York")
    assert alice.row("interview", interview)["starts_at"] == datetime(2027, 3, 15, 13, tzinfo=UTC)
    alice.call(drop, interview, "2027-03-30")
    assert alice.row("interview", interview)["starts_at"] == datetime(2027, 3, 30, 12, tzinfo=UTC)


def test_a_drop_on_an_hour_that_occurs_twice_takes_the_first(alice: Person) -> None:
    interview = scheduled(alice, "2026-11-05T14:30")
    alice.call(drop, interview, "2027-10-31T02:30")
    assert alice.row("interview", interview)["starts_at"] == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_drop_in_a_skipped_hour_goes_on_as_the_clock_does(alice: Person) -> None:
    interview = scheduled(alice, "2026-11-05T14:30")
    alice.call(drop, interview, "2027-03-28T02:30")
    assert alice.row("interview", interview)["starts_at"] == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_drop_where_it_was_changes_nothing(alice: Person) -> None:
    interview = scheduled(alice, "2026-11-05T14:30")
    assert alice.call(drop, interview, "2026-11-05") == "It's already at that time"
    assert "interview.moved" not in alice.log()


def test_a_dropped_interview_is_put_back_by_undo(alice: Person) -> None:
    interview = scheduled(alice, "2026-11-05T14:30")
    alice.call(drop, interview, "2026-11-06T09:15")
    alice.undo()
    assert alice.row("interview", interview)["starts_at"] == datetime(2026, 11, 5, 13, 30, tzinfo=UTC)


def test_nobody_drops_the_interview_of_another_user(alice: Person, bob: Person) -> None:
    interview = scheduled(alice, "2026-11-05T14:30")
    for stranger, row_id in ((bob, interview), (alice, ABSENT)):
        with pytest.raises(NotFound):
            stranger.call(drop, row_id, "2026-11-06T09:15")


@pytest.mark.parametrize("slot", ["", "soon", "2026-13-01", "2026-11-06T25:00", "2026-11-06T09:15+02:00"])
def test_a_slot_that_is_no_time_is_refused(alice: Person, slot: str) -> None:
    with pytest.raises(Invalid):
        alice.call(drop, scheduled(alice, "2026-11-05T14:30"), slot)
    with pytest.raises(Invalid):
        proposed_start(slot)


def test_a_clicked_day_proposes_ten_and_a_clicked_hour_itself() -> None:
    assert proposed_start("2026-11-06") == "2026-11-06T10:00"
    assert proposed_start("2026-11-06T16:45") == "2026-11-06T16:45"
