"""The importance of actions, from 0 to 100.

What can't wait comes first, however long the rest has waited: offers, interviews and deadlines of today and tomorrow, then
what a company expects, then follow-ups, which lose importance while they are overdue. The application's score decides among
actions that are equally important.
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, func

from tracker.db import Row, Scope
from tracker.services.actions.rules import NO_DEADLINE, WEEKLY_GOAL
from tracker.shapes.enumerations import ActionKind

IMPORTANT = 60
"""Least importance of an action to do first before its day has come."""
NEAR_DAYS = 3
"""Days within which a date is near."""


def importance(scope: Scope, action: Any) -> ColumnElement[int]:
    """Return an action's importance as SQL; `action` has the columns of a rule."""
    days = action.day - scope.today
    overdue = func.greatest(-days, 0)

    def by_nearness(tomorrow: int, near: int, later: int) -> ColumnElement[int]:
        return case((days <= 1, tomorrow), (days <= NEAR_DAYS, near), else_=later)

    kinds = {
        ActionKind.DECIDE: case((action.about == NO_DEADLINE, 90), else_=by_nearness(100, 95, 90)),
        ActionKind.PREPARE: by_nearness(98, 82, 55),
        ActionKind.APPLY: case((action.about == WEEKLY_GOAL, 45), else_=by_nearness(96, 84, 60)),
        ActionKind.RESCHEDULE: func.greatest(75 - overdue, 40),
        ActionKind.THANK_YOU: case((days > 0, 40), else_=func.greatest(70 - 5 * overdue, 45)),
        ActionKind.FOLLOW_UP: case(
            (days > 0, 30),
            (action.is_talking, func.greatest(76 - 2 * overdue, 30)),
            else_=func.greatest(66 - 2 * overdue, 20),
        ),
        ActionKind.DEBRIEF: func.greatest(64 - 6 * overdue, 35),
        ActionKind.DUPLICATE: 12,
        ActionKind.CLOSE: 10,
    }
    of_kind = case(*[(action.kind == kind.value, value) for kind, value in kinds.items()], else_=8)
    return cast(of_kind, Integer)


def is_scored(action: Any) -> ColumnElement[bool]:
    """Return whether the application's score orders equally important actions of this kind."""
    return action.kind.not_in([ActionKind.CLOSE, ActionKind.DUPLICATE])  # type: ignore[no-any-return]


def tie_breaker(action: Any) -> ColumnElement[int]:
    """Return the score that orders equally important actions; those to close have none."""
    return case((is_scored(action), func.coalesce(action.score, 50)), else_=0)


_REASONS = {
    ActionKind.DECIDE: "an offer is waiting for your answer",
    ActionKind.PREPARE: "an interview is coming up",
    ActionKind.APPLY: "a deadline is near",
    ActionKind.RESCHEDULE: "an interview needs a new date",
    ActionKind.FOLLOW_UP: "a follow-up is due",
    ActionKind.THANK_YOU: "a thank-you counts while it's fresh",
    ActionKind.DEBRIEF: "you still remember the interview",
}


def reasons(rows: list[Row]) -> str:
    """Return a sentence with the reasons why these actions come first."""
    texts = dict.fromkeys(
        "you're behind your weekly goal" if row["about"] == WEEKLY_GOAL else _REASONS[ActionKind(row["kind"])]
        for row in rows
    )
    sentence = ", ".join(texts)
    return f"{sentence[0].upper()}{sentence[1:]}."
