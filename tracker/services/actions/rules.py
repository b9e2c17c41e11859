"""The rules for actions: one query each, for the rows that need an action and the day it is due."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, Integer, Select, Text, cast, exists, func, literal, null, select

from tracker.db import Scope
from tracker.models import Application, Interview, Priority, applications, interviews, priorities
from tracker.services.actions.hidden_actions import is_hidden, is_visible
from tracker.services.actions.missing_fields import first_missing
from tracker.services.interviews.interview_items import ends_at, needs_debrief
from tracker.services.local_days import local_day
from tracker.shapes.dates import week_of
from tracker.shapes.words import ActionKind, InterviewKind, InterviewState, Stage

LATE, NOW, AHEAD, TIDY = -1, 0, 1, 2
"""Periods; tidying up is never late."""
WEEKLY_GOAL = "best"
"""Occurrence of applying for the weekly goal, without a deadline."""
MAX_SUGGESTED = 3
"""Maximum number of suggested applications."""
UNANSWERED_ORDER = (applications.follow_up_on, applications.applied_on, applications.id)
"""Order of `unanswered`, as in the index: `follow_up_on` is always null there, but PostgreSQL needs it to use the index."""
PURSUED = [stage for stage in Stage if stage not in (Stage.OFFER, Stage.CLOSED)]
"""Stages in which a follow-up makes sense."""
THANKS_DAYS = 7
"""Days after an interview within which a thank-you is suggested."""


def all_rules(scope: Scope) -> list[Select[Any]]:
    """Return all rules up to the horizon except `unanswered`.

    That one matches thousands of rows in a long search.
    """
    last_day = horizon(scope)
    return [
        _deadlines(scope, last_day, ActionKind.DECIDE, Stage.OFFER),
        _deadlines(scope, last_day, ActionKind.APPLY, Stage.SAVED),
        _follow_ups(scope, last_day),
        _follow_up_dismissed(scope),
        _incomplete(scope),
        _unprepared(scope),
        _undebriefed(scope),
        _unthanked(scope),
    ]


def rules_by_today(scope: Scope) -> list[Select[Any]]:
    """Return the rules whose actions can be due by today."""
    return [
        _deadlines(scope, scope.today, ActionKind.DECIDE, Stage.OFFER),
        _deadlines(scope, scope.today, ActionKind.APPLY, Stage.SAVED),
        _follow_ups(scope, scope.today),
        _unprepared(scope),
        _undebriefed(scope),
        _unthanked(scope),
    ]


def horizon(scope: Scope) -> date:
    """Return the last day to look ahead to: the end of the week, or three days from now if later."""
    week_ends = week_of(scope.today, scope.who.week_start) + timedelta(days=6)
    return max(week_ends, scope.today + timedelta(days=3))


def _own_live(scope: Scope) -> Any:
    return (applications.user_id == scope.user_id) & applications.deleted_at.is_(None)


def _action_rows(kind: ActionKind, day: Any, bucket: Any, about: Any, interview: Any = None) -> Select[Any]:
    """Return the columns of a rule's actions: kind, day, period and occurrence."""
    return select(
        literal(kind.value, Text).label("kind"),
        literal(list(ActionKind).index(kind)).label("rank"),
        day.label("day"),
        cast(bucket, Integer).label("bucket"),
        cast(about, Text).label("about"),
        (applications.id if interview is None else interviews.application_id).label("application_id"),
        cast(null() if interview is None else interview, interviews.id.type).label("interview_id"),
    )


def _period(scope: Scope, day: Any) -> Any:
    return func.sign(day - scope.today)


def _deadlines(scope: Scope, last_day: Any, kind: ActionKind, stage: Stage) -> Select[Any]:
    """Decide on an offer, or apply, by the deadline."""
    a = applications
    query = _action_rows(kind, a.deadline, _period(scope, a.deadline), a.deadline)
    return query.where(_own_live(scope), a.stage == stage, a.deadline <= last_day)


