"""The entries of calendar files: interviews, deadlines and follow-ups."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from tracker.db import Row, Scope
from tracker.models import Application, applications, events, interviews
from tracker.services.actions.hidden_actions import is_visible
from tracker.services.actions.rules import NO_DEADLINE, dated_rules
from tracker.services.reminders import reminder_settings
from tracker.settings import settings
from tracker.shapes.calendar_files import CalendarEntry
from tracker.shapes.enumerations import ActionKind, EventKind, InterviewKind, InterviewState

MAX_ENTRIES = 500
"""Maximum number of interviews in a file, and of deadlines and follow-ups; writing each takes 0.7 ms."""
PAST, AHEAD = timedelta(days=90), timedelta(days=400)
"""How far back a feed shows entries, and how far ahead deadlines and follow-ups."""
MORNING = timedelta(hours=9)
"""When the reminder of a whole day is due, after midnight."""
_CHANGES = (
    EventKind.INTERVIEW_MOVED,
    EventKind.INTERVIEW_EDITED,
    EventKind.INTERVIEW_CANCELLED,
    EventKind.INTERVIEW_REOPENED,
    EventKind.INTERVIEW_REALIGNED,
)
"""Events that change what a calendar shows of an interview."""


def interview_entries(
    scope: Scope, *conditions: ColumnElement[bool], has_alarms: bool = True
) -> list[CalendarEntry]:
    """Return the user's interviews that meet conditions, by time, at most the latest 500."""
    i, a = interviews, applications
    query = (
        select(
            i.id, i.application_id, i.kind, i.state, i.starts_at, i.minutes, i.place, i.interviewers,
            i.created_at, i.touched_at, a.company, a.role,
        )
        .join(Application, (a.user_id == i.user_id) & (a.id == i.application_id))
        .where(i.user_id == scope.user_id, a.deleted_at.is_(None), *conditions)
        .order_by(i.starts_at.desc(), i.id.desc())
        .limit(MAX_ENTRIES)
    )  # fmt: skip
    rows = scope.rows(query)[::-1]
    changes = _changes(scope, {row["application_id"] for row in rows})
    alarms = _alarms(scope) if has_alarms else ()
    return [_interview_entry(row, changes.get(str(row["id"])), alarms) for row in rows]


def dated_entries(scope: Scope, kinds: Iterable[ActionKind], has_alarms: bool) -> list[CalendarEntry]:
    """Return deadlines and follow-ups as whole days: the ones that Today lists, without hidden ones."""
    first, *others = dated_rules(scope, scope.today + AHEAD)
    due, a = first.union_all(*others).subquery().c, applications
    query = (
        select(due.kind, due.day, a.id, a.company, a.role, a.created_at, a.touched_at, a.version)
        .join(Application, (a.user_id == scope.user_id) & (a.id == due.application_id))
        .where(
            due.kind.in_(list(kinds)),
            due.about != NO_DEADLINE,
            due.day >= scope.today - PAST,
            is_visible(scope, due.application_id, due.kind, due.about),
        )
        .order_by(due.day, due.application_id, due.kind)
        .limit(MAX_ENTRIES)
    )
    return [_dated_entry(row, _DAY_ALARMS[row["kind"]] if has_alarms else ()) for row in scope.rows(query)]


def _alarms(scope: Scope) -> tuple[timedelta, ...]:
    """Return the lead times that the user chose for reminders, as offsets from the start."""
    chosen = reminder_settings.read(scope)
    leads = ((chosen.day, timedelta(days=1)), (chosen.hour, timedelta(hours=1)))
    return tuple(-lead for is_wanted, lead in leads if is_wanted)


def _changes(scope: Scope, application_ids: set[UUID]) -> dict[str, Row]:
    """Return the number of changes of each interview and the time of the last, by the interview's id.

    Undoing a change counts as another one.
    """
    e, interview_id = events, events.particulars["id"].astext
    query = (
        select(
            interview_id.label("interview_id"),
            (func.count() + func.count(e.undone_at)).label("number"),
            func.max(func.greatest(e.at, e.undone_at)).label("latest"),
        )
        .where(
            e.user_id == scope.user_id,
            e.application_id.in_(application_ids),
            e.kind.in_([kind.value for kind in _CHANGES]),
        )
        .group_by(interview_id)
    )
    return {row["interview_id"]: row for row in scope.rows(query)}


def _interview_entry(row: Row, change: Row | None, alarms: tuple[timedelta, ...]) -> CalendarEntry:
    noun = InterviewKind(row["kind"]).noun
    times = (row["touched_at"], change and change["latest"])
    return CalendarEntry(
        uid=f"interview-{row['id']}@pursuit",
        summary=f"{noun[0].upper()}{noun[1:]}: {_subject(row)}",
        starts=row["starts_at"],
        ends=row["starts_at"] + timedelta(minutes=row["minutes"]),
        created_at=row["created_at"],
        changed_at=max(time for time in times if time),
        revision=change["number"] if change else 0,
        url=f"{settings().origin}/interviews/{row['id']}",
        place=row["place"],
        description=f"With {row['interviewers']}" if row["interviewers"] else "",
        is_cancelled=row["state"] == InterviewState.CANCELLED,
        alarms=alarms,
    )


def _dated_entry(row: Row, alarms: tuple[timedelta, ...]) -> CalendarEntry:
    return CalendarEntry(
        uid=f"{row['kind'].replace('_', '-')}-{row['id']}@pursuit",
        summary=f"{_DAY_NAMES[row['kind']]}: {_subject(row)}",
        starts=row["day"],
        ends=row["day"] + timedelta(days=1),
        created_at=row["created_at"],
        changed_at=row["touched_at"],
        revision=row["version"],
        url=f"{settings().origin}/applications/{row['id']}",
        alarms=alarms,
    )


def _subject(row: Row) -> str:
    return f"{row['role']} at {row['company']}"


_DAY_NAMES = {
    ActionKind.APPLY: "Apply by today",
    ActionKind.DECIDE: "Answer the offer by today",
    ActionKind.FOLLOW_UP: "Follow up",
}
_EVE_AND_MORNING = (MORNING - timedelta(days=1), MORNING)
_DAY_ALARMS: dict[str, tuple[timedelta, ...]] = {
    ActionKind.APPLY: _EVE_AND_MORNING,
    ActionKind.DECIDE: _EVE_AND_MORNING,
    ActionKind.FOLLOW_UP: (MORNING,),
}
