"""The rules: which rows ask for something, and from which day on. One query a rule, over one person's rows."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, Integer, Select, Text, cast, exists, func, literal, null, select

from tracker.db import Scope
from tracker.models import Application, Interview, Priority, applications, interviews, priorities
from tracker.services.actions.aside import is_aside, isnt_aside
from tracker.services.actions.missing import first_missing
from tracker.services.interviews.interview_items import ends_at, needs_debrief
from tracker.services.local_days import local_day
from tracker.shapes.dates import week_of
from tracker.shapes.words import ActionKind, InterviewKind, InterviewState, Stage

LATE, NOW, AHEAD, TIDY = -1, 0, 1, 2
"""Stretches of time; what is worth tidying up is never late."""
FOR_THE_WEEK = "best"
"""The occasion of applying for the sake of the week's goal, where no deadline is one."""
BEST = 3
"""So many applications are named at once where any number might be."""
LONGEST_FIRST = (applications.follow_up_on, applications.applied_on, applications.id)
"""The order of `silent`, in which an index has them: there is no follow-up, but PostgreSQL doesn't see that it is of no account."""
PURSUED = [stage for stage in Stage if stage not in (Stage.OFFER, Stage.CLOSED)]
"""The stages in which somebody may be asked how things stand."""
THANKS_END = 7
"""Days after an interview from which a thank-you comes too late."""


def all_rules(scope: Scope) -> list[Select[Any]]:
    """Everything that asks for something by the end of this week, or within three days, a query a rule; but `silent`, of which a
    long search has thousands."""
    last = horizon(scope)
    return [
        _deadlines(scope, last, ActionKind.DECIDE, Stage.OFFER),
        _deadlines(scope, last, ActionKind.APPLY, Stage.SAVED),
        _follow_ups(scope, last),
        _let_be(scope),
        _incomplete(scope),
        _unprepared(scope),
        _undebriefed(scope),
        _unthanked(scope),
    ]


def rules_by_today(scope: Scope) -> list[Select[Any]]:
    """Of everything that asks for something, what may do so today or earlier: neither what comes up nor what is worth tidying up."""
    return [
        _deadlines(scope, scope.today, ActionKind.DECIDE, Stage.OFFER),
        _deadlines(scope, scope.today, ActionKind.APPLY, Stage.SAVED),
        _follow_ups(scope, scope.today),
        _unprepared(scope),
        _undebriefed(scope),
        _unthanked(scope),
    ]


def horizon(scope: Scope) -> date:
    """The last day that is looked ahead to: the week's last, or three days on where that is later."""
    week_ends = week_of(scope.today, scope.who.week_start) + timedelta(days=6)
    return max(week_ends, scope.today + timedelta(days=3))


def _mine(scope: Scope) -> Any:
    return (applications.user_id == scope.user_id) & applications.deleted_at.is_(None)


def _asks(kind: ActionKind, day: Any, bucket: Any, about: Any, interview: Any = None) -> Select[Any]:
    """What a rule finds: the day it is about, the stretch of time it belongs to, and which occasion it is."""
    return select(
        literal(kind.value, Text).label("kind"),
        literal(list(ActionKind).index(kind)).label("rank"),
        day.label("day"),
        cast(bucket, Integer).label("bucket"),
        cast(about, Text).label("about"),
        (applications.id if interview is None else interviews.application_id).label("application_id"),
        cast(null() if interview is None else interview, interviews.id.type).label("interview_id"),
    )


def _nearness(scope: Scope, day: Any) -> Any:
    return func.sign(day - scope.today)


def _deadlines(scope: Scope, last: Any, kind: ActionKind, stage: Stage) -> Select[Any]:
    """Answer an offer, or apply, by its deadline."""
    a = applications
    asked = _asks(kind, a.deadline, _nearness(scope, a.deadline), a.deadline)
    return asked.where(_mine(scope), a.stage == stage, a.deadline <= last)


def _follow_ups(scope: Scope, last: Any) -> Select[Any]:
    """Follow up when its day has come, unless one is about to meet anyway, or has just met."""
    a = applications
    meets = exists().where(
        interviews.user_id == scope.user_id,
        interviews.application_id == a.id,
        interviews.state.in_([InterviewState.SCHEDULED, InterviewState.DONE]),
        interviews.starts_at > scope.now - timedelta(days=scope.who.cadence.reply_again),
    )
    asked = _asks(ActionKind.FOLLOW_UP, a.follow_up_on, _nearness(scope, a.follow_up_on), a.follow_up_on)
    return asked.where(_mine(scope), a.follow_up_on <= last, a.stage.in_(PURSUED), ~meets)


