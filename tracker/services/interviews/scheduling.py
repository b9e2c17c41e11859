"""Putting interviews on the calendar, moving them, and correcting what is known of them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from tracker.db import Scope
from tracker.errors import Conflict, Invalid, NotFound
from tracker.models import Application, Interview, applications, interviews
from tracker.services import timeline
from tracker.services.applications import moving
from tracker.services.interviews.fields import (
    FIELD_LABELS,
    LONGEST,
    agreed,
    as_typed,
    both_times,
    parsed,
    skipped,
    twice,
)
from tracker.services.interviews.lines import chosen, ends_at, exact_moment, line
from tracker.shapes.interviews import InterviewLine, TimePreview
from tracker.shapes.words import EventKind, InterviewKind, InterviewState, Stage
from tracker.zones import instants, named


def blank(scope: Scope, application_id: str) -> dict[str, str]:
    """What a form for a further interview of an application starts from."""
    row = scope.get(Application, application_id)
    if row.deleted_at is not None:
        raise NotFound("application")
    return {
        "kind": InterviewKind.RECRUITER_SCREEN if row.stage in _BEFORE_SCREENING else InterviewKind.TECHNICAL,
        "round": str(_next_round(scope, row)),
        "starts_at": "",
        "zone": scope.who.timezone or "UTC",
        "fold": "",
        "minutes": "60",
        "place": "",
        "interviewers": "",
        "preparation": "",
    }


_BEFORE_SCREENING = (Stage.SAVED, Stage.APPLIED)
_BEFORE_INTERVIEWING = (*_BEFORE_SCREENING, Stage.SCREENING)


def schedule(scope: Scope, application_id: str, typed: dict[str, str]) -> str:
    """Put an interview on the calendar, its application where that shows; its id. Invalid names each wrong field."""
    application = moving.chosen(scope, [application_id])[0]
    asked = {name: raw for name, raw in typed.items() if str(raw).strip() or name == "starts_at"}
    values = parsed(
        {"kind": InterviewKind.OTHER, "starts_at": "", "zone": scope.who.timezone or "UTC", **asked}
    )
    values.setdefault("round", _next_round(scope, application))
    values.pop("debrief", None)
    row = scope.add(
        Interview(application_id=application.id, **values, touched_at=scope.now, placed_at=scope.now)
    )
    application.touched_at = scope.now
    timeline.record(
        scope,
        EventKind.INTERVIEW_SCHEDULED,
        application.id,
        id=str(row.id),
        interview=row.kind,
        starts_at=row.starts_at.isoformat(),
        agreed=agreed(row),
    )
    _advance(scope, application, row.kind)
    return str(row.id)


def _advance(scope: Scope, application: Application, kind: str) -> None:
    screen = kind == InterviewKind.RECRUITER_SCREEN
    if application.stage in (_BEFORE_SCREENING if screen else _BEFORE_INTERVIEWING):
        moving.moved(scope, [application], Stage.SCREENING if screen else Stage.INTERVIEWING)


def _next_round(scope: Scope, application: Application) -> int:
    query = select(func.coalesce(func.max(interviews.round), 0)).where(
        interviews.user_id == scope.user_id,
        interviews.application_id == application.id,
        interviews.state != InterviewState.CANCELLED,
    )
    return min(50, int(scope.session.execute(query).scalar_one()) + 1)


def found(scope: Scope, interview_id: str) -> Interview:
    """The person's interview, locked for a change; NotFound when it or its application was deleted."""
    row = scope.get(Interview, interview_id, lock=True)
    query = select(applications.deleted_at).where(
        applications.user_id == scope.user_id, applications.id == row.application_id
    )
    if scope.session.execute(query).scalar_one() is not None:
        raise NotFound("interview")
    return row


def touch(scope: Scope, row: Interview) -> None:
    """Keep a changed interview, and let its application count as touched now."""
    row.touched_at = scope.now
    scope.session.flush()
    scope.session.execute(
        update(Application)
        .where(applications.user_id == scope.user_id, applications.id == row.application_id)
        .values(touched_at=scope.now)
    )


def move(scope: Scope, interview_id: str, typed: dict[str, str]) -> str:
    """Give an interview another time; one that was called off is on again. The log keeps the earlier time."""
    row = found(scope, interview_id)
    if "starts_at" not in typed:
        raise Invalid({"starts_at": "When does it begin?"})
    values = _times(row, typed)
    if row.state in (InterviewState.CANCELLED, InterviewState.NO_SHOW):
        values["state"] = InterviewState.SCHEDULED.value
    if not _moved(scope, row, values):
        return "Nothing to change: it is at that time already"
    return f"{InterviewKind(row.kind).label} moved to {exact_moment(scope, row.starts_at)}"


