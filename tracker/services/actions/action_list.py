"""Due actions of all rules in one query, the most important first, without hidden ones."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Date, Integer, Select, and_, case, cast, func, literal, or_, select, text

from tracker.db import Row, Scope
from tracker.models import (
    Application,
    ApplicationContact,
    Contact,
    Interview,
    WishList,
    applications,
    contacts,
    interviews,
    links,
    priorities,
    wishes,
)
from tracker.services.actions.action_items import as_action
from tracker.services.actions.action_rows import NOW, TIDY
from tracker.services.actions.hidden_actions import is_visible
from tracker.services.actions.importance import IMPORTANT, importance, is_scored, reasons, tie_breaker
from tracker.services.actions.rules import (
    NO_DEADLINE,
    UNANSWERED_ORDER,
    all_rules,
    best_saved,
    rules_by_today,
    unanswered,
)
from tracker.services.applications.stage_moves import MAX_AT_ONCE, follow_up_count_query
from tracker.services.local_days import local_day
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.actions import ActionGroup
from tracker.shapes.dates import week_of
from tracker.shapes.enumerations import ActionKind, InterviewState

MAX_FIRST, MAX_SHOWN, MAX_WHOLE = 3, 5, 100
"""Number of actions to do first, and of each kind, as a rule and on request."""
FIRST = "first"
GROUPS = {
    FIRST: "Do these first",
    ActionKind.DECIDE: "Offers",
    ActionKind.PREPARE: "Interviews to prepare",
    ActionKind.APPLY: "To apply for",
    ActionKind.RESCHEDULE: "Interviews without a date",
    ActionKind.FOLLOW_UP: "Follow-ups",
    ActionKind.THANK_YOU: "Thank-you notes",
    ActionKind.DEBRIEF: "Debriefs",
    ActionKind.CLOSE: "To close",
    ActionKind.DUPLICATE: "Duplicates",
    ActionKind.COMPLETE: "Missing details",
}
"""Groups in the order of the page, with their headings."""
BULK = {
    ActionKind.FOLLOW_UP: "Log follow-up for all {}",
    ActionKind.THANK_YOU: "Mark all {} as sent",
    ActionKind.CLOSE: "Close all {}",
}
"""Labels of the buttons that complete all due actions of a kind."""


def groups(scope: Scope, sent: int, whole: str = "") -> list[ActionGroup]:
    """Return the three actions to do first, then the others by kind; empty groups are left out.

    A group lists five actions, the one named `whole` a hundred. `sent` is the number of applications sent this week.
    """
    rows = _rows(scope, is_behind(scope, sent), whole if whole in GROUPS else "")
    by_name = {name: [row for row in rows if row["section"] == name] for name in GROUPS}
    return [_group(scope, name, of_group, whole) for name, of_group in by_name.items() if of_group]


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


def due_ids(scope: Scope, kind: ActionKind) -> list[Row]:
    """Return the due actions of one kind (`application_id`, `interview_id`, `stage`), at most 500."""
    return list(_due_ids(scope, kind))


@prepared_query
def _due_ids(scope: Scope, kind: ActionKind) -> Any:
    candidates, _ = _candidates(scope, False, MAX_AT_ONCE)
    c = candidates.c
    return (
        select(c.application_id, c.interview_id, applications.stage)
        .join(Application, (applications.user_id == scope.user_id) & (applications.id == c.application_id))
        .where(c.kind == literal(kind.value), or_(c.bucket <= NOW, c.bucket == TIDY))
        .order_by(c.day, c.application_id, c.interview_id)
        .limit(MAX_AT_ONCE)
    )


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
    candidates = first.union_all(*others).cte("candidates").prefix_with("MATERIALIZED")
    return select(candidates).where(
        is_visible(scope, candidates.c.application_id, candidates.c.kind, candidates.c.about)
    )


@prepared_query
def _rows(scope: Scope, behind_goal: bool, whole: str) -> Any:
    listed = _listed(scope, behind_goal, MAX_WHOLE if whole == ActionKind.CLOSE else MAX_SHOWN)
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
            listed, a.company, a.role, a.stage, a.applied_on, a.stage_since, a.posting_url,
            i.kind.label("interview_kind"), i.starts_at, (i.preparation != "").label("has_preparation"),
            follow_up_count_query(scope, a.id, a.stage_since).label("follow_ups"), mail.label("mail"),
            case((listed.c.kind == ActionKind.DECIDE, _other_talks(scope, listed.c))).label("other_talks"),
            case((listed.c.kind == ActionKind.CLOSE, _last_meeting(scope, listed.c))).label("last_met"),
            case((listed.c.kind == ActionKind.COMPLETE, wishes_query.scalar_subquery())).label("wishes"),
        )
        .join(Application, (a.user_id == scope.user_id) & (a.id == listed.c.application_id))
        .outerjoin(Interview, (i.user_id == scope.user_id) & (i.id == listed.c.interview_id))
        .where(listed.c.place <= case((listed.c.section == whole, MAX_WHOLE), else_=MAX_SHOWN))
        .order_by(listed.c.nth)
    )  # fmt: skip


def _listed(scope: Scope, behind_goal: bool, most_silent: int) -> Any:
    """Return the actions with their section, their place in it, and its number of actions."""
    candidates, more_count = _candidates(scope, behind_goal, most_silent)
    c = candidates.c
    score = case((is_scored(c), _score(scope, c.application_id))).label("score")
    # Materialized like the candidates: the planner would copy these expressions into every rule.
    weighed = (
        select(candidates, importance(scope, c).label("importance"), score)
        .cte("weighed")
        .prefix_with("MATERIALIZED")
    )
    w = weighed.c
    is_pressing = and_(w.bucket != TIDY, or_(w.bucket <= NOW, w.importance >= IMPORTANT))
    order = (
        is_pressing.desc(),
        w.importance.desc(),
        tie_breaker(w).desc(),
        w.day,
        w.rank,
        w.application_id,
        w.interview_id,
    )
    ordered = select(
        weighed, is_pressing.label("is_pressing"), func.row_number().over(order_by=order).label("nth")
    )
    o = ordered.subquery().c
    section = case((o.is_pressing & (o.nth <= MAX_FIRST), FIRST), else_=o.kind)
    sectioned = select(*o, section.label("section")).subquery()
    s = sectioned.c
    is_due = or_(s.bucket <= NOW, s.bucket == TIDY)
    more = case((s.kind == ActionKind.CLOSE, more_count), else_=0)
    return select(
        sectioned,
        (func.count().over(partition_by=s.section) + case((s.section == FIRST, 0), else_=more)).label(
            "of_section"
        ),
        (cast(func.count().filter(is_due).over(partition_by=s.kind), Integer) + more).label("due_of_kind"),
        func.row_number().over(partition_by=s.section, order_by=s.nth).label("place"),
    ).subquery()


def _score(scope: Scope, application_id: Any) -> Any:
    p = priorities
    query = select(p.score).where(p.user_id == scope.user_id, p.application_id == application_id)
    # The second condition is always true, and keeps PostgreSQL from skipping through the index that begins with the score.
    return query.where(p.asked_of.is_not(None)).scalar_subquery()


def _other_talks(scope: Scope, offer: Any) -> Any:
    """Return another company's next interview (name, start) up to a week after an offer's deadline.

    An offer without a deadline can be answered today.
    """
    i, other = interviews, applications.id.table.alias("other").c
    deadline = case((offer.about == NO_DEADLINE, literal(scope.today, Date)), else_=offer.day)
    return (
        select(func.jsonb_build_array(other.company, i.starts_at))
        .select_from(Interview)
        .join(other.id.table, (other.user_id == i.user_id) & (other.id == i.application_id))
        .where(
            i.user_id == scope.user_id,
            i.application_id != offer.application_id,
            i.state == InterviewState.SCHEDULED,
            i.starts_at > scope.now,
            local_day(scope, i.starts_at) <= deadline + 7,
            other.deleted_at.is_(None),
        )
        .order_by(i.starts_at)
        .limit(1)
        .scalar_subquery()
    )


def _last_meeting(scope: Scope, action: Any) -> Any:
    i = interviews.id.table.alias("met").c
    return (
        select(func.max(i.starts_at))
        .where(
            i.user_id == scope.user_id,
            i.application_id == action.application_id,
            i.state.in_([InterviewState.SCHEDULED, InterviewState.DONE]),
        )
        .scalar_subquery()
    )


def _group(scope: Scope, name: str, rows: list[Row], whole: str) -> ActionGroup:
    count, due = rows[0]["of_section"], min(rows[0]["due_of_kind"], MAX_AT_ONCE)
    bulk = BULK[ActionKind(name)].format(due) if name in BULK and due > 1 else ""
    return ActionGroup(
        str(name),
        GROUPS[name],
        count,
        note=reasons(rows) if name == FIRST else "",
        bulk=bulk,
        first=[as_action(scope, ActionKind(row["kind"]), row) for row in rows],
        has_more=count > len(rows) and name != whole,
    )
