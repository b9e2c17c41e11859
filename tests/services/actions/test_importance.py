"""The importance of each kind of action, by the days until it is due or since it was."""

from datetime import timedelta

import pytest
from sqlalchemy import Text, literal, select

from tests.support.people import Person
from tracker.services.actions.importance import importance
from tracker.services.actions.rules import NO_DEADLINE, WEEKLY_GOAL
from tracker.shapes.enumerations import TALKING


def of(person: Person, kind: str, days: int, about: str = "", stage: str = "applied") -> int:
    with person.scope() as scope:
        columns = {"kind": literal(kind, Text), "day": literal(scope.today + timedelta(days=days)), "about": literal(about, Text), "is_talking": literal(stage in TALKING)}  # fmt: skip
        action = select(*[column.label(name) for name, column in columns.items()]).subquery()
        return scope.session.scalar(select(importance(scope, action.c)))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("kind", "by_days"),
    [
        ("decide", {-9: 100, 1: 100, 2: 95, 3: 95, 4: 90}),
        ("prepare", {0: 98, 1: 98, 2: 82, 3: 82, 4: 55}),
        ("apply", {0: 96, 1: 96, 2: 84, 3: 84, 4: 60}),
        ("reschedule", {1: 75, 0: 75, -1: 74, -35: 40, -36: 40}),
        ("thank_you", {1: 40, 0: 70, -1: 65, -5: 45, -6: 45}),
        ("follow_up", {1: 30, 0: 66, -1: 64, -23: 20, -24: 20}),
        ("debrief", {1: 64, 0: 64, -1: 58, -4: 40, -5: 35}),
        ("duplicate", {0: 12, -90: 12}),
        ("close", {0: 10, -90: 10}),
        ("complete", {0: 8, -90: 8}),
    ],
)
def test_importance_falls_with_the_days_an_action_waits(
    alice: Person, kind: str, by_days: dict[int, int]
) -> None:
    assert {days: of(alice, kind, days) for days in by_days} == by_days


@pytest.mark.parametrize("stage", ["screening", "interviewing"])
def test_a_reply_in_talks_matters_more_than_a_first_follow_up(alice: Person, stage: str) -> None:
    by_days = {1: 30, 0: 76, -1: 74, -23: 30, -24: 30}
    assert {days: of(alice, "follow_up", days, stage=stage) for days in by_days} == by_days


def test_an_offer_without_a_deadline_and_the_weekly_goal_have_one_importance_each(alice: Person) -> None:
    assert {of(alice, "decide", days, NO_DEADLINE) for days in (-9, 0, 9)} == {90}
    assert {of(alice, "apply", days, WEEKLY_GOAL) for days in (-9, 0, 9)} == {45}
