"""The Today page, in five queries."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select, text

from tracker.db import Scope
from tracker.models import applications
from tracker.services import timeline
from tracker.services.actions import action_list
from tracker.services.figures.fact_columns import is_answered, is_sent
from tracker.services.figures.rates import rate
from tracker.services.figures.weekly import bar
from tracker.services.interviews.interview_lists import upcoming
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.dashboard import Dashboard, Rate, StageCount, Week
from tracker.shapes.dates import week_of
from tracker.shapes.enumerations import ActionKind, Stage

WEEKS = 12
TIDY_KINDS = (ActionKind.CLOSE, ActionKind.DUPLICATE, ActionKind.COMPLETE)
"""Kinds of actions that are never due."""


def today(scope: Scope, whole: str = "") -> Dashboard:
    """Return the Today page in the user's time zone; `whole` names a group of actions to show completely."""
    stages, response = _stages_and_response(scope)
    weeks = _weeks(scope)
    goal, sent = scope.who.weekly_goal, weeks[-1].count
    actions = action_list.groups(scope, sent, whole)
    others = [group for group in actions if group.name != action_list.FIRST]
    tidy = [group for group in others if group.name in TIDY_KINDS]
    return Dashboard(
        is_empty=not any(stage.count for stage in stages),
        first=next((group for group in actions if group.name == action_list.FIRST), None),
        actions=[group for group in others if group.name not in TIDY_KINDS],
        tidy=tidy,
        tidy_count=sum(group.count for group in tidy),
        has_actions=bool(actions),
        interviews=upcoming(scope, 5),
        stages=stages,
        most_in_a_stage=max([1, *(stage.count for stage in stages)]),
        weeks=weeks,
        this_week=sent,
        goal=goal,
        response=response,
        recent=timeline.recent(scope),
    )


def _stages_and_response(scope: Scope) -> tuple[list[StageCount], Rate]:
    """Return the number of applications in each stage, and the response rate."""
    rows = {row["stage"]: row for row in _stage_counts(scope)}
    stages = [
        StageCount(stage.value, stage.label, rows[stage]["number"] if stage in rows else 0) for stage in Stage
    ]
    return stages, rate(sum(r["answered"] for r in rows.values()), sum(r["applied"] for r in rows.values()))


@prepared_query
def _stage_counts(scope: Scope) -> Any:
    a = applications
    query = select(
        a.stage,
        func.count().label("number"),
        func.count().filter(is_sent()).label("applied"),
        func.count().filter(is_answered()).label("answered"),
    )
    return query.where(a.user_id == scope.user_id, a.deleted_at.is_(None)).group_by(a.stage)


def _weeks(scope: Scope) -> list[Week]:
    """Return the applications sent in each of the last twelve weeks, this week last."""
    first = _first_week(scope)
    sent = {row["number"]: row["sent"] for row in _sent_by_week(scope)}
    tallest = max([scope.who.weekly_goal, 1, *sent.values()])
    return [bar(scope, first + timedelta(weeks=w), sent.get(w, 0), tallest) for w in range(WEEKS)]


def _first_week(scope: Scope) -> date:
    return week_of(scope.today, scope.who.week_start) - timedelta(weeks=WEEKS - 1)


@prepared_query
def _sent_by_week(scope: Scope) -> Any:
    a, first = applications, _first_week(scope)
    number = ((a.applied_sort - first) // 7).label("number")
    query = select(number, func.count().label("sent")).where(
        a.user_id == scope.user_id,
        a.deleted_at.is_(None),
        a.applied_sort >= first,
        a.applied_sort < first + timedelta(weeks=WEEKS),
    )
    return query.group_by(text("1"))