def _follow_ups(scope: Scope, last_day: Any) -> Select[Any]:
    """Follow up on the set date, unless an interview is scheduled or has just taken place."""
    a = applications
    meets = exists().where(
        interviews.user_id == scope.user_id,
        interviews.application_id == a.id,
        interviews.state.in_([InterviewState.SCHEDULED, InterviewState.DONE]),
        interviews.starts_at > scope.now - timedelta(days=scope.who.cadence.reply_again),
    )
    query = _action_rows(ActionKind.FOLLOW_UP, a.follow_up_on, _period(scope, a.follow_up_on), a.follow_up_on)
    return query.where(_own_live(scope), a.follow_up_on <= last_day, a.stage.in_(PURSUED), ~meets)


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
    query = _action_rows(ActionKind.CLOSE, a.applied_on, literal(TIDY), a.applied_on)
    return query.where(_own_live(scope), a.stage == Stage.APPLIED, a.applied_on <= latest)


def _incomplete(scope: Scope) -> Select[Any]:
    """Fill in an empty field that would change a high score."""
    first = first_missing(scope, MAX_SUGGESTED)
    query = _action_rows(ActionKind.COMPLETE, literal(scope.today, Date), literal(TIDY), first.c.fact)
    return query.select_from(Application).join(first, first.c.id == applications.id).where(_own_live(scope))


def _interview_rows(scope: Scope, kind: ActionKind, day: Any, bucket: Any) -> Select[Any]:
    deleted = select(applications.id).where(
        applications.user_id == scope.user_id, applications.deleted_at.is_not(None)
    )
    query = _action_rows(kind, day, bucket, interviews.id, interviews.id).select_from(Interview)
    return query.where(interviews.user_id == scope.user_id, interviews.application_id.not_in(deleted))


def _unprepared(scope: Scope) -> Select[Any]:
    """Prepare for an upcoming interview."""
    day = local_day(scope, interviews.starts_at)
    last_day = scope.today + timedelta(days=scope.who.cadence.prepare)
    return _interview_rows(scope, ActionKind.PREPARE, day, literal(NOW)).where(
        interviews.state == InterviewState.SCHEDULED,
        interviews.starts_at > scope.now,
        interviews.starts_at < scope.now + timedelta(days=scope.who.cadence.prepare + 1),
        day <= last_day,
    )


def _undebriefed(scope: Scope) -> Select[Any]:
    """Write a debrief of an interview."""
    day = local_day(scope, interviews.starts_at)
    query = _interview_rows(scope, ActionKind.DEBRIEF, day, _period(scope, day))
    return query.where(interviews.starts_at <= scope.now, needs_debrief(scope))


def _unthanked(scope: Scope) -> Select[Any]:
    """Thank the interviewers within a week."""
    day = local_day(scope, interviews.starts_at) + scope.who.cadence.thank_you
    met = interviews.state.in_([InterviewState.DONE, InterviewState.SCHEDULED]) & (ends_at() <= scope.now)
    # A correlated subquery for the few matching interviews, since most applications of a long search are closed.
    closed = exists().where(
        applications.user_id == scope.user_id,
        applications.id == interviews.application_id,
        applications.stage == Stage.CLOSED,
    )
    return _interview_rows(scope, ActionKind.THANK_YOU, day, _period(scope, day)).where(
        met,
        interviews.starts_at > scope.now - timedelta(days=THANKS_DAYS),
        interviews.kind != InterviewKind.TAKE_HOME,
        interviews.thanked_at.is_(None),
        ~closed,
    )


def best_saved(scope: Scope) -> Select[Any]:
    """Apply to the saved applications with the highest scores, in a week that is behind its goal.

    Snoozed and dismissed ones are replaced by the next best; a dismissal holds for all later weeks.
    """
    a = applications
    best = (
        select(a.id)
        .where(
            _own_live(scope),
            a.stage == Stage.SAVED,
            a.deadline.is_(None) | (a.deadline > horizon(scope)),
            ~is_hidden(scope, a.id, ActionKind.APPLY.value, WEEKLY_GOAL),
        )
        .join(Priority, (priorities.user_id == a.user_id) & (priorities.application_id == a.id))
        .order_by(priorities.score.desc(), a.touched_at.desc(), a.id.desc())
        .limit(MAX_SUGGESTED)
    )
    query = _action_rows(ActionKind.APPLY, literal(scope.today, Date), literal(NOW), literal(WEEKLY_GOAL))
    return query.where(a.user_id == scope.user_id, a.id.in_(best)).select_from(Application)