def silent(scope: Scope) -> Select[Any]:
    """Close what nobody answered, once there is nothing left to follow up; without what was set aside."""
    a = applications
    kept = isnt_aside(scope, a.id, literal(ActionKind.CLOSE.value, Text), a.applied_on)
    return _unanswered(scope).where(a.follow_up_on.is_(None), kept)


def _let_be(scope: Scope) -> Select[Any]:
    """Close what nobody answered, where the follow-up that is left was dismissed."""
    due = applications.follow_up_on
    dismissed = is_aside(scope, applications.id, ActionKind.FOLLOW_UP.value, due, for_good=True)
    return _unanswered(scope).where(due.is_not(None), dismissed)


def _unanswered(scope: Scope) -> Select[Any]:
    a, waited = applications, scope.today - timedelta(days=scope.who.cadence.close)
    asked = _asks(ActionKind.CLOSE, a.applied_on, literal(TIDY), a.applied_on)
    return asked.where(_mine(scope), a.stage == Stage.APPLIED, a.applied_on <= waited)


def _incomplete(scope: Scope) -> Select[Any]:
    """Note a fact that would move the score of one that stands high."""
    first = first_missing(scope, BEST)
    asked = _asks(ActionKind.COMPLETE, literal(scope.today, Date), literal(TIDY), first.c.fact)
    return asked.select_from(Application).join(first, first.c.id == applications.id).where(_mine(scope))


def _meeting(scope: Scope, kind: ActionKind, day: Any, bucket: Any) -> Select[Any]:
    deleted = select(applications.id).where(
        applications.user_id == scope.user_id, applications.deleted_at.is_not(None)
    )
    asked = _asks(kind, day, bucket, interviews.id, interviews.id).select_from(Interview)
    return asked.where(interviews.user_id == scope.user_id, interviews.application_id.not_in(deleted))


def _unprepared(scope: Scope) -> Select[Any]:
    """Prepare for an interview that is near."""
    day = local_day(scope, interviews.starts_at)
    last = scope.today + timedelta(days=scope.who.cadence.prepare)
    return _meeting(scope, ActionKind.PREPARE, day, literal(NOW)).where(
        interviews.state == InterviewState.SCHEDULED,
        interviews.starts_at > scope.now,
        interviews.starts_at < scope.now + timedelta(days=scope.who.cadence.prepare + 1),
        day <= last,
    )


def _undebriefed(scope: Scope) -> Select[Any]:
    """Write down how an interview went."""
    day = local_day(scope, interviews.starts_at)
    asked = _meeting(scope, ActionKind.DEBRIEF, day, _nearness(scope, day))
    return asked.where(interviews.starts_at <= scope.now, needs_debrief(scope))


def _unthanked(scope: Scope) -> Select[Any]:
    """Thank whom one has met, while they remember."""
    day = local_day(scope, interviews.starts_at) + scope.who.cadence.thank_you
    met = interviews.state.in_([InterviewState.DONE, InterviewState.SCHEDULED]) & (ends_at() <= scope.now)
    # Asked of the few interviews found: the closed applications of a long search are nearly all of it.
    closed = exists().where(
        applications.user_id == scope.user_id,
        applications.id == interviews.application_id,
        applications.stage == Stage.CLOSED,
    )
    return _meeting(scope, ActionKind.THANK_YOU, day, _nearness(scope, day)).where(
        met,
        interviews.starts_at > scope.now - timedelta(days=THANKS_END),
        interviews.kind != InterviewKind.TAKE_HOME,
        interviews.thanked_at.is_(None),
        ~closed,
    )


def best_saved(scope: Scope) -> Select[Any]:
    """The saved applications with the highest scores, asked for in a week that lags behind its goal.

    What is put off stays so for as long as that, and what is dismissed for good, whichever week is behind: another takes its place.
    """
    a = applications
    best = (
        select(a.id)
        .where(
            _mine(scope),
            a.stage == Stage.SAVED,
            a.deadline.is_(None) | (a.deadline > horizon(scope)),
            ~is_aside(scope, a.id, ActionKind.APPLY.value, FOR_THE_WEEK),
        )
        .join(Priority, (priorities.user_id == a.user_id) & (priorities.application_id == a.id))
        .order_by(priorities.score.desc(), a.touched_at.desc(), a.id.desc())
        .limit(BEST)
    )
    asked = _asks(ActionKind.APPLY, literal(scope.today, Date), literal(NOW), literal(FOR_THE_WEEK))
    return asked.where(a.user_id == scope.user_id, a.id.in_(best)).select_from(Application)
