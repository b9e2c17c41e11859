"""Limits of applications: how many at once, how long back, how similar."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.support.due_actions import Clock
from tests.support.people import Person
from tracker.errors import NotFound, TooMany
from tracker.services.applications.creation import possible_duplicates
from tracker.services.applications.stage_moves import follow_up, move


@pytest.mark.parametrize(("seconds", "furthest"), [(600, "applied"), (601, "screening")])
def test_a_move_back_within_ten_minutes_is_a_slip(
    alice: Person, clock: Clock, seconds: int, furthest: str
) -> None:
    row_id = alice.add_application(stage="applied")
    alice.call(move, [row_id], "screening")
    clock.shift(timedelta(seconds=seconds))
    alice.call(move, [row_id], "applied")
    assert alice.row("application", row_id)["furthest"] == furthest


def test_a_slip_restores_the_day_of_applying_and_the_follow_up(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(follow_up_on="2026-12-01")
    before = alice.row("application", row_id)
    alice.call(move, [row_id], "applied")
    clock.shift(timedelta(minutes=1))
    alice.call(move, [row_id], "screening")
    clock.shift(timedelta(minutes=1))
    alice.call(move, [row_id], "saved")
    after = alice.row("application", row_id)
    names = ("stage", "furthest", "applied_on", "follow_up_on", "applied_at", "screening_at")
    assert [after[name] for name in names] == [before[name] for name in names]


@pytest.mark.parametrize(("number", "error"), [(500, NotFound), (501, TooMany)])
def test_five_hundred_applications_are_moved_at_once_and_no_more(
    alice: Person, number: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        alice.call(move, [str(uuid4()) for _ in range(number)], "applied")


def test_three_possible_duplicates_are_shown_the_same_posting_first(alice: Person, clock: Clock) -> None:
    address = "https://example.com/jobs/1"
    alice.add_application("Linear", "Cook", posting_url=address)
    for number in range(4):
        clock.shift(timedelta(minutes=1))
        alice.add_application("Linear", f"Engineer {number}")
    names = [match.name for match in alice.call(possible_duplicates, "Linear", "Engineer", address)]
    assert names == ["Cook at Linear", "Engineer 3 at Linear", "Engineer 2 at Linear"]


def test_only_similar_roles_of_a_company_are_possible_duplicates(alice: Person) -> None:
    for role in ("Senior Backend Engineer", "Cook"):
        alice.add_application("Linear", role)
    alice.add_application("Other", "Backend Engineer")
    matches = alice.call(possible_duplicates, "Linear", "Backend Engineer", "")
    assert [match.name for match in matches] == ["Senior Backend Engineer at Linear"]
    assert matches[0].standing == "Saved, added today"


@pytest.mark.parametrize(
    ("stage", "days"), [("saved", [7, None]), ("applied", [7, None]), ("screening", [3, None])]
)
def test_a_logged_follow_up_asks_for_the_next_until_there_were_two(
    alice: Person, stage: str, days: list[int | None]
) -> None:
    row_id = alice.add_application(stage=stage)
    seen = []
    for _ in days:
        alice.call(follow_up, row_id)
        on = alice.row("application", row_id)["follow_up_on"]
        with alice.scope() as scope:
            seen.append((on - scope.today).days if on else None)
    assert seen == days
