"""The rules for actions about an interview."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, literal, select

from tracker.db import Scope
from tracker.models import Interview, applications, interviews
from tracker.services.actions.action_rows import AHEAD, NOW, PURSUED, TIDY, action_rows, period
from tracker.services.interviews.interview_items import ends_at, needs_debrief
from tracker.services.local_days import local_day
from tracker.shapes.enumerations import ActionKind, InterviewKind, InterviewState, Stage

THANKS_DAYS = 7
"""Days after an interview within which a thank-you is suggested."""
TAKE_HOME_DAYS = 14
"""Days before its date within which a take-home task is listed."""


def interview_rules(scope: Scope) -> list[Select[Any]]:
    """Return the rules about interviews; their actions can be due by today."""
    return [_unprepared(scope), _undebriefed(scope), _unthanked(scope), _cancelled(scope)]


def _interview_rows(scope: Scope, kind: ActionKind, day: Any, bucket: Any) -> Select[Any]:
    deleted = select(applications.id).where(
        applications.user_id == scope.user_id, applications.deleted_at.is_not(None)
    )
    query = action_rows(kind, day, bucket, interviews.id, interviews.id).select_from(Interview)
    return query.where(interviews.user_id == scope.user_id, interviews.application_id.not_in(deleted))


def _unprepared(scope: Scope) -> Select[Any]:
    """Prepare for an upcoming interview."""
    day, prepare = local_day(scope, interviews.starts_at), scope.who.cadence.prepare
    days = case((interviews.kind == InterviewKind.TAKE_HOME, max(prepare, TAKE_HOME_DAYS)), else_=prepare)
    is_near = day <= scope.today + timedelta(days=prepare)
    bucket = case((is_near, NOW), else_=AHEAD)
    return _interview_rows(scope, ActionKind.PREPARE, day, bucket).where(
        interviews.state == InterviewState.SCHEDULED,
        interviews.starts_at > scope.now,
        interviews.starts_at < scope.now + timedelta(days=max(prepare, TAKE_HOME_DAYS) + 1),
        day <= scope.today + days,
    )


def _undebriefed(scope: Scope) -> Select[Any]:
    """Write a debrief of an interview."""
    day = local_day(scope, interviews.starts_at)
    bucket = case((_is_closed(scope), TIDY), else_=period(scope, day))
    query = _interview_rows(scope, ActionKind.DEBRIEF, day, bucket)
    return query.where(interviews.starts_at <= scope.now, needs_debrief(scope))


def _unthanked(scope: Scope) -> Select[Any]:
    """Thank the interviewers within a week."""
    day = local_day(scope, interviews.starts_at) + scope.who.cadence.thank_you
    met = interviews.state.in_([InterviewState.DONE, InterviewState.SCHEDULED]) & (ends_at() <= scope.now)
    return _interview_rows(scope, ActionKind.THANK_YOU, day, period(scope, day)).where(
        met,
        interviews.starts_at > scope.now - timedelta(days=THANKS_DAYS),
        interviews.kind != InterviewKind.TAKE_HOME,
        interviews.thanked_at.is_(None),
        ~_is_closed(scope),
    )


def _is_closed(scope: Scope) -> ColumnElement[bool]:
    """Return whether an interview's application is closed.

    A correlated subquery for the few matching interviews, since most applications of a long search are closed.
    """
    return exists().where(
        applications.user_id == scope.user_id,
        applications.id == interviews.application_id,
        applications.stage == Stage.CLOSED,
    )


def _cancelled(scope: Scope) -> Select[Any]:
    """Ask for a new date of a cancelled interview, unless another one was arranged since."""
    o = interviews.id.table.alias("other").c
    arranged = exists().where(
        o.user_id == interviews.user_id,
        o.application_id == interviews.application_id,
        o.id != interviews.id,
        (o.starts_at > interviews.starts_at) | (o.starts_at > scope.now),
    )
    talks = exists().where(
        applications.user_id == interviews.user_id,
        applications.id == interviews.application_id,
        applications.stage.in_(PURSUED),
    )
    day = local_day(scope, interviews.touched_at)
    query = _interview_rows(scope, ActionKind.RESCHEDULE, day, literal(NOW))
    return query.where(
        interviews.state == InterviewState.CANCELLED,
        interviews.starts_at > scope.now - timedelta(days=scope.who.cadence.close),
        ~arranged,
        talks,
    )
