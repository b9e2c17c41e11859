"""Interviews that end on the next day of the user's calendar."""

import pytest

from tests.support.people import Person
from tracker.services.interviews.calendar import month, week
from tracker.services.interviews.scheduling import schedule
from tracker.services.interviews.state_changes import cancel


def test_an_interview_past_midnight_is_on_both_days(alice: Person) -> None:
    there = alice.with_settings(timezone="UTC")
    typed = {"starts_at": "2026-12-15T00:00", "zone": "Asia/Tokyo", "minutes": "1440"}
    there.call(schedule, there.add_application(), typed)
    for grid in (there.call(month, 2026, 12), there.call(week, "2026-12-14")):
        days = {day.date: [line.time for line in day.interviews] for w in grid.weeks for day in w}
        assert {day: times for day, times in days.items() if times} == {
            "2026-12-14": ["15:00"], "2026-12-15": ["until 15:00"],
        }  # fmt: skip
    first, second = there.call(week, "2026-12-14").weeks[0][:2]
    own = [day.interviews[0].own_time for day in (first, second)]
    assert own == ["Tue 15 Dec, 00:00 in Tokyo", "Wed 16 Dec, 00:00 in Tokyo"]
    placed = [(block.line.time, block.top, block.height) for block in (*first.blocks, *second.blocks)]
    assert placed == [("15:00", 62.5, 37.5), ("until 15:00", 0, 62.5)]


@pytest.mark.parametrize(("minutes", "after"), [("30", []), ("35", ["until 00:05"])])
def test_an_interview_that_ends_at_midnight_is_not_on_the_next_day(
    alice: Person, minutes: str, after: list[str]
) -> None:
    alice.call(schedule, alice.add_application(), {"starts_at": "2026-11-04T23:30", "minutes": minutes})
    days = alice.call(week, "2026-11-04").weeks[0]
    assert [line.time for line in days[2].interviews] == ["23:30"]
    assert [line.time for line in days[3].interviews] == after


@pytest.mark.parametrize(("minutes", "height"), [("120", 6.25), ("121", 6.319)])
def test_the_second_day_is_drawn_until_the_minute_of_the_end(
    alice: Person, minutes: str, height: float
) -> None:
    alice.call(schedule, alice.add_application(), {"starts_at": "2026-11-04T23:30", "minutes": minutes})
    (block,) = alice.call(week, "2026-11-04").weeks[0][3].blocks  # until 01:30 or 01:31, of 24 hours
    assert (block.line.time[:6], block.top, block.height) == ("until ", 0, height)


def test_a_day_of_23_hours_can_lie_whole_within_one(alice: Person) -> None:
    alice.call(schedule, alice.add_application(), {"starts_at": "2027-03-27T23:30", "minutes": "1440"})
    sunday, monday = alice.call(week, "2027-03-28").weeks[0][6], alice.call(week, "2027-03-29").weeks[0][0]
    assert [line.time for day in (sunday, monday) for line in day.interviews] == ["all day", "until 00:30"]
    assert (sunday.blocks[0].top, sunday.blocks[0].height) == (0, 100)


def test_an_interview_begun_before_the_first_day_shown_reaches_into_it(alice: Person) -> None:
    alice.call(schedule, alice.add_application(), {"starts_at": "2026-11-08T23:00", "minutes": "600"})
    grid = alice.call(week, "2026-11-09")
    assert [line.time for line in grid.weeks[0][0].interviews] == ["until 09:00"]
    assert grid.hours_shown == 21  # from midnight, but not until the midnight of the evening before
    assert [day.date for day in alice.call(week, "2026-11-08").weeks[0] if day.interviews] == ["2026-11-08"]


def test_cancelled_interviews_and_those_of_others_are_not_listed(alice: Person, bob: Person) -> None:
    typed = {"starts_at": "2026-11-08T23:00", "minutes": "600"}
    bob.call(schedule, bob.add_application(), typed)
    alice.call(cancel, alice.call(schedule, alice.add_application(), typed))
    assert not any(day.interviews for day in alice.call(week, "2026-11-09").weeks[0])
