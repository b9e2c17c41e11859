"""Schedule, move and edit interviews, and preview a time that is being typed."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from tracker.db import Scope
from tracker.errors import Conflict, Invalid, NotFound
from tracker.models import Application, Interview, applications, interviews
from tracker.services import timeline
from tracker.services.applications import stage_moves
from tracker.services.interviews.interview_fields import (
    FIELD_LABELS,
    MAX_MINUTES,
    agreed_time,
    ambiguous_message,
    as_typed,
    fold_choices,
    parsed,
    skipped_message,
)
from tracker.services.interviews.interview_items import ends_at, list_item, matching_rows
from tracker.services.local_days import exact_moment
from tracker.shapes.dates import exact_day, time_of
from tracker.shapes.enumerations import EventKind, InterviewKind, InterviewState, Stage
from tracker.shapes.interviews import InterviewItem, TimePreview
from tracker.zones import instants, named


def blank(scope: Scope, application_id: str) -> dict[str, str]:
    """Return the initial form values for another interview of an application."""
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
    """Schedule an interview, advance its application's stage if it implies one, and return its id.

    Raises Invalid, which names every field that isn't valid.
    """
    application = stage_moves.locked_applications(scope, [application_id])[0]
    filled = {name: raw for name, raw in typed.items() if str(raw).strip() or name == "starts_at"}
    values = parsed(
        {"kind": InterviewKind.OTHER, "starts_at": "", "zone": scope.who.timezone or "UTC", **filled}
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
        agreed=agreed_time(row),
    )
    _advance_stage(scope, application, row.kind)
    return str(row.id)


def _advance_stage(scope: Scope, application: Application, kind: str) -> None:
    is_screen = kind == InterviewKind.RECRUITER_SCREEN
    if application.stage in (_BEFORE_SCREENING if is_screen else _BEFORE_INTERVIEWING):
        stage_moves.move_locked(scope, [application], Stage.SCREENING if is_screen else Stage.INTERVIEWING)


def _next_round(scope: Scope, application: Application) -> int:
    query = select(func.coalesce(func.max(interviews.round), 0)).where(
        interviews.user_id == scope.user_id,
        interviews.application_id == application.id,
        interviews.state != InterviewState.CANCELLED,
    )
    return min(50, int(scope.session.execute(query).scalar_one()) + 1)


def locked_interview(scope: Scope, interview_id: str) -> Interview:
    """Return the user's interview, locked. Raises NotFound when it or its application was deleted."""
    row = scope.get(Interview, interview_id, lock=True)
    query = select(applications.deleted_at).where(
        applications.user_id == scope.user_id, applications.id == row.application_id
    )
    if scope.session.execute(query).scalar_one() is not None:
        raise NotFound("interview")
    return row


def touch(scope: Scope, row: Interview) -> None:
    """Save a changed interview and update its application's last activity."""
    row.touched_at = scope.now
    scope.session.flush()
    scope.session.execute(
        update(Application)
        .where(applications.user_id == scope.user_id, applications.id == row.application_id)
        .values(touched_at=scope.now)
    )


def move(scope: Scope, interview_id: str, typed: dict[str, str]) -> str:
    """Change an interview's time, reopening a cancelled one. The event log stores the earlier time."""
    row = locked_interview(scope, interview_id)
    if "starts_at" not in typed:
        raise Invalid({"starts_at": "Enter a date and time."})
    values = _time_values(row, typed)
    if row.state in (InterviewState.CANCELLED, InterviewState.NO_SHOW):
        values["state"] = InterviewState.SCHEDULED.value
    if not _record_move(scope, row, values):
        return "It's already at that time"
    return f"{InterviewKind(row.kind).noun.capitalize()} moved to {exact_moment(scope, row.starts_at)}"


_TIME_FIELDS = ("starts_at", "zone", "minutes")


def _time_values(row: Interview, typed: dict[str, str]) -> dict[str, Any]:
    """Return the columns of the submitted times.

    A new zone alone keeps the local time, and an unchanged ambiguous time keeps its fold.
    """
    typed_times = {name: raw for name, raw in typed.items() if name in _TIME_FIELDS}
    if not {"starts_at", "zone"} & typed_times.keys():
        return parsed(typed_times)
    current = as_typed(row)
    typed_times = {"starts_at": current["starts_at"], "zone": row.zone, **typed_times}
    is_same = all(typed_times[name] == current[name] for name in ("starts_at", "zone"))
    return parsed({**typed_times, "fold": typed.get("fold") or (current["fold"] if is_same else "")})


