"""What is due, in one statement: every rule's finds but what was set aside, the first ten of each stretch of time."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, case, func, select, text

from tracker.db import Row, Scope
from tracker.models import (
    Application,
    ApplicationContact,
    Contact,
    Interview,
    Priority,
    WishList,
    applications,
    contacts,
    interviews,
    links,
    priorities,
    wishes,
)
from tracker.services.actions.aside import isnt_aside
from tracker.services.actions.rules import (
    AHEAD,
    LATE,
    LONGEST_FIRST,
    NOW,
    TIDY,
    all_rules,
    best_saved,
    rules_by_today,
    silent,
)
from tracker.services.actions.wording import worded
from tracker.services.applications.stage_moves import follow_up_count_query
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.actions import ActionGroup
from tracker.shapes.dates import week_of
from tracker.shapes.words import ActionKind

SHOWN, MOST = 10, 100
GROUPS = {
    LATE: ("late", "Late"),
    NOW: ("today", "Today"),
    AHEAD: ("ahead", "Coming up"),
    TIDY: ("tidy", "Worth tidying up"),
}


def groups(scope: Scope, sent: int, whole: str = "") -> list[ActionGroup]:
    """What to do, the late first: at most ten of each stretch of time, a hundred of the one asked for `whole`, and how many there are.

    `sent` is how many applications went out this week.
    """
    asked = next((bucket for bucket, (name, _) in GROUPS.items() if name == whole), None)
    rows = _shown(scope, is_behind(scope, sent), asked)
    return [
        _group(scope, [row for row in rows if row["bucket"] == bucket], name, label, bucket == asked)
        for bucket, (name, label) in GROUPS.items()
    ]


def number(scope: Scope) -> Any:
    """How many things are due by today, as a column of another statement: what the shell's badge says."""
    best = best_saved(scope).where(is_behind(scope, sent_this_week(scope)))
    found = _but_aside(scope, [*rules_by_today(scope), best]).subquery()
    return select(func.count()).where(found.c.bucket <= NOW).scalar_subquery()


def is_behind(scope: Scope, sent: Any) -> Any:
    """Whether the week's goal is further away than its days allow for."""
    begins = week_of(scope.today, scope.who.week_start)
    passed = (scope.today - begins).days + 1
    return sent * 7 < scope.who.weekly_goal * passed


def sent_this_week(scope: Scope) -> Any:
    """How many applications the person has sent since the week began, as a column of another statement."""
    a, begins = applications, week_of(scope.today, scope.who.week_start)
    query = select(func.count()).where(
        a.user_id == scope.user_id,
        a.deleted_at.is_(None),
        a.applied_sort >= begins,
        a.applied_sort < begins + timedelta(weeks=1),
    )
    return query.scalar_subquery()


def _found(scope: Scope, behind: bool, most_silent: int) -> tuple[Any, Any]:
    """What every rule finds, but of what nobody answered only the longest without an answer; and how many more of that there are."""
    unanswered = silent(scope)
    longest = unanswered.order_by(*LONGEST_FIRST).limit(most_silent).subquery()
    more = select(func.greatest(func.count() - most_silent, 0)).select_from(unanswered.subquery())
    found = _but_aside(scope, [*all_rules(scope), *([best_saved(scope)] if behind else [])])
    return found.union_all(select(longest)).subquery(), more.scalar_subquery()


def _but_aside(scope: Scope, rules: list[Select[Any]]) -> Select[Any]:
    first, *others = rules
    asked = first.union_all(*others).subquery()
    return select(asked).where(isnt_aside(scope, asked.c.application_id, asked.c.kind, asked.c.about))


@prepared_query
def _shown(scope: Scope, behind: bool, whole: int | None) -> Any:
    found, more = _found(scope, behind, MOST if whole == TIDY else SHOWN)
    order = (found.c.day, found.c.rank, found.c.application_id, found.c.interview_id)
    ranked = select(
        found,
        (
            func.count().over(partition_by=found.c.bucket) + case((found.c.bucket == TIDY, more), else_=0)
        ).label("of_all"),
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
            follow_up_count_query(scope, a.id, a.stage_since).label("follow_ups"), mail.label("mail"),
            priorities.score, case((ranked.c.kind == ActionKind.COMPLETE, wished.scalar_subquery())).label("wishes"),
        )
        .join(Application, (a.user_id == scope.user_id) & (a.id == ranked.c.application_id))
        .outerjoin(Priority, (priorities.user_id == scope.user_id) & (priorities.application_id == a.id))
        .outerjoin(Interview, (i.user_id == scope.user_id) & (i.id == ranked.c.interview_id))
        .where(ranked.c.place <= case((ranked.c.bucket == whole, MOST), else_=SHOWN))
        .order_by(ranked.c.bucket, ranked.c.place)
    )  # fmt: skip


def _group(scope: Scope, rows: list[Row], name: str, label: str, is_whole: bool) -> ActionGroup:
    count = rows[0]["of_all"] if rows else 0
    first = [worded(scope, ActionKind(row["kind"]), row) for row in rows]
    return ActionGroup(name, label, count, first, count > len(rows) and not is_whole)
