"""What is due, in one statement: every rule's finds but what was set aside, the first ten of each stretch of time."""

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select, text
from sqlalchemy.engine import RowMapping

from tracker.db import Scope
from tracker.models import (
    Application,
    ApplicationContact,
    Contact,
    Interview,
    Priority,
    SetAside,
    WishList,
    applications,
    contacts,
    interviews,
    links,
    priorities,
    set_aside,
    wishes,
)
from tracker.services.actions.rules import AHEAD, LATE, NOW, TIDY, all_rules, best_saved
from tracker.services.actions.wording import worded
from tracker.services.applications.moving import number_of_follow_ups
from tracker.shapes.actions import ActionGroup
from tracker.shapes.dates import week_of
from tracker.shapes.words import ActionKind

SHOWN = 10
GROUPS = (
    (LATE, "late", "Late", "/applications?due=late&sort=deadline"),
    (NOW, "today", "Today", "/applications?due=today&sort=deadline"),
    (AHEAD, "ahead", "Coming up", "/applications?due=week&sort=deadline"),
    (TIDY, "tidy", "Worth tidying up", "/applications?stage=applied&sort=applied&order=asc"),
)


def groups(scope: Scope, sent: int) -> list[ActionGroup]:
    """What to do, the late first: at most ten of each stretch of time, and how many there are.

    `sent` is how many applications went out this week.
    """
    rows = scope.rows(_shown(scope, _found(scope, sent)))
    return [
        _group(scope, [row for row in rows if row["bucket"] == bucket], name, label, more)
        for bucket, name, label, more in GROUPS
    ]


def number(scope: Scope) -> int:
    """How many things are due by today: what the shell's badge says."""
    found = _found(scope, sent_this_week(scope))
    return int(scope.session.execute(select(func.count()).where(found.c.bucket <= NOW)).scalar_one())


def is_behind(scope: Scope, sent: int) -> bool:
    """Whether the week's goal is further away than its days allow for."""
    begins = week_of(scope.today, scope.who.week_start)
    passed = (scope.today - begins).days + 1
    return sent * 7 < scope.who.weekly_goal * passed


def sent_this_week(scope: Scope) -> int:
    """How many applications the person has sent since the week began."""
    a, begins = applications, week_of(scope.today, scope.who.week_start)
    query = select(func.count()).where(
        a.user_id == scope.user_id,
        a.deleted_at.is_(None),
        a.applied_sort >= begins,
        a.applied_sort < begins + timedelta(weeks=1),
    )
    return int(scope.session.execute(query).scalar_one())


def _found(scope: Scope, sent: int) -> Any:
    first, *others = all_rules(scope)
    if is_behind(scope, sent):
        week = f"week {week_of(scope.today, scope.who.week_start).isoformat()}"
        others.append(best_saved(scope, week))
    asked = first.union_all(*others).subquery()
    aside = and_(
        set_aside.user_id == scope.user_id,
        set_aside.application_id == asked.c.application_id,
        set_aside.kind == asked.c.kind,
        set_aside.about == asked.c.about,
        or_(set_aside.until.is_(None), set_aside.until > scope.today),
    )
    return select(asked).where(~select(SetAside).where(aside).exists()).subquery()


def _shown(scope: Scope, found: Any) -> Any:
    order = (found.c.day, found.c.rank, found.c.application_id, found.c.interview_id)
    ranked = select(
        found,
        func.count().over(partition_by=found.c.bucket).label("of_all"),
        func.row_number().over(partition_by=found.c.bucket, order_by=order).label("place"),
    ).subquery()
    a, i = applications, interviews
    mail = (
        select(func.jsonb_build_array(contacts.name, contacts.email))
        .select_from(Contact)
        .join(ApplicationContact, (links.user_id == contacts.user_id) & (links.contact_id == contacts.id))
        .where(links.user_id == scope.user_id, links.application_id == a.id, contacts.email != "")
        .order_by(contacts.touched_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    wished = (
        select(func.to_jsonb(text("wishes"))).select_from(WishList).where(wishes.user_id == scope.user_id)
    )
    return (
        select(
            ranked, a.company, a.role, a.stage, a.applied_on, a.stage_since,
            i.kind.label("interview_kind"), i.starts_at, (i.preparation != "").label("has_preparation"),
            number_of_follow_ups(scope, a.id, a.stage_since).label("follow_ups"), mail.label("mail"),
            priorities.score, case((ranked.c.kind == ActionKind.COMPLETE, wished.scalar_subquery())).label("wishes"),
        )
        .join(Application, (a.user_id == scope.user_id) & (a.id == ranked.c.application_id))
        .outerjoin(Priority, (priorities.user_id == scope.user_id) & (priorities.application_id == a.id))
        .outerjoin(Interview, (i.user_id == scope.user_id) & (i.id == ranked.c.interview_id))
        .where(ranked.c.place <= SHOWN)
        .order_by(ranked.c.bucket, ranked.c.place)
    )  # fmt: skip


def _group(scope: Scope, rows: list[RowMapping], name: str, label: str, more: str) -> ActionGroup:
    count = rows[0]["of_all"] if rows else 0
    first = [worded(scope, ActionKind(row["kind"]), row) for row in rows]
    return ActionGroup(name, label, count, first, more if count > len(rows) else "")
