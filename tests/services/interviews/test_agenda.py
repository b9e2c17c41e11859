"""Agenda, past interviews and calendar, in any time zone."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.clock import NOW
from tests.support.people import Person
from tests.support.statements import statements
from tracker.errors import NotFound
from tracker.services.applications.deletion import remove
from tracker.services.interviews import calendar_layout
from tracker.services.interviews.calendar import month, week
from tracker.services.interviews.interview_lists import agenda, of_application, past
from tracker.services.interviews.scheduling import schedule
from tracker.services.interviews.state_changes import cancel, debrief, mark_done
from tracker.shapes.interviews import InterviewItem
from tracker.state.interviews import _grid


def at(person: Person, starts: str, zone: str = "Europe/Berlin", application: str = "") -> str:
    typed = {"kind": "coding", "starts_at": starts, "zone": zone}
    return person.call(schedule, application or person.add_application(), typed)


def test_the_agenda_lists_days_and_includes_an_interview_in_progress(alice: Person) -> None:
    row_id = alice.add_application()
    for starts in ("2026-11-03T10:30", "2026-11-03T16:00", "2026-11-04T09:00", "2027-12-01T09:00"):
        at(alice, starts, application=row_id)
    at(alice, "2026-11-03T09:00", application=row_id)
    with statements() as sent:
        days = alice.call(agenda)
    assert len(sent) == 1
    assert [(day.label, len(day.interviews)) for day in days] == [
        ("Today", 2), ("Tomorrow", 1), ("Wed 1 Dec 2027", 1),
    ]  # fmt: skip
    assert (days[0].is_today, days[0].interviews[0].is_now, days[0].interviews[1].is_now) == (
        True,
        True,
        False,
    )


def test_days_are_the_users_and_the_interviews_local_time_is_shown_too(alice: Person) -> None:
    at(alice, "2026-11-03T19:30", "America/Los_Angeles")
    line = alice.call(agenda)[0].interviews[0]
    assert (line.when, line.ends, line.own_time) == (
        "Tomorrow, 04:30",
        "05:30",
        "Tue 3 Nov, 19:30 in Los Angeles",
    )
    line = alice.with_settings(timezone="America/Tijuana").call(agenda)[0].interviews[0]
    assert (line.when, line.own_time) == ("Today, 19:30", "")


def test_an_interview_that_ends_on_another_day_shows_that_day(alice: Person) -> None:
    alice.call(schedule, alice.add_application(), {"starts_at": "2026-11-05T23:30", "minutes": "90"})
    assert alice.call(agenda)[0].interviews[0].ends == "Fri 6 Nov, 01:00"


def test_cancelled_and_deleted_interviews_are_not_on_the_agenda(alice: Person) -> None:
    row_id = alice.add_application()
    alice.call(cancel, at(alice, "2026-11-05T09:00"))
    at(alice, "2026-11-05T09:00", application=row_id)
    alice.call(remove, [row_id])
    assert alice.call(agenda) == []


def test_interviews_that_need_a_debrief_come_first_then_the_latest(alice: Person) -> None:
    row_id = alice.add_application()
    old = at(alice, "2026-09-01T09:00", application=row_id)
    written = at(alice, "2026-11-02T09:00", application=row_id)
    called_off = at(alice, "2026-11-20T09:00", application=row_id)
    over = at(alice, "2026-11-01T09:00", application=row_id)
    alice.call(mark_done, old)
    alice.call(debrief, written, "well")
    alice.call(cancel, called_off)
    lines = alice.call(past).interviews
    assert [line.id for line in lines] == [over, old, called_off, written]
    assert [line.needs_debrief for line in lines] == [True, True, False, False]


def test_the_past_is_paged_and_shows_each_once(alice: Person) -> None:
    row_id = alice.add_application()
    with alice.scope() as scope:
        from tracker.models import Interview

        for number in range(137):
            scope.session.add(
                Interview(
                    user_id=alice.user.user_id, application_id=row_id, kind="coding", zone="UTC",
                    state=("done", "scheduled", "cancelled")[number % 3], debrief="x" * (number % 2),
                    starts_at=(at := NOW - timedelta(days=1 + number // 9)), wall_time=at.replace(tzinfo=None),
                )
            )  # fmt: skip
        scope.session.flush()
    seen, after, flags = [], "", []
    while True:
        part = alice.call(past, after)
        seen += [line.id for line in part.interviews]
        flags += [line.needs_debrief for line in part.interviews]
        after = part.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == 137
    assert flags == sorted(flags, reverse=True)


@pytest.mark.parametrize("after", ["x", "e30=", "W10=", "WzEsMiwzXQ=="])
def test_a_past_page_that_never_was_is_not_found(alice: Person, after: str) -> None:
    with pytest.raises(NotFound):
        alice.call(past, after)


def test_a_month_is_whole_weeks_with_each_interview_on_its_day(alice: Person) -> None:
    at(alice, "2026-11-30T23:30")
    at(alice, "2026-11-05T09:00")
    with statements() as sent:
        grid = alice.call(month, 2026, 11)
    assert len(sent) == 1
    assert (grid.title, grid.previous, grid.next) == ("November 2026", "2026-10-01", "2026-12-01")
    assert grid.weekdays == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    days = [day for week_ in grid.weeks for day in week_]
    assert (days[0].date, days[-1].date, len(grid.weeks)) == ("2026-10-26", "2026-12-06", 6)
    assert [day.date for day in days if day.interviews] == ["2026-11-05", "2026-11-30", "2026-12-01"]
    assert [day.date for day in days if day.is_today] == ["2026-11-03"]
    assert {day.date[:7] for day in days if day.is_other_month} == {"2026-10", "2026-12"}
    east = alice.with_settings(timezone="Asia/Tokyo").call(month, 2026, 11)
    assert [day.date for w in east.weeks for day in w if day.interviews] == ["2026-11-05", "2026-12-01"]


@pytest.mark.parametrize(("start", "first"), [(1, "2026-11-02"), (7, "2026-11-01"), (6, "2026-10-31")])
def test_a_week_begins_where_the_person_begins_it(alice: Person, start: int, first: str) -> None:
    grid = alice.with_settings(week_start=start).call(week)
    assert (grid.weeks[0][0].date, len(grid.weeks), len(grid.weeks[0])) == (first, 1, 7)
    assert alice.with_settings(week_start=start).call(week, grid.next).previous == first


def test_invalid_months_and_weeks_are_not_found(alice: Person) -> None:
    for year, number in ((2026, 13), (2026, 0), (1, 1), (9999, 12)):
        with pytest.raises(NotFound):
            alice.call(month, year, number)
    for day in ("nonsense", "0001-01-01", "9999-12-31", "2026-13-01"):
        with pytest.raises(NotFound):
            alice.call(week, day)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2101-01-01", "1989-12-31", "abc"])
def test_an_address_with_a_day_that_has_no_grid_shows_todays(alice: Person, day: str) -> None:
    assert alice.call(_grid, "month", day) == alice.call(month, 2026, 11)
    assert alice.call(_grid, "week", day) == alice.call(week)


def test_a_week_has_an_axis_of_hours_and_a_line_for_now(alice: Person) -> None:
    grid = alice.call(week)
    assert (grid.hours_shown, grid.hours[0].label, grid.hours[-1].label) == (14, "08:00", "20:00")
    assert grid.now == pytest.approx((11 - 7) / 14 * 100, abs=0.01)
    at(alice, "2026-11-05T05:30")
    at(alice, "2026-11-06T23:00")
    wide = alice.call(week)
    assert (wide.hours_shown, wide.hours[0].label) == (19, "06:00")
    assert alice.call(month, 2026, 11).hours == []


def test_interviews_lie_where_their_time_is_and_share_the_width_where_they_overlap(alice: Person) -> None:
    row_id = alice.add_application()
    for starts in ("09:00", "09:30", "10:00", "12:00"):
        at(alice, f"2026-11-05T{starts}", application=row_id)
    (day,) = (day for day in alice.call(week).weeks[0] if day.blocks)
    placed = [(block.line.time, block.left, block.width) for block in day.blocks]
    assert placed == [("09:00", 0, 50), ("09:30", 50, 50), ("10:00", 0, 50), ("12:00", 0, 100)]
    first = day.blocks[0]
    assert (first.top, first.height) == (
        pytest.approx(2 / 14 * 100, abs=0.01),
        pytest.approx(100 / 14, abs=0.01),
    )


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 1439), st.integers(5, 1440)), max_size=12))
def test_no_two_blocks_cover_one_another_and_none_leaves_its_day(times: list[tuple[int, int]]) -> None:
    blank: dict[str, Any] = dict.fromkeys((block.name for block in fields(InterviewItem)), "")
    lines = [InterviewItem(**blank | {"id": str(n)}) for n in range(len(times))]
    spans = [calendar_layout.Span(line, *block) for line, block in zip(lines, times, strict=True)]
    placed = calendar_layout.blocks(spans, calendar_layout.window(spans))
    assert len(placed) == len(times)
    for block in placed:
        assert block.top >= 0
        assert block.left + block.width <= 100.1
        assert block.top + block.height <= 100.1
    for block, other in combinations(placed, 2):
        beside = block.left + block.width <= other.left + 0.1 or other.left + other.width <= block.left + 0.1
        apart = block.top + block.height <= other.top + 0.1 or other.top + other.height <= block.top + 0.1
        assert beside or apart


ZONES = ["Pacific/Pago_Pago", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Kiritimati",
         "Africa/Cairo", "America/Santiago", "Australia/Lord_Howe"]  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zone=st.sampled_from(ZONES), minutes=st.integers(0, 365 * 24 * 60), length=st.integers(5, 1440),
    start=st.sampled_from([1, 6, 7]),
)  # fmt: skip
def test_each_interview_is_on_the_days_of_the_calendar_that_its_clock_shows(
    alice: Person, zone: str, minutes: int, length: int, start: int
) -> None:
    instant = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    there = alice.with_settings(timezone=zone, week_start=start)
    row_id = there.add_application()
    typed = {"starts_at": f"{instant:%Y-%m-%dT%H:%M}", "zone": "UTC", "minutes": str(length)}
    there.call(schedule, row_id, typed)
    clock = [(instant + timedelta(minutes=n)).astimezone(ZoneInfo(zone)).date() for n in range(length)]
    for local in (clock[0], clock[-1]):
        for grid in (there.call(month, local.year, local.month), there.call(week, local.isoformat())):
            days = [day for week_ in grid.weeks for day in week_]
            dates = [date.fromisoformat(day.date) for day in days]
            mine = [day.date for day in days for line in day.interviews if line.application_id == row_id]
            assert mine == [day.isoformat() for day in dates if day in clock]
            assert dates == [dates[0] + timedelta(days=number) for number in range(len(dates))]
            assert dates[0].isoweekday() == start


@pytest.mark.parametrize(
    ("zone", "instant", "today"),
    [
        ("Pacific/Pago_Pago", "2026-11-03T10:59+00:00", "2026-11-02"),
        ("Pacific/Pago_Pago", "2026-11-03T11:00+00:00", "2026-11-03"),
        ("Pacific/Kiritimati", "2026-11-03T09:59+00:00", "2026-11-03"),
        ("Pacific/Kiritimati", "2026-11-03T10:00+00:00", "2026-11-04"),
        ("Europe/Berlin", "2026-03-28T23:00+00:00", "2026-03-29"),
        ("Europe/Berlin", "2026-10-25T22:59+00:00", "2026-10-25"),
        ("America/Santiago", "2026-09-06T03:59+00:00", "2026-09-05"),
        ("America/Santiago", "2026-09-06T04:00+00:00", "2026-09-06"),
    ],
)
def test_today_is_the_users_day_to_the_minute(alice: Person, zone: str, instant: str, today: str) -> None:
    with time_machine.travel(datetime.fromisoformat(instant), tick=False):
        grid = alice.with_settings(timezone=zone).call(week)
    assert [day.date for day in grid.weeks[0] if day.is_today] == [today]


def test_the_interviews_of_an_application_are_in_the_order_of_time(alice: Person, bob: Person) -> None:
    row_id = alice.add_application()
    later, sooner = (
        at(alice, "2026-11-06T09:00", application=row_id),
        at(alice, "2026-11-05T09:00", application=row_id),
    )
    assert [line.id for line in alice.call(of_application, row_id)] == [sooner, later]
    for row in (bob.add_application(), "nonsense"):
        with pytest.raises(NotFound):
            alice.call(of_application, row)