_TIMES = ("starts_at", "zone", "minutes")


def _times(row: Interview, typed: dict[str, str]) -> dict[str, Any]:
    """The columns that the times typed give: another zone alone keeps the time on the clock, the same time stays the first or
    the second that it was."""
    times = {name: raw for name, raw in typed.items() if name in _TIMES}
    if not {"starts_at", "zone"} & times.keys():
        return parsed(times)
    current = as_typed(row)
    times = {"starts_at": current["starts_at"], "zone": row.zone, **times}
    is_same = all(times[name] == current[name] for name in ("starts_at", "zone"))
    return parsed({**times, "fold": typed.get("fold") or (current["fold"] if is_same else "")})


def _moved(scope: Scope, row: Interview, values: dict[str, Any]) -> bool:
    was, changed = row.starts_at, _changed(row, values)
    if not changed:
        return False
    if row.starts_at != was:
        row.placed_at = scope.now
    touch(scope, row)
    timeline.record(
        scope,
        EventKind.INTERVIEW_MOVED,
        row.application_id,
        id=str(row.id),
        interview=row.kind,
        changed=changed,
        agreed=agreed(row),
    )
    return True


def _changed(row: Interview, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Set what differs; each changed column with its value before and after, as JSON holds them."""
    changed = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            changed[name] = [_plain(before), _plain(value)]
    return changed


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def edit(scope: Scope, interview_id: str, typed: dict[str, str], was: dict[str, str] | None = None) -> str:
    """Change the fields typed, and the time with them; Conflict when one of them isn't what it `was` any more."""
    row = found(scope, interview_id)
    asked = {name: raw for name, raw in typed.items() if name in FIELD_LABELS}
    current = as_typed(row)
    if was is not None:
        asked = {name: raw for name, raw in asked.items() if raw != was.get(name)}
        _refuse_stale(asked, was, current)
    times = _times(row, {**asked, "fold": typed.get("fold", "")})
    facts = parsed({name: raw for name, raw in asked.items() if name not in _TIMES})
    edited = _edited(scope, row, facts)
    moved = _moved(scope, row, times)
    return "Interview saved" if edited or moved else "Nothing to change"


def _refuse_stale(asked: dict[str, str], was: dict[str, str], current: dict[str, str]) -> None:
    for name, raw in asked.items():
        if was.get(name, current[name]) != current[name] and raw != current[name]:
            raise Conflict(
                f"{FIELD_LABELS[name]} was changed elsewhere while you were writing.",
                field=name,
                mine=raw,
                theirs=current[name],
            )


def _edited(scope: Scope, row: Interview, values: dict[str, Any]) -> bool:
    changed = _changed(row, values)
    if not changed:
        return False
    touch(scope, row)
    timeline.record(
        scope,
        EventKind.INTERVIEW_EDITED,
        row.application_id,
        id=str(row.id),
        interview=row.kind,
        fields=list(changed),
        **timeline.both(changed),
    )
    return True


def preview(
    scope: Scope, starts_at: str, zone: str, minutes: str, fold: str = "", except_id: str = ""
) -> TimePreview:
    """What there is to say of a time still being typed; nothing while it can't be read."""
    zone = zone or scope.who.timezone or "UTC"
    try:
        local = parsed({"starts_at": starts_at})["starts_at"]
        parsed({"zone": zone})
    except Invalid:
        return TimePreview()
    if not instants(local, named(zone)):
        return TimePreview(problem=skipped(local, zone))
    choices = both_times(local, zone)
    return TimePreview(
        question=twice(local) if choices else "",
        choices=choices,
        clashes=clashes(scope, starts_at, zone, minutes, except_id, fold),
    )


def clashes(
    scope: Scope, starts_at: str, zone: str, minutes: str, except_id: str = "", fold: str = ""
) -> list[InterviewLine]:
    """Scheduled interviews that overlap a time still being typed, at most 5; none while it can't be read."""
    try:
        values = parsed({"starts_at": starts_at, "zone": zone or scope.who.timezone or "UTC", "fold": fold})
        length = parsed({"minutes": minutes or "60"})["minutes"]
    except Invalid:
        return []
    begins = values["starts_at"]
    rows = chosen(
        scope,
        interviews.state == InterviewState.SCHEDULED,
        interviews.starts_at > begins - timedelta(minutes=LONGEST),
        interviews.starts_at < begins + timedelta(minutes=length),
        ends_at() > begins,
        limit=6,
    )
    return [line(scope, row) for row in rows if str(row["id"]) != except_id][:5]
