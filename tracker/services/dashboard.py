"""The first page of the day, in five statements: what is due, what comes next, and how the search goes."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, Select, cast, func, literal, null, select, text
from sqlalchemy.engine import RowMapping

from tracker.db import Scope
from tracker.models import Application, applications, interviews
from tracker.services import timeline
from tracker.services.applications.cards import mark, tint
from tracker.services.figures.facts import is_answered, is_sent
from tracker.services.figures.pace import bar
from tracker.services.figures.rates import rate
from tracker.services.interviews.lines import needs_debrief
from tracker.services.interviews.listing import upcoming
from tracker.shapes.dashboard import Dashboard, DueGroup, DueItem, Rate, StageCount, Week
from tracker.shapes.dates import days_from, exact_day, week_of
from tracker.shapes.words import WITH_DEADLINE, Stage

SHOWN = 10
WEEKS = 12
KINDS = ("deadline", "follow_up", "debrief")
LABELS = dict(zip(KINDS, ("Deadline", "Follow up", "Write a debrief"), strict=True))


def today(scope: Scope) -> Dashboard:
    """What the person should see first, in their own time zone and week."""
    due = _due(scope)
    stages, response = _standing(scope)
    weeks = _weeks(scope)
    goal, done = scope.who.weekly_goal, weeks[-1].count
    return Dashboard(
        is_empty=not any(stage.count for stage in stages),
        late=_group(scope, due, -1, "late", "Late"),
        today=_group(scope, due, 0, "today", "Today"),
        week=_group(scope, due, 1, "week", "Later this week"),
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


def _due(scope: Scope) -> list[RowMapping]:
    """Whatever falls on a day up to this week's last: at most ten each of late, today and later, and their counts."""
    item = _dated(scope, week_of(scope.today, scope.who.week_start) + timedelta(days=6)).subquery()
    days = item.c.day - scope.today
    bucket = func.sign(days).label("bucket")
    order = (item.c.day, item.c.kind, item.c.application_id, item.c.interview_id)
    ranked = select(
        item,
        bucket,
        func.count().over(partition_by=bucket).label("of_all"),
        func.row_number().over(partition_by=bucket, order_by=order).label("place"),
    ).subquery()
    a = applications
    query = (
        select(ranked, a.company, a.role)
        .join(Application, (a.user_id == scope.user_id) & (a.id == ranked.c.application_id))
        .where(ranked.c.place <= SHOWN)
    )
    return scope.rows(query.order_by(ranked.c.bucket, ranked.c.place))


def _dated(scope: Scope, last: date) -> Any:
    a, i = applications, interviews
    mine = (a.user_id == scope.user_id) & a.deleted_at.is_(None)

    deleted = select(a.id).where(a.user_id == scope.user_id, a.deleted_at.is_not(None))

    def kept(kind: str, day: Any, interview: Any, application: Any = a.id) -> Select[Any]:
        return select(
            literal(KINDS.index(kind)).label("kind"),
            day.label("day"),
            application.label("application_id"),
            cast(interview, i.id.type).label("interview_id"),
        )

    local = cast(func.timezone(str(scope.who.zone), i.starts_at), Date)
    deadlines = kept("deadline", a.deadline, null()).where(
        mine, a.deadline <= last, a.stage.in_(WITH_DEADLINE)
    )
    follow_ups = kept("follow_up", a.follow_up_on, null()).where(
        mine, a.follow_up_on <= last, a.stage != Stage.CLOSED
    )
    debriefs = (
        kept("debrief", local, i.id, i.application_id)
        .where(i.user_id == scope.user_id, i.application_id.not_in(deleted))
        .where(i.starts_at <= scope.now, needs_debrief(scope))
    )
    return deadlines.union_all(follow_ups, debriefs)


def _group(scope: Scope, due: list[RowMapping], bucket: int, name: str, label: str) -> DueGroup:
    rows = [row for row in due if row["bucket"] == bucket]
    count = rows[0]["of_all"] if rows else 0
    return DueGroup(name, label, count, [_item(scope, row) for row in rows], has_more=count > len(rows))


def _item(scope: Scope, row: RowMapping) -> DueItem:
    kind, interview = KINDS[row["kind"]], str(row["interview_id"] or "")
    return DueItem(
        id=f"{kind}-{interview or row['application_id']}",
        kind=kind,
        label=LABELS[kind],
        application_id=str(row["application_id"]),
        interview_id=interview,
        company=row["company"],
        role=row["role"],
        subject=f"{row['role']} at {row['company']}",
        mark=mark(row["company"]),
        tint=tint(row["company"]),
        when=days_from(row["day"], scope.today),
        exact=exact_day(row["day"], scope.who.locale),
        is_late=row["day"] < scope.today,
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
