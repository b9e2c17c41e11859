"""Limits of interviews: years, lengths, rounds and how long one counts as ahead."""

from datetime import timedelta

import pytest

from tests.support.due_actions import Clock
from tests.support.people import Person
from tracker.errors import NotFound
from tracker.services.field_parsers import InvalidField
from tracker.services.interviews.calendar import month, week
from tracker.services.interviews.interview_fields import PARSERS
from tracker.services.interviews.interview_items import duration, place_of
from tracker.services.interviews.interview_lists import agenda, upcoming
from tracker.services.interviews.scheduling import schedule


@pytest.mark.parametrize(("year", "number"), [(1990, 1), (2100, 12), (2026, 1), (2026, 12)])
def test_months_from_1990_to_2100_have_a_grid(alice: Person, year: int, number: int) -> None:
    grid = alice.call(month, year, number)
    assert grid.here == f"{year}-{number:02}-01"


@pytest.mark.parametrize(("year", "number"), [(1989, 12), (2101, 1), (2026, 0), (2026, 13)])
def test_other_months_have_none(alice: Person, year: int, number: int) -> None:
    with pytest.raises(NotFound):
        alice.call(month, year, number)


@pytest.mark.parametrize(("day", "is_valid"), [("1989-12-31", False), ("1990-01-01", True), ("2100-12-31", True), ("2101-01-01", False)])  # fmt: skip
def test_weeks_from_1990_to_2100_have_a_grid(alice: Person, day: str, is_valid: bool) -> None:
    if is_valid:
        assert any(cell.date == day for cell in alice.call(week, day).weeks[0])
    else:
        with pytest.raises(NotFound):
            alice.call(week, day)


def test_a_week_over_two_months_shows_all_of_its_days_alike(alice: Person) -> None:
    days = alice.call(week, "2026-12-31").weeks[0]
    assert {day.date[:7] for day in days} == {"2026-12", "2027-01"}
    assert not any(day.is_other_month for day in days)


def test_a_month_leads_to_the_one_before_and_the_one_after(alice: Person) -> None:
    grid = alice.call(month, 2026, 1)
    assert (grid.previous, grid.here, grid.next) == ("2025-12-01", "2026-01-01", "2026-02-01")
    assert (grid.weeks[0][0].date, grid.weeks[-1][-1].date) == ("2025-12-29", "2026-02-01")


def test_a_week_leads_seven_days_back_and_on(alice: Person) -> None:
    grid = alice.call(week, "2026-11-03")
    assert (grid.previous, grid.here, grid.next) == ("2026-10-26", "2026-11-02", "2026-11-09")
    assert grid.title == "Mon 2 Nov – Sun 8 Nov 2026"
    assert alice.call(week, "2026-12-31").title == "Mon 28 Dec 2026 – Sun 3 Jan 2027"


@pytest.mark.parametrize(("field", "low", "high"), [("minutes", 5, 1440), ("round", 1, 50)])
def test_a_number_lies_within_its_limits(field: str, low: int, high: int) -> None:
    assert (PARSERS[field](str(low)), PARSERS[field](str(high))) == (low, high)
    for number in (low - 1, high + 1):
        with pytest.raises(InvalidField):
            PARSERS[field](str(number))


@pytest.mark.parametrize(
    ("field", "longest"),
    [("place", 2000), ("interviewers", 1000), ("preparation", 100_000), ("debrief", 100_000)],
)
def test_a_text_has_its_longest_length(field: str, longest: int) -> None:
    assert len(PARSERS[field]("x" * longest)) == longest
    with pytest.raises(InvalidField):
        PARSERS[field]("x" * (longest + 1))


@pytest.mark.parametrize("field", ["preparation", "debrief"])
def test_notes_keep_their_lines(field: str) -> None:
    assert PARSERS[field]("One\n\nTwo") == "One\n\nTwo"


@pytest.mark.parametrize(
    ("minutes", "words"), [(5, "5 min"), (59, "59 min"), (60, "1 h"), (90, "1 h 30 min"), (1440, "24 h")]
)
def test_a_length_is_in_hours_and_minutes(minutes: int, words: str) -> None:
    assert duration(minutes) == words


@pytest.mark.parametrize(
    ("zone", "place"),
    [("UTC", "UTC"), ("Europe/Berlin", "Berlin"), ("America/Argentina/Buenos_Aires", "Buenos Aires")],
)
def test_a_zone_is_called_by_its_city(zone: str, place: str) -> None:
    assert place_of(zone) == place


@pytest.mark.parametrize(("year", "is_valid"), [(1989, False), (1990, True), (2100, True), (2101, False)])
def test_a_time_lies_between_1990_and_2100(year: int, is_valid: bool) -> None:
    typed = f"{year}-06-01T09:00"
    if is_valid:
        assert PARSERS["starts_at"](typed).year == year
    else:
        with pytest.raises(InvalidField, match="Enter a year from 1990 to 2100"):
            PARSERS["starts_at"](typed)


@pytest.mark.parametrize("minutes", [60, 1440])
def test_an_interview_is_ahead_until_the_minute_it_ends(alice: Person, clock: Clock, minutes: int) -> None:
    typed = {"starts_at": "2026-11-04T09:00", "kind": "coding", "minutes": str(minutes)}
    alice.call(schedule, alice.add_application(), typed)
    clock.move_to("2026-11-04T08:00:00+00:00")
    clock.shift(timedelta(minutes=minutes - 1))
    assert len(alice.call(upcoming)) == 1
    clock.shift(timedelta(minutes=1))
    assert alice.call(agenda) == []
