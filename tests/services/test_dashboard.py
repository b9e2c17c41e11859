"""Dashboard."""

from datetime import date, timedelta

import pytest
import time_machine

from tests.support.clock import NOW
from tests.support.people import Person
from tests.support.statements import statements
from tracker.services.applications.deletion import remove
from tracker.services.applications.stage_moves import move
from tracker.services.dashboard import today
from tracker.services.figures.rates import rate
from tracker.services.interviews.scheduling import schedule


def test_a_user_without_data_sees_an_empty_state(charlie: Person, alice: Person) -> None:
    alice.add_application()
    seen = charlie.call(today)
    assert seen.is_empty
    assert (seen.first, seen.has_actions, seen.interviews, seen.recent) == (None, False, [], [])
    assert (seen.response.shown, len(seen.weeks), seen.this_week) == ("not enough yet", 12, 0)


def test_the_today_page_takes_at_most_six_statements(alice: Person) -> None:
    alice.call(schedule, alice.add_application(deadline="2026-11-03"), {"starts_at": "2026-11-03T18:00"})
    with statements() as sent:
        alice.call(today)
    assert len(sent) <= 6


def test_the_next_five_interviews_are_shown(alice: Person) -> None:
    row_id = alice.add_application()
    for day in range(10, 17):
        alice.call(schedule, row_id, {"starts_at": f"2026-11-{day}T09:00"})
    assert [line.date for line in alice.call(today).interviews] == [f"2026-11-{day}" for day in range(10, 15)]


def test_stages_are_counted_in_their_order(alice: Person) -> None:
    alice.add_application()
    alice.add_application(stage="offer")
    alice.call(remove, [alice.add_application(stage="offer")])
    assert [(stage_count.stage, stage_count.count) for stage_count in alice.call(today).stages] == [
        ("saved", 1), ("applied", 0), ("screening", 0), ("interviewing", 0), ("offer", 1), ("closed", 0),
    ]  # fmt: skip


@pytest.mark.parametrize("start", [1, 6, 7])
def test_applications_per_week_agree_with_counting_them_one_by_one(alice: Person, start: int) -> None:
    there = alice.with_settings(week_start=start, weekly_goal=2)
    days = [date(2026, 11, 3) - timedelta(days=number * 3) for number in range(40)]
    for day in days:
        there.add_application(stage="applied", applied_on=day.isoformat())
    there.set_sent_date(there.add_application(stage="applied"), "2026-11-20")
    seen = there.call(today)
    first = date(2026, 11, 3) - timedelta(days=(date(2026, 11, 3).isoweekday() - start) % 7)
    expected = [
        sum(first - timedelta(weeks=back) <= day < first - timedelta(weeks=back - 1) for day in days)
        for back in range(11, -1, -1)
    ]
    assert [week.count for week in seen.weeks] == expected
    assert [week.is_this_week for week in seen.weeks] == [False] * 11 + [True]
    assert (seen.this_week, seen.goal) == (expected[-1], 2)
    assert all(week.reached_goal == (week.count >= 2) for week in seen.weeks)
    assert max(week.height for week in seen.weeks) == 100


def test_only_an_answer_counts_as_a_response(alice: Person) -> None:
    alice.add_application()
    alice.call(move, [alice.add_application()], "closed", "expired")
    for stage, outcome in (
        ("screening", ""), ("closed", "rejected"), ("closed", "no_response"), ("closed", "withdrawn"), ("applied", ""),
    ):  # fmt: skip
        row_id = alice.add_application(stage="applied")
        alice.call(move, [row_id], stage, outcome)
    seen = alice.call(today).response
    assert (seen.of, seen.n, seen.shown, seen.has_enough) == ("2 of 5", 5, "40 %", True)
    ghosted = alice.add_application(stage="interviewing")
    alice.call(move, [ghosted], "closed", "no_response")
    assert alice.call(today).response.of == "3 of 6"


@pytest.mark.parametrize(
    ("part", "whole", "shown", "span"),
    [
        (0, 0, "not enough yet", ""), (1, 1, "not enough yet", ""), (4, 4, "not enough yet", ""),
        (0, 5, "0 %", "0–43 %"), (5, 5, "100 %", "57–100 %"), (5, 12, "42 %", "19–68 %"), (50, 100, "50 %", "40–60 %"),
    ],
)  # fmt: skip
def test_a_rate_has_its_n_and_its_interval_and_is_silent_under_five(
    part: int, whole: int, shown: str, span: str
) -> None:
    seen = rate(part, whole)
    assert (seen.shown, seen.span, seen.n) == (shown, span, whole)


def test_the_latest_activity_is_listed(alice: Person) -> None:
    alice.call(move, [alice.add_application()], "applied")
    recent = alice.call(today).recent
    assert [(entry.sentence, entry.subject, entry.at) for entry in recent] == [
        ("Moved from Saved to Applied", "Engineer at Linear", "11:00"),
        ("Added to Saved", "Engineer at Linear", "11:00"),
    ]


def test_activity_of_an_earlier_day_names_the_day(alice: Person, clock: time_machine.Traveller) -> None:
    alice.add_application()
    clock.move_to(NOW + timedelta(days=1))
    assert [entry.at for entry in alice.call(today).recent] == ["yesterday"]
