"""The rules for actions: one query each, for the rows that need an action and the day it is due."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Date,
    Select,
    Text,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)

from tracker.db import Scope
from tracker.models import Application, Priority, applications, interviews, priorities
from tracker.services.actions.action_rows import NOW, PURSUED, TIDY, action_rows, own_live, period
from tracker.services.actions.hidden_actions import is_hidden, is_visible
from tracker.services.actions.interview_rules import interview_rules
from tracker.services.actions.missing_fields import first_missing
from tracker.services.local_days import local_day
from tracker.services.priority.score import PASSED_CAP
from tracker.shapes.dates import week_of
from tracker.shapes.enumerations import TALKING, ActionKind, InterviewState, Stage

WEEKLY_GOAL = "best"
"""Occurrence of applying for the weekly goal, without a deadline."""
MAX_SUGGESTED = 3
"""Maximum number of suggested applications."""
UNANSWERED_ORDER = (applications.follow_up_on, applications.applied_on, applications.id)
"""Order of `unanswered`, as in the index: `follow_up_on` is always null there, but PostgreSQL needs it to use the index."""
DUPLICATE_DAYS = 30
"""Days after adding an application within which a duplicate is listed."""
MIN_SUGGESTED_SCORE = PASSED_CAP + 1
"""Lowest score of a saved application that is suggested: above every cap."""
NO_DEADLINE = "open"
"""Occurrence of deciding on an offer without a deadline."""


def all_rules(scope: Scope) -> list[Select[Any]]:
    """Return all rules up to the horizon except `unanswered`.

    That one matches thousands of rows in a long search.
    """
    last_day = horizon(scope)
    return [
        *dated_rules(scope, last_day),
        _passed_deadlines(scope),
        _follow_up_dismissed(scope),
        _silent_talks(scope),
        _duplicates(scope),
        _incomplete(scope),
        *interview_rules(scope),
    ]


def rules_by_today(scope: Scope) -> list[Select[Any]]:
    """Return the rules whose actions can be due by today."""
    return [*dated_rules(scope, scope.today), *interview_rules(scope)]


def dated_rules(scope: Scope, last_day: Any) -> list[Select[Any]]:
    """Return the rules whose actions are due on a date of the application, up to a day."""
    return [_offers(scope, last_day), _deadlines(scope, last_day), _follow_ups(scope, last_day)]


def horizon(scope: Scope) -> date:
    """Return the last day to look ahead to: the end of the week, or three days from now if later."""
    week_ends = week_of(scope.today, scope.who.week_start) + timedelta(days=6)
    return max(week_ends, scope.today + timedelta(days=3))


def _offers(scope: Scope, last_day: Any) -> Select[Any]:
    """Decide on an offer by its deadline, or from the day of the offer if it has none."""
    a = applications
    query = action_rows(
        ActionKind.DECIDE,
        func.coalesce(a.deadline, local_day(scope, a.stage_since)),
        func.coalesce(period(scope, a.deadline), NOW),
        func.coalesce(cast(a.deadline, Text), NO_DEADLINE),
    )
    return query.where(
        own_live(scope), a.stage == Stage.OFFER, a.deadline.is_(None) | (a.deadline <= last_day)
    )


def _deadlines(scope: Scope, last_day: Any) -> Select[Any]:
    """Apply by the deadline; one that has passed is no longer asked for."""
    a = applications
    query = action_rows(ActionKind.APPLY, a.deadline, period(scope, a.deadline), a.deadline)
    return query.where(
        own_live(scope), a.stage == Stage.SAVED, a.deadline >= scope.today, a.deadline <= last_day
    )


def _passed_deadlines(scope: Scope) -> Select[Any]:
    """Close a saved application whose deadline has passed."""
    a = applications
    query = action_rows(ActionKind.CLOSE, a.deadline, literal(TIDY), a.deadline)
    return query.where(own_live(scope), a.stage == Stage.SAVED, a.deadline < scope.today)


def _follow_ups(scope: Scope, last_day: Any) -> Select[Any]:
    """Follow up on the set date, unless an interview is scheduled or was just held or cancelled."""
    a, heard_since = applications, scope.now - timedelta(days=scope.who.cadence.reply_again)
    meets = exists().where(
        interviews.user_id == scope.user_id,
        interviews.application_id == a.id,
        or_(
            interviews.state.in_([InterviewState.SCHEDULED, InterviewState.DONE])
            & (interviews.starts_at > heard_since),
            (interviews.state == InterviewState.CANCELLED) & (interviews.touched_at > heard_since),
        ),
    )
    # A company answers after its deadline, so a follow-up before it would come too early.
    waits = (a.stage == Stage.APPLIED) & func.coalesce(a.deadline >= a.follow_up_on, False)
    day = case((waits, a.deadline + 1), else_=a.follow_up_on)
    query = action_rows(ActionKind.FOLLOW_UP, day, period(scope, day), a.follow_up_on)
    return query.where(
        own_live(scope), a.follow_up_on <= last_day, day <= last_day, a.stage.in_(PURSUED), ~meets
    )


def unanswered(scope: Scope) -> Select[Any]:
    """Close applications without a response, once no follow-up is left; hidden actions are excluded."""
    a = applications
    visible = is_visible(scope, a.id, literal(ActionKind.CLOSE.value, Text), a.applied_on)
    return _unanswered(scope).where(a.follow_up_on.is_(None), visible)


def _follow_up_dismissed(scope: Scope) -> Select[Any]:
    """Close applications without a response, where the remaining follow-up was dismissed."""
    due = applications.follow_up_on
    dismissed = is_hidden(scope, applications.id, ActionKind.FOLLOW_UP.value, due, for_good=True)
    return _unanswered(scope).where(due.is_not(None), dismissed)


def _unanswered(scope: Scope) -> Select[Any]:
    a, latest = applications, scope.today - timedelta(days=scope.who.cadence.close)
    query = action_rows(ActionKind.CLOSE, a.applied_on, literal(TIDY), a.applied_on)
    return query.where(own_live(scope), a.stage == Stage.APPLIED, a.applied_on <= latest)


def _silent_talks(scope: Scope) -> Select[Any]:
    """Close talks that went silent, once no follow-up is left and as long after as without a response."""
    a, silent_since = applications, scope.now - timedelta(days=scope.who.cadence.close)
    day = local_day(scope, a.stage_since)
    heard_of = exists().where(
        interviews.user_id == scope.user_id,
        interviews.application_id == a.id,
        interviews.state.in_([InterviewState.SCHEDULED, InterviewState.DONE]),
        interviews.starts_at > silent_since,
    )
    due = a.follow_up_on
    dismissed = is_hidden(scope, a.id, ActionKind.FOLLOW_UP.value, due, for_good=True)
    query = action_rows(ActionKind.CLOSE, day, literal(TIDY), day)
    return query.where(
        own_live(scope),
        a.stage.in_(TALKING),
        a.stage_since <= silent_since,
        due.is_(None) | dismissed,
        ~heard_of,
    )


def _duplicates(scope: Scope) -> Select[Any]:
    """Check a recent application whose posting was added before."""
    a, o = applications, applications.id.table.alias("other").c
    recently = scope.now - timedelta(days=DUPLICATE_DAYS)
    first = (
        select(o.id)
        .where(
            o.user_id == scope.user_id,
            o.deleted_at.is_(None),
            o.posting_key == a.posting_key,
            (o.created_at < a.created_at) | ((o.created_at == a.created_at) & (o.id < a.id)),
        )
        .order_by(o.created_at, o.id)
        .limit(1)
        .correlate(Application)
        .scalar_subquery()
    )
    day = local_day(scope, a.created_at)
    query = action_rows(ActionKind.DUPLICATE, day, literal(TIDY), first)
    return query.where(
        own_live(scope),
        a.stage != Stage.CLOSED,
        a.touched_at > recently,  # Has an index, and is never before the day of adding.
        a.created_at > recently,
        a.posting_key != "",
        first.is_not(None),
    )


def _incomplete(scope: Scope) -> Select[Any]:
    """Fill in an empty field that would change a high score."""
    first = first_missing(scope, MAX_SUGGESTED)
    query = action_rows(ActionKind.COMPLETE, literal(scope.today, Date), literal(TIDY), first.c.fact)
    return query.select_from(Application).join(first, first.c.id == applications.id).where(own_live(scope))


def best_saved(scope: Scope) -> Select[Any]:
    """Apply to the saved applications with the highest scores, in a week that is behind its goal.

    Snoozed and dismissed ones are replaced by the next best; a dismissal holds for all later weeks.
    """
    a = applications
    best = (
        select(a.id)
        .where(
            own_live(scope),
            a.stage == Stage.SAVED,
            a.deadline.is_(None) | (a.deadline > horizon(scope)),
            priorities.score >= MIN_SUGGESTED_SCORE,
            ~is_hidden(scope, a.id, ActionKind.APPLY.value, WEEKLY_GOAL),
        )
        .join(Priority, (priorities.user_id == a.user_id) & (priorities.application_id == a.id))
        .order_by(priorities.score.desc(), a.touched_at.desc(), a.id.desc())
        .limit(MAX_SUGGESTED)
    )
    query = action_rows(ActionKind.APPLY, literal(scope.today, Date), literal(NOW), literal(WEEKLY_GOAL))
    return query.where(a.user_id == scope.user_id, a.id.in_(best)).select_from(Application)
