"""The instant and the day at which each rule begins or ends to apply."""

from datetime import timedelta

import pytest

from tests.support.clock import NOW
from tests.support.due_actions import Clock, due_actions, travel_to
from tests.support.people import Person
from tracker.services.actions import action_list
from tracker.services.applications.field_edits import edit
from tracker.services.interviews.scheduling import schedule
from tracker.services.interviews.state_changes import cancel

SECOND = timedelta(seconds=1)
FAR = "2027-01-01"


def kinds(person: Person, sent: int = 99) -> set[str]:
    return {kind for actions in due_actions(person, sent).values() for kind, _ in actions}


@pytest.mark.parametrize(
    ("follow_up_on", "deadline", "is_listed"),
    [
        ("2026-11-08", "", True),  # Sunday, the last day of the week
        ("2026-11-09", "", False),
        ("2026-11-05", "2026-11-07", True),  # due on the day after the deadline
        ("2026-11-05", "2026-11-08", False),
    ],
)
def test_follow_ups_are_listed_to_the_end_of_the_week(
    alice: Person, follow_up_on: str, deadline: str, is_listed: bool
) -> None:
    alice.add_application(stage="applied", follow_up_on=follow_up_on, deadline=deadline)
    assert due_actions(alice) == ({"ahead": [("follow_up", "Linear")]} if is_listed else {})


def test_a_follow_up_waits_three_days_after_an_interview_was_cancelled(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="screening", follow_up_on="2026-11-03")
    alice.call(cancel, alice.call(schedule, row_id, {"starts_at": "2026-11-20T09:00"}))
    clock.move_to(NOW + timedelta(days=3) - SECOND)
    assert kinds(alice) == {"reschedule"}
    clock.move_to(NOW + timedelta(days=3))
    assert kinds(alice) == {"reschedule", "follow_up"}


def test_talks_count_as_ended_thirty_days_after_they_began(alice: Person, clock: Clock) -> None:
    alice.add_application(stage="screening")
    alice.rows("UPDATE application SET follow_up_on = NULL RETURNING id")
    clock.move_to(NOW + timedelta(days=30) - SECOND)
    assert kinds(alice) == set()
    clock.move_to(NOW + timedelta(days=30))
    assert kinds(alice) == {"close"}


def test_talks_count_as_ended_thirty_days_after_their_last_interview(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="screening")
    alice.rows("UPDATE application SET follow_up_on = NULL RETURNING id")
    alice.call(schedule, row_id, {"kind": "recruiter_screen", "starts_at": "2026-11-05T11:00"})
    began = NOW + timedelta(days=2)
    clock.move_to(began + timedelta(days=30) - SECOND)
    assert "close" not in kinds(alice)
    clock.move_to(began + timedelta(days=30))
    assert "close" in kinds(alice)


def test_an_application_stays_a_recent_duplicate_for_thirty_days_after_it_was_added(
    alice: Person, clock: Clock
) -> None:
    for company in ("First", "Second"):
        row_id = alice.add_application(company, posting_url="https://example.com/jobs/1", deadline=FAR)
    clock.shift(timedelta(days=1))
    alice.call(edit, row_id, "location", "Bonn", "")
    clock.move_to(NOW + timedelta(days=30) - SECOND)
    assert kinds(alice) == {"duplicate"}
    clock.move_to(NOW + timedelta(days=30))
    assert kinds(alice) == set()


def test_of_applications_added_at_once_all_but_the_first_are_duplicates(alice: Person) -> None:
    ids = [
        alice.add_application(f"Company {number}", posting_url="https://example.com/jobs/1", deadline=FAR)
        for number in range(3)
    ]
    items = [item for group in alice.call(action_list.groups, 99) for item in group.first]
    duplicates = {item.application_id: item.about for item in items if item.kind == "duplicate"}
    assert duplicates == {ids[1]: ids[0], ids[2]: ids[0]}


def test_a_thank_you_is_suggested_from_the_end_of_the_interview(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(stage="interviewing", follow_up_on=FAR)
    alice.call(schedule, row_id, {"kind": "coding", "starts_at": "2026-11-04T11:00", "minutes": "60"})
    ends = NOW + timedelta(days=1, hours=1)
    clock.move_to(ends - SECOND)
    assert kinds(alice) == set()
    clock.move_to(ends)
    assert due_actions(alice) == {"today": [("debrief", "Linear")], "ahead": [("thank_you", "Linear")]}


def test_the_weekly_goal_suggests_nothing_that_its_deadline_asks_for(alice: Person) -> None:
    alice.add_application("This week", deadline="2026-11-08", excitement="3")
    alice.add_application("Next week", deadline="2026-11-09", excitement="3")
    assert due_actions(alice, 0) == {"ahead": [("apply", "This week")], "today": [("apply", "Next week")]}


@pytest.mark.parametrize(
    ("sent", "is_behind"),
    [(1, True), (2, False)],  # On Tuesday, 2 of 7 days have passed: 2 of 7 applications are on time.
)
def test_a_week_is_behind_its_goal_by_the_days_that_have_passed(
    alice: Person, clock: Clock, sent: int, is_behind: bool
) -> None:
    there = alice.with_settings(weekly_goal=7)
    there.add_application(excitement="3")
    assert ("apply" in kinds(there, sent)) == is_behind
    travel_to(clock, "2026-11-08")  # Sunday
    assert "apply" in kinds(there, 6)
    assert "apply" not in kinds(there, 7)


def test_an_application_without_a_score_ranks_in_the_middle(alice: Person) -> None:
    for name in ("Below", "At", "None", "Above"):
        row_id = alice.add_application(name, deadline="2026-11-03", excitement="3")
        score = {"Below": 49, "At": 50, "Above": 51}.get(name)
        if score:
            alice.rows("UPDATE priority SET score = :score WHERE application_id = :id RETURNING 1", id=row_id, score=score)  # fmt: skip
        else:
            alice.rows("DELETE FROM priority WHERE application_id = :id RETURNING 1", id=row_id)
    ahead, others = alice.call(action_list.groups, 99)
    assert [item.company for item in (*ahead.first, *others.first)] == ["Above", "At", "None", "Below"]
