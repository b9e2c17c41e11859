"""The first and last days of each rule of the next actions."""

from datetime import timedelta

import pytest
import time_machine

from tests.support.clock import NOW
from tests.support.due_actions import Clock, due_actions, travel_to
from tests.support.people import Person
from tracker.services.applications.stage_moves import move
from tracker.services.interviews.scheduling import schedule
from tracker.services.interviews.state_changes import cancel


def kinds(person: Person) -> set[str]:
    return {kind for actions in due_actions(person).values() for kind, _ in actions}


@pytest.mark.parametrize(
    ("today", "last_day", "too_late"),
    [("2026-11-03", "2026-11-08", "2026-11-09"), ("2026-11-07", "2026-11-10", "2026-11-11")],
)
@pytest.mark.parametrize(("stage", "kind"), [("saved", "apply"), ("offer", "decide")])
def test_deadlines_are_listed_to_the_end_of_the_week_and_at_least_three_days_ahead(
    alice: Person, clock: Clock, today: str, last_day: str, too_late: str, stage: str, kind: str
) -> None:
    travel_to(clock, today)
    alice.add_application(stage=stage, deadline=too_late)
    assert due_actions(alice) == {}
    alice.add_application(stage=stage, deadline=last_day)
    assert due_actions(alice) == {"ahead": [(kind, "Linear")]}


@pytest.mark.parametrize(
    ("deadline", "actions"),
    [
        ("2026-11-02", {"tidy": [("close", "Linear")]}),
        ("2026-11-03", {"today": [("apply", "Linear")]}),
        ("2026-11-04", {"ahead": [("apply", "Linear")]}),
    ],
)
def test_a_deadline_of_today_has_not_passed(
    alice: Person, deadline: str, actions: dict[str, list[tuple[str, str]]]
) -> None:
    alice.add_application(deadline=deadline)
    assert due_actions(alice) == actions


@pytest.mark.parametrize(("days", "is_listed"), [(29, True), (30, False)])
def test_a_duplicate_is_listed_for_thirty_days(
    alice: Person, clock: Clock, days: int, is_listed: bool
) -> None:
    for company in ("First", "Second"):
        alice.add_application(company, posting_url="https://example.com/jobs/1", deadline="2027-11-04")
        clock.shift(timedelta(minutes=1))
    clock.shift(timedelta(days=days))
    assert ("duplicate" in kinds(alice)) == is_listed


def test_a_follow_up_waits_while_an_interview_was_just_held(alice: Person, clock: Clock) -> None:
    again = alice.user.cadence.reply_again
    row_id = alice.add_application(stage="interviewing", follow_up_on="2026-11-05")
    alice.call(schedule, row_id, {"starts_at": "2026-11-04T09:00", "kind": "technical"})
    began = NOW.replace(day=4, hour=8, minute=0)
    clock.move_to(began + timedelta(days=again) - timedelta(minutes=1))
    assert "follow_up" not in kinds(alice)
    clock.move_to(began + timedelta(days=again))
    assert "follow_up" in kinds(alice)


def test_a_follow_up_waits_for_the_deadline_to_pass(alice: Person, clock: Clock) -> None:
    alice.add_application(
        stage="applied", applied_on="2026-11-01", deadline="2026-11-05", follow_up_on="2026-11-05"
    )
    travel_to(clock, "2026-11-05")
    assert due_actions(alice) == {"ahead": [("follow_up", "Linear")]}
    travel_to(clock, "2026-11-06")
    assert due_actions(alice) == {"today": [("follow_up", "Linear")]}


def test_a_follow_up_after_the_deadline_is_due_on_its_day(alice: Person, clock: Clock) -> None:
    alice.add_application(
        stage="applied", applied_on="2026-11-01", deadline="2026-11-04", follow_up_on="2026-11-05"
    )
    travel_to(clock, "2026-11-05")
    assert due_actions(alice) == {"today": [("follow_up", "Linear")]}


