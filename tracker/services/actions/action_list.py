"""Due actions of all rules in one query, by period, without hidden ones."""

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
from tracker.services.actions.action_items import as_action
from tracker.services.actions.hidden_actions import is_visible
from tracker.services.actions.rules import (
    AHEAD,
    LATE,
    NOW,
    TIDY,
    UNANSWERED_ORDER,
    all_rules,
    best_saved,
    rules_by_today,
    unanswered,
)
from tracker.services.applications.stage_moves import follow_up_count_query
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.actions import ActionGroup
from tracker.shapes.dates import week_of
from tracker.shapes.words import ActionKind

MAX_SHOWN, MAX_WHOLE = 10, 100
GROUPS = {
    LATE: ("late", "Late"),
    NOW: ("today", "Today"),
    AHEAD: ("ahead", "Coming up"),
    TIDY: ("tidy", "Worth tidying up"),
}


def groups(scope: Scope, sent: int, whole: str = "") -> list[ActionGroup]:
    """Return the actions by period, the late ones first, each with its count.

    A period lists ten actions, the one named `whole` a hundred. `sent` is the number of applications sent this week.
    """
    whole_bucket = next((bucket for bucket, (name, _) in GROUPS.items() if name == whole), None)
    rows = _rows(scope, is_behind(scope, sent), whole_bucket)
    return [
        _group(scope, [row for row in rows if row["bucket"] == bucket], name, label, bucket == whole_bucket)
        for bucket, (name, label) in GROUPS.items()
    ]


def due_count(scope: Scope) -> Any:
    """Return a subquery with the number of actions due by today, for the badge."""
    best_rows = best_saved(scope).where(is_behind(scope, sent_this_week(scope)))
    candidates = _visible(scope, [*rules_by_today(scope), best_rows]).subquery()
    return select(func.count()).where(candidates.c.bucket <= NOW).scalar_subquery()


def is_behind(scope: Scope, sent: Any) -> Any:
    """Return true if fewer applications were sent than the weekly goal requires by today."""
    begins = week_of(scope.today, scope.who.week_start)
    passed = (scope.today - begins).days + 1
    return sent * 7 < scope.who.weekly_goal * passed


def sent_this_week(scope: Scope) -> Any:
    """Return a subquery with the number of applications sent this week."""
    a, begins = applications, week_of(scope.today, scope.who.week_start)
    query = select(func.count()).where(
        a.user_id == scope.user_id,
        a.deleted_at.is_(None),
        a.applied_sort >= begins,
        a.applied_sort < begins + timedelta(weeks=1),
    )
    return query.scalar_subquery()


def _candidates(scope: Scope, behind_goal: bool, most_silent: int) -> tuple[Any, Any]:
    """Return the visible actions of all rules, and the number of unanswered applications left out.

    Only the longest unanswered ones are included.
    """
    unanswered_rows = unanswered(scope)
    longest_unanswered = unanswered_rows.order_by(*UNANSWERED_ORDER).limit(most_silent).subquery()
    more_count = select(func.greatest(func.count() - most_silent, 0)).select_from(unanswered_rows.subquery())
    visible = _visible(scope, [*all_rules(scope), *([best_saved(scope)] if behind_goal else [])])
    return visible.union_all(select(longest_unanswered)).subquery(), more_count.scalar_subquery()


def _visible(scope: Scope, rules: list[Select[Any]]) -> Select[Any]:
    first, *others = rules
    candidates = first.union_all(*others).subquery()
    return select(candidates).where(
        is_visible(scope, candidates.c.application_id, candidates.c.kind, candidates.c.about)
    )


@prepared_query
def _rows(scope: Scope, behind_goal: bool, whole: int | None) -> Any:
    candidates, more_count = _candidates(scope, behind_goal, MAX_WHOLE if whole == TIDY else MAX_SHOWN)
    order = (candidates.c.day, candidates.c.rank, candidates.c.application_id, candidates.c.interview_id)
    ranked = select(
        candidates,
        (
            func.count().over(partition_by=candidates.c.bucket)
            + case((candidates.c.bucket == TIDY, more_count), else_=0)
        ).label("of_all"),
        func.row_number().over(partition_by=candidates.c.bucket, order_by=order).label("place"),
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
    wishes_query = (
        select(func.to_jsonb(text("wishes"))).select_from(WishList).where(wishes.user_id == scope.user_id)
    )
    return (
        select(
            ranked, a.company, a.role, a.stage, a.applied_on, a.stage_since,
            i.kind.label("interview_kind"), i.starts_at, (i.preparation != "").label("has_preparation"),
            follow_up_count_query(scope, a.id, a.stage_since).label("follow_ups"), mail.label("mail"),
            priorities.score, case((ranked.c.kind == ActionKind.COMPLETE, wishes_query.scalar_subquery())).label("wishes"),
        )
        .join(Application, (a.user_id == scope.user_id) & (a.id == ranked.c.application_id))
        .outerjoin(Priority, (priorities.user_id == scope.user_id) & (priorities.application_id == a.id))
        .outerjoin(Interview, (i.user_id == scope.user_id) & (i.id == ranked.c.interview_id))
        .where(ranked.c.place <= case((ranked.c.bucket == whole, MAX_WHOLE), else_=MAX_SHOWN))
        .order_by(ranked.c.bucket, ranked.c.place)
    )  # fmt: skip


def _group(scope: Scope, rows: list[Row], name: str, label: str, is_whole: bool) -> ActionGroup:
    count = rows[0]["of_all"] if rows else 0
    first = [as_action(scope, ActionKind(row["kind"]), row) for row in rows]
    return ActionGroup(name, label, count, first, count > len(rows) and not is_whole)