def _record_move(scope: Scope, row: Interview, values: dict[str, Any]) -> bool:
    previous_start, changed = row.starts_at, _apply(row, values)
    if not changed:
        return False
    if row.starts_at != previous_start:
        row.placed_at = scope.now
    touch(scope, row)
    timeline.record(
        scope,
        EventKind.INTERVIEW_MOVED,
        row.application_id,
        id=str(row.id),
        interview=row.kind,
        changed=changed,
        agreed=agreed_time(row),
    )
    return True


def _apply(row: Interview, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Set the values that differ; return each with its values before and after, as JSON values."""
    changed = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            changed[name] = [_as_json(before), _as_json(value)]
    return changed


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def edit(scope: Scope, interview_id: str, typed: dict[str, str], base: dict[str, str] | None = None) -> str:
    """Change the submitted fields. Raises Conflict when one of them no longer has the value in `base`."""
    row = locked_interview(scope, interview_id)
    changes = {name: raw for name, raw in typed.items() if name in FIELD_LABELS}
    current = as_typed(row)
    if base is not None:
        changes = {name: raw for name, raw in changes.items() if raw != base.get(name)}
        _require_current(changes, base, current)
    times = _time_values(row, {**changes, "fold": typed.get("fold", "")})
    values = parsed({name: raw for name, raw in changes.items() if name not in _TIME_FIELDS})
    edited = _record_edit(scope, row, values)
    moved = _record_move(scope, row, times)
    return "Interview saved" if edited or moved else "Nothing to change"


def _require_current(changes: dict[str, str], base: dict[str, str], current: dict[str, str]) -> None:
    for name, raw in changes.items():
        if base.get(name, current[name]) != current[name] and raw != current[name]:
            raise Conflict(
                f"{FIELD_LABELS[name]} was changed elsewhere while you were writing.",
                field=name,
                mine=raw,
                theirs=current[name],
            )


def _record_edit(scope: Scope, row: Interview, values: dict[str, Any]) -> bool:
    changed = _apply(row, values)
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
        **timeline.logged_change(changed),
    )
    return True


def preview(
    scope: Scope, starts_at: str, zone: str, minutes: str, fold: str = "", except_id: str = ""
) -> TimePreview:
    """Return notes on a time that is being typed; empty while it isn't a valid time."""
    zone = zone or scope.who.timezone or "UTC"
    try:
        local = parsed({"starts_at": starts_at})["starts_at"]
        parsed({"zone": zone})
    except Invalid:
        return TimePreview()
    if not instants(local, named(zone)):
        return TimePreview(problem=skipped_message(local, zone))
    choices = fold_choices(local, zone)
    return TimePreview(
        own_time=_own_time(scope, local, zone, fold),
        question=ambiguous_message(local) if choices else "",
        choices=choices,
        clashes=clashes(scope, starts_at, zone, minutes, except_id, fold),
    )


def _own_time(scope: Scope, local: datetime, zone: str, fold: str) -> str:
    """Return a local time on the user's clock; empty if it is the same or the instant is unknown."""
    candidates = instants(local, named(zone))
    if len(candidates) == 2 and fold not in ("0", "1"):
        return ""
    instant, user_zone = candidates[int(fold or 0) if len(candidates) == 2 else 0], scope.who.zone
    own = instant.astimezone(user_zone)
    if own.replace(tzinfo=None) == local:
        return ""
    day = "" if own.date() == local.date() else f"{exact_day(own.date(), scope.who.locale, year=False)}, "
    return f"{day}{time_of(instant, user_zone, scope.who.locale)} your time"


def clashes(
    scope: Scope, starts_at: str, zone: str, minutes: str, except_id: str = "", fold: str = ""
) -> list[InterviewItem]:
    """Return at most 5 scheduled interviews that overlap a time being typed; none while it isn't valid."""
    try:
        values = parsed({"starts_at": starts_at, "zone": zone or scope.who.timezone or "UTC", "fold": fold})
        length = parsed({"minutes": minutes or "60"})["minutes"]
    except Invalid:
        return []
    starts_at_instant = values["starts_at"]
    rows = matching_rows(
        scope,
        interviews.state == InterviewState.SCHEDULED,
        interviews.starts_at > starts_at_instant - timedelta(minutes=MAX_MINUTES),
        interviews.starts_at < starts_at_instant + timedelta(minutes=length),
        ends_at() > starts_at_instant,
        limit=6,
    )
    return [list_item(scope, row) for row in rows if str(row["id"]) != except_id][:5]