@pytest.mark.parametrize(("days", "is_listed"), [(29, False), (30, True)])
def test_an_application_without_an_answer_is_closed_from_the_thirtieth_day(
    alice: Person, days: int, is_listed: bool
) -> None:
    sent = (NOW - timedelta(days=days)).date().isoformat()
    alice.add_application(stage="applied", applied_on=sent)
    alice.rows("UPDATE application SET follow_up_on = NULL RETURNING id")
    assert ("close" in kinds(alice)) == is_listed


@pytest.mark.parametrize(("minutes", "is_listed"), [(-1, True), (0, False)])
def test_a_thank_you_is_suggested_for_seven_days(
    alice: Person, clock: Clock, minutes: int, is_listed: bool
) -> None:
    row_id = alice.add_application(stage="interviewing", follow_up_on="2027-01-01")
    alice.call(schedule, row_id, {"starts_at": "2026-11-04T09:00", "kind": "technical"})
    clock.move_to(NOW.replace(day=11, hour=8, minute=0) + timedelta(minutes=minutes))
    assert ("thank_you" in kinds(alice)) == is_listed


@pytest.mark.parametrize(("kind", "first_day"), [("take_home", "2026-11-06"), ("technical", "2026-11-18")])
def test_preparation_begins_two_weeks_before_a_take_home_and_by_the_cadence_before_others(
    alice: Person, clock: Clock, kind: str, first_day: str
) -> None:
    row_id = alice.add_application(stage="interviewing", follow_up_on="2027-01-01")
    alice.call(schedule, row_id, {"starts_at": "2026-11-20T09:00", "kind": kind})
    with time_machine.travel(f"{first_day}T10:00:00+00:00", tick=False) as traveller:
        assert "prepare" in kinds(alice)
        traveller.shift(timedelta(days=-1))
        assert "prepare" not in kinds(alice)


@pytest.mark.parametrize(("minutes", "is_listed"), [(-1, True), (0, False)])
def test_a_cancelled_interview_needs_a_new_date_until_talks_count_as_ended(
    alice: Person, clock: Clock, minutes: int, is_listed: bool
) -> None:
    row_id = alice.add_application(stage="interviewing", follow_up_on="2027-01-01")
    alice.call(cancel, alice.call(schedule, row_id, {"starts_at": "2026-11-04T09:00"}))
    close = timedelta(days=alice.user.cadence.close)
    clock.move_to(NOW.replace(day=4, hour=8, minute=0) + close + timedelta(minutes=minutes))
    assert ("reschedule" in kinds(alice)) == is_listed


def test_two_interviews_cancelled_for_the_same_time_need_a_new_date(alice: Person) -> None:
    row_id = alice.add_application(stage="interviewing", follow_up_on="2027-01-01")
    for _ in range(2):
        alice.call(cancel, alice.call(schedule, row_id, {"starts_at": "2026-11-03T09:00"}))
    assert "reschedule" in kinds(alice)


def test_a_week_behind_its_goal_suggests_no_more_than_three(alice: Person) -> None:
    rows = [alice.add_application(f"Company {number}", excitement="3") for number in range(4)]
    assert due_actions(alice, 0).get("today", []).count(("apply", "Company 3")) == 1
    suggested = [kind for kind, _ in due_actions(alice, 0)["today"]]
    assert suggested == ["apply"] * 3
    alice.call(move, rows[:2], "closed", "withdrawn")
    assert [kind for kind, _ in due_actions(alice, 0)["today"]] == ["apply"] * 2


@pytest.mark.parametrize(("score", "is_suggested"), [(25, False), (26, True)])
def test_a_saved_application_is_suggested_above_every_cap(
    alice: Person, score: int, is_suggested: bool
) -> None:
    row_id = alice.add_application(excitement="3")
    alice.rows(
        "UPDATE priority SET score = :score WHERE application_id = :id RETURNING score",
        id=row_id,
        score=score,
    )
    assert ("apply" in kinds_behind(alice)) == is_suggested


def kinds_behind(person: Person) -> set[str]:
    return {kind for actions in due_actions(person, 0).values() for kind, _ in actions}
