"""The first page of the day, in five statements: what is due, what comes next, and how the search goes."""

from datetime import date, timedelta
from math import sqrt

from sqlalchemy import func, or_, select, text

from tracker.db import Scope
from tracker.models import applications
from tracker.services import timeline
from tracker.services.actions import due
from tracker.services.interviews.listing import upcoming
from tracker.shapes.dashboard import Dashboard, Rate, StageCount, Week
from tracker.shapes.dates import exact_day, week_of
from tracker.shapes.words import RESPONSES, Stage

WEEKS = 12
ENOUGH = 5
"""Below so many applications a rate says nothing."""


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
    applied = or_(a.applied_on.is_not(None), a.furthest != Stage.SAVED)
    answered = or_(a.furthest.not_in([Stage.SAVED, Stage.APPLIED]), a.outcome.in_(RESPONSES))
    query = select(
        a.stage,
        func.count().label("number"),
        func.count().filter(applied).label("applied"),
        func.count().filter(applied & answered).label("answered"),
    ).where(a.user_id == scope.user_id, a.deleted_at.is_(None))
    rows = {row["stage"]: row for row in scope.rows(query.group_by(a.stage))}
    stages = [
        StageCount(stage.value, stage.label, rows[stage]["number"] if stage in rows else 0) for stage in Stage
    ]
    return stages, rate(sum(r["answered"] for r in rows.values()), sum(r["applied"] for r in rows.values()))


def rate(part: int, whole: int) -> Rate:
    """A share with Wilson's 95 % interval, or `not enough yet` when it is of fewer than five."""
    of = f"{part} of {whole}"
    if whole < ENOUGH:
        return Rate("not enough yet", whole, of, "", has_enough=False)
    share, z = part / whole, 1.96
    middle = share + z * z / (2 * whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    low, high = ((middle + side * reach) / (1 + z * z / whole) for side in (-1, 1))
    percent = round(100 * share)
    span = f"{round(100 * max(0.0, low))}–{round(100 * min(1.0, high))} %"
    return Rate(f"{percent} %", whole, of, span, has_enough=True, percent=percent)


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
    return [_week(scope, first + timedelta(weeks=w), sent.get(w, 0), tallest) for w in range(WEEKS)]


def _week(scope: Scope, starts: date, count: int, tallest: int) -> Week:
    locale = scope.who.locale
    last = starts + timedelta(days=6)
    goal = scope.who.weekly_goal
    return Week(
        label=exact_day(starts, locale, year=False).partition(" ")[2],
        exact=f"{exact_day(starts, locale, year=False)} – {exact_day(last, locale)}",
        count=count,
        height=round(100 * count / tallest),
        is_this_week=starts <= scope.today <= last,
        reached_goal=bool(goal) and count >= goal,
    )
