"""The first page of the day, in five statements: what is due, what comes next, and how the search goes."""

from datetime import timedelta

from sqlalchemy import func, select, text

from tracker.db import Scope
from tracker.models import applications
from tracker.services import timeline
from tracker.services.actions import due
from tracker.services.figures.facts import is_answered, is_sent
from tracker.services.figures.pace import bar
from tracker.services.figures.rates import rate
from tracker.services.interviews.listing import upcoming
from tracker.shapes.dashboard import Dashboard, Rate, StageCount, Week
from tracker.shapes.dates import week_of
from tracker.shapes.words import Stage

WEEKS = 12


def today(scope: Scope) -> Dashboard:
    """What the person should see first, in their own time zone and week."""
    stages, response = _standing(scope)
    weeks = _weeks(scope)
    goal, done = scope.who.weekly_goal, weeks[-1].count
    actions = due.groups(scope, done)
    return Dashboard(
        is_empty=not any(stage.count for stage in stages),
        actions=actions,
        due=sum(group.count for group in actions if group.name in ("late", "today")),
        has_actions=any(group.count for group in actions),
        interviews=upcoming(scope, 5),
        stages=stages,
        most_in_a_stage=max([1, *(stage.count for stage in stages)]),
        weeks=weeks,
        this_week=done,
        goal=goal,
        goal_label=f"{done} of {goal} this week" if goal else f"{done} this week",
        response=response,
        recent=timeline.recent(scope),
    )


def _standing(scope: Scope) -> tuple[list[StageCount], Rate]:
    """The number in each stage, and how many of those applied for were answered."""
    a = applications
    query = select(
        a.stage,
        func.count().label("number"),
        func.count().filter(is_sent()).label("applied"),
        func.count().filter(is_answered()).label("answered"),
    ).where(a.user_id == scope.user_id, a.deleted_at.is_(None))
    rows = {row["stage"]: row for row in scope.rows(query.group_by(a.stage))}
    stages = [
        StageCount(stage.value, stage.label, rows[stage]["number"] if stage in rows else 0) for stage in Stage
    ]
    return stages, rate(sum(r["answered"] for r in rows.values()), sum(r["applied"] for r in rows.values()))


def _weeks(scope: Scope) -> list[Week]:
    """How many applications went out in each of the last twelve weeks, this one last."""
    a, this = applications, week_of(scope.today, scope.who.week_start)
    first = this - timedelta(weeks=WEEKS - 1)
    number = ((a.applied_sort - first) // 7).label("number")
    query = select(number, func.count().label("sent")).where(
        a.user_id == scope.user_id,
        a.deleted_at.is_(None),
        a.applied_sort >= first,
        a.applied_sort < this + timedelta(weeks=1),
    )
    sent = {row["number"]: row["sent"] for row in scope.rows(query.group_by(text("1")))}
    tallest = max([scope.who.weekly_goal, 1, *sent.values()])
    return [bar(scope, first + timedelta(weeks=w), sent.get(w, 0), tallest) for w in range(WEEKS)]
