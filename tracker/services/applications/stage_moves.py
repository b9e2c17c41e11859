"""Move applications between stages, close them, and log follow-ups."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from tracker.db import Scope, as_uuid
from tracker.errors import Invalid, NotFound, TooMany
from tracker.models import Application, applications, events
from tracker.services import timeline
from tracker.services.applications import slips
from tracker.services.field_parsers import Parser, enumeration, parsed_by, text
from tracker.services.figures import snapshots
from tracker.shapes.enumerations import EventKind, FollowUpWay, Outcome, Stage

MAX_AT_ONCE = 500
_FOLLOW_UP_PARSERS: dict[str, Parser] = {"way": enumeration(FollowUpWay, "ways"), "note": text(200)}


def locked_applications(scope: Scope, ids: Sequence[str]) -> list[Application]:
    """Return the user's live applications, locked in id order. Raises NotFound if one is missing."""
    row_ids = {as_uuid(row_id, Application) for row_id in ids}
    if len(row_ids) > MAX_AT_ONCE:
        raise TooMany(f"At most {MAX_AT_ONCE} applications at once.")
    query = (
        select(Application)
        .where(
            applications.user_id == scope.user_id,
            applications.id.in_(row_ids),
            applications.deleted_at.is_(None),
        )
        .order_by(applications.id)
        .with_for_update()
    )
    rows = list(scope.session.scalars(query))
    if len(rows) != len(row_ids):
        raise NotFound("application")
    return rows


def move(scope: Scope, ids: Sequence[str], stage: str, outcome: str = "") -> str:
    """Move applications to a stage (closed needs an outcome), and return a sentence for the notice."""
    new_stage, new_outcome = parsed_target(stage, outcome)
    return move_locked(scope, locked_applications(scope, ids), new_stage, new_outcome)


def move_locked(
    scope: Scope, locked: Sequence[Application], stage: Stage, outcome: Outcome | None = None
) -> str:
    """Move applications that are already loaded and locked, as `move` does."""
    rows = [row for row in locked if (row.stage, row.outcome) != (stage, outcome)]
    snapshots.invalidate(scope, *[row.applied_on for row in rows if row.stage == Stage.SAVED])
    recent = slips.recent_moves(scope, rows, stage)
    logged = [(row.id, _move_one(scope, row, stage, outcome, recent.get(row.id, []))) for row in rows]
    scope.session.flush()
    snapshots.invalidate(scope, *[day for _, particulars in logged for day in slips.days(scope, particulars)])
    timeline.record_many(scope, EventKind.STAGE_CHANGED, logged)
    return _sentence(rows, stage, outcome)


def parsed_target(stage: str, outcome: str) -> tuple[Stage, Outcome | None]:
    """Parse a stage and the outcome of a closed one. Raises Invalid for unknown ones."""
    if stage not in set(Stage):
        raise Invalid({"stage": "Choose one of the listed stages."})
    if stage == Stage.CLOSED and outcome not in set(Outcome):
        raise Invalid({"outcome": "Choose an outcome."})
    return Stage(stage), Outcome(outcome) if stage == Stage.CLOSED else None


def _move_one(
    scope: Scope,
    row: Application,
    stage: Stage,
    outcome: Outcome | None,
    recent: list[slips.Move],
) -> dict[str, Any]:
    """Change one row, and return the event's particulars, which store all that undo needs."""
    particulars: dict[str, Any] = {
        "from": row.stage,
        "from_outcome": row.outcome,
        "from_since": row.stage_since.isoformat(),
        "from_furthest": row.furthest,
        "to": stage.value,
        "outcome": outcome.value if outcome else None,
        "from_follow_up_on": row.follow_up_on.isoformat() if row.follow_up_on else None,
    }
    applied_on, times = row.applied_on, slips.reached_times(row)
    if reversed_moves := slips.reverse(row, stage, recent):
        particulars |= slips.logged(reversed_moves) | {"from_times": times}
    _enter(scope, row, stage, outcome)
    row.touched_at = scope.now
    row.version += 1
    if applied_on is None and row.applied_on:
        particulars["set_applied_on"] = row.applied_on.isoformat()
    if applied_on and row.applied_on is None:
        particulars["cleared_applied_on"] = applied_on.isoformat()
    particulars["follow_up_on"] = row.follow_up_on.isoformat() if row.follow_up_on else None
    return particulars


def _enter(scope: Scope, row: Application, stage: Stage, outcome: Outcome | None) -> None:
    """Put a row into a stage now; one that stays closed keeps the day on which it was closed."""
    before = Stage(row.stage)
    row.stage, row.outcome = stage.value, outcome.value if outcome else None
    if stage is before:
        return
    row.stage_since = scope.now
    if Stage(row.furthest).rank < stage.rank < Stage.CLOSED.rank:
        row.furthest = stage.value
        setattr(row, f"{stage}_at", scope.now)
    if row.applied_on is None and Stage.APPLIED.rank <= stage.rank < Stage.CLOSED.rank:
        row.applied_on = scope.today
    if before is Stage.CLOSED:
        row.follow_up_on = _follow_up_after_reopening(scope, stage, row.follow_up_on)
    elif before.rank < stage.rank < Stage.CLOSED.rank:
        row.follow_up_on = next_follow_up(scope, stage, row.applied_on, row.follow_up_on)


def next_follow_up(scope: Scope, stage: Stage, applied_on: date | None, current: date | None) -> date | None:
    """Return the date of the first follow-up after a move: sooner after a response, none after an offer.

    A saved application, one sent too long ago, and a chosen date in the future keep their date. Never returns a past
    date of its own.
    """
    cadence = scope.who.cadence
    if stage is Stage.OFFER:
        return None
    if stage is Stage.SAVED or not cadence.follow_ups:
        return current
    if stage is not Stage.APPLIED:
        return scope.today + timedelta(days=cadence.reply_first)
    sent = applied_on or scope.today
    if (current is not None and current >= scope.today) or (scope.today - sent).days >= cadence.close:
        return current
    return max(scope.today, sent + timedelta(days=cadence.follow_up_first))


def _follow_up_after_reopening(scope: Scope, stage: Stage, current: date | None) -> date | None:
    """Return the next follow-up of a reopened application; never a past date."""
    cadence = scope.who.cadence
    if (current and current >= scope.today) or not cadence.follow_ups:
        return current
    if stage in (Stage.SAVED, Stage.OFFER):
        return None
    delay = cadence.follow_up_first if stage is Stage.APPLIED else cadence.reply_first
    return scope.today + timedelta(days=delay)


def _sentence(rows: list[Application], stage: Stage, outcome: Outcome | None) -> str:
    change = f"closed as {outcome.label.lower()}" if outcome else f"moved to {stage.label}"
    if not rows:
        return "It's already in that stage"
    if len(rows) == 1:
        return f"{rows[0].role} at {rows[0].company} {change}"
    return f"{len(rows)} applications {change}"


def follow_up(scope: Scope, application_id: str, typed: dict[str, str] | None = None) -> str:
    """Log a follow-up today with the `way` and `note` typed, and schedule the next one.

    Raises Invalid for an unknown way, or a note of more than 200 characters.
    """
    details = {name: value for name, value in parsed_by(_FOLLOW_UP_PARSERS, typed or {}).items() if value}
    row = locked_applications(scope, [application_id])[0]
    before = row.follow_up_on
    follow_up_count = (
        scope.session.execute(select(follow_up_count_query(scope, row.id, row.stage_since))).scalar_one() + 1
    )
    cadence = scope.who.cadence
    delay = cadence.follow_up_again if row.stage in (Stage.SAVED, Stage.APPLIED) else cadence.reply_again
    row.follow_up_on = scope.today + timedelta(days=delay) if follow_up_count < cadence.follow_ups else None
    row.touched_at = scope.now
    row.version += 1
    scope.session.flush()
    timeline.record(
        scope,
        EventKind.FOLLOW_UP_LOGGED,
        row.id,
        follow_up_on=before.isoformat() if before else None,
        then=row.follow_up_on.isoformat() if row.follow_up_on else None,
        **details,
    )
    return "Follow-up logged"


def follow_ups(scope: Scope, application_id: str) -> int:
    """Return the number of follow-ups of an application."""
    row_id = as_uuid(application_id, Application)
    return int(scope.session.execute(select(follow_up_count_query(scope, row_id))).scalar_one())


def follow_up_count_query(scope: Scope, row_id: Any, since: Any = None) -> ScalarSelect[int]:
    """Return a scalar subquery: the number of follow-ups of an application, optionally since an instant."""
    query = select(func.count()).where(
        events.user_id == scope.user_id,
        events.application_id == row_id,
        events.kind == EventKind.FOLLOW_UP_LOGGED,
        events.undone_at.is_(None),
    )
    return (query if since is None else query.where(events.at >= since)).scalar_subquery()
