"""Moving applications between stages, closing them, and following up."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from tracker.db import Scope, as_uuid
from tracker.errors import Invalid, NotFound, TooMany
from tracker.models import Application, applications, events
from tracker.services import snapshots, timeline
from tracker.shapes.words import EventKind, Outcome, Stage

AT_ONCE = 500


def chosen(scope: Scope, ids: Sequence[str]) -> list[Application]:
    """The person's live applications of these ids, locked in a fixed order; NotFound when one isn't there."""
    wanted = {as_uuid(row_id, Application) for row_id in ids}
    if len(wanted) > AT_ONCE:
        raise TooMany(f"At most {AT_ONCE} applications at once.")
    query = (
        select(Application)
        .where(
            applications.user_id == scope.user_id,
            applications.id.in_(wanted),
            applications.deleted_at.is_(None),
        )
        .order_by(applications.id)
        .with_for_update()
    )
    rows = list(scope.session.scalars(query))
    if len(rows) != len(wanted):
        raise NotFound("application")
    return rows


def move(scope: Scope, ids: Sequence[str], stage: str, outcome: str = "") -> str:
    """Put applications in a stage (closed needs an outcome) and record each; what was done, in words."""
    to, ends = _asked(stage, outcome)
    return moved(scope, chosen(scope, ids), to, ends)


def moved(scope: Scope, locked: Sequence[Application], to: Stage, ends: Outcome | None = None) -> str:
    """As `move`, for applications that are at hand and locked already."""
    rows = [row for row in locked if (row.stage, row.outcome) != (to, ends)]
    snapshots.touched(scope, *[row.applied_on for row in rows if row.stage == Stage.SAVED])
    happened = [(row.id, _move_one(scope, row, to, ends)) for row in rows]
    scope.session.flush()
    timeline.record_many(scope, EventKind.STAGE_CHANGED, happened)
    return _said(rows, to, ends)


def _asked(stage: str, outcome: str) -> tuple[Stage, Outcome | None]:
    if stage not in set(Stage):
        raise Invalid({"stage": "Choose one of the stages listed."})
    if stage == Stage.CLOSED and outcome not in set(Outcome):
        raise Invalid({"outcome": "Say how it ended."})
    return Stage(stage), Outcome(outcome) if stage == Stage.CLOSED else None


def _move_one(scope: Scope, row: Application, to: Stage, ends: Outcome | None) -> dict[str, Any]:
    """Change one row; the particulars say all that an undo needs to put it back."""
    before: dict[str, Any] = {
        "from": row.stage,
        "from_outcome": row.outcome,
        "from_since": row.stage_since.isoformat(),
        "from_furthest": row.furthest,
        "to": to.value,
        "outcome": ends.value if ends else None,
        "from_follow_up_on": row.follow_up_on.isoformat() if row.follow_up_on else None,
    }
    goes_on = to.rank > Stage(row.stage).rank
    row.stage, row.outcome = to.value, ends.value if ends else None
    row.stage_since = row.touched_at = scope.now
    row.version += 1
    if Stage(row.furthest).rank < to.rank < Stage.CLOSED.rank:
        row.furthest = to.value
        setattr(row, f"{to}_at", scope.now)
    if row.applied_on is None and Stage.APPLIED.rank <= to.rank < Stage.CLOSED.rank:
        row.applied_on = scope.today
        before["set_applied_on"] = scope.today.isoformat()
    if goes_on and to is not Stage.CLOSED:
        row.follow_up_on = first_follow_up(scope, to, row.applied_on, row.follow_up_on)
    before["follow_up_on"] = row.follow_up_on.isoformat() if row.follow_up_on else None
    return before


def first_follow_up(scope: Scope, stage: Stage, applied_on: date | None, kept: date | None) -> date | None:
    """The day to follow up on an application that has just reached a stage: sooner after a response, never on an
    offer, and no sooner than today. What is still only saved, or was sent too long ago to ask about,
    keeps its date, and so does a day that was chosen and is still to come."""
    cadence = scope.who.cadence
    if stage is Stage.OFFER:
        return None
    if stage is Stage.SAVED or not cadence.follow_ups:
        return kept
    if stage is not Stage.APPLIED:
        return scope.today + timedelta(days=cadence.reply_first)
    sent = applied_on or scope.today
    if (kept is not None and kept >= scope.today) or (scope.today - sent).days >= cadence.close:
        return kept
    return max(scope.today, sent + timedelta(days=cadence.follow_up_first))


def _said(rows: list[Application], to: Stage, ends: Outcome | None) -> str:
    where = f"closed as {ends.label.lower()}" if ends else f"moved to {to.label}"
    if not rows:
        return "Nothing to change: it stands there already"
    if len(rows) == 1:
        return f"{rows[0].role} at {rows[0].company} {where}"
    return f"{len(rows)} applications {where}"


def follow_up(scope: Scope, application_id: str) -> str:
    """Log that the person followed up today; the cadence says when to do so again, and when no more."""
    row = chosen(scope, [application_id])[0]
    before = row.follow_up_on
    done = (
        scope.session.execute(select(number_of_follow_ups(scope, row.id, row.stage_since))).scalar_one() + 1
    )
    cadence = scope.who.cadence
    wait = cadence.follow_up_again if row.stage in (Stage.SAVED, Stage.APPLIED) else cadence.reply_again
    row.follow_up_on = scope.today + timedelta(days=wait) if done < cadence.follow_ups else None
    row.touched_at = scope.now
    row.version += 1
    scope.session.flush()
    timeline.record(
        scope,
        EventKind.FOLLOW_UP_LOGGED,
        row.id,
        follow_up_on=before.isoformat() if before else None,
        then=row.follow_up_on.isoformat() if row.follow_up_on else None,
    )
    return "Follow-up logged"


def follow_ups(scope: Scope, application_id: str) -> int:
    """How often the person followed up on an application."""
    row_id = as_uuid(application_id, Application)
    return int(scope.session.execute(select(number_of_follow_ups(scope, row_id))).scalar_one())


def number_of_follow_ups(scope: Scope, row_id: Any, since: Any = None) -> ScalarSelect[int]:
    """How often the person followed up on an application (since an instant), as a column of another query."""
    query = select(func.count()).where(
        events.user_id == scope.user_id,
        events.application_id == row_id,
        events.kind == EventKind.FOLLOW_UP_LOGGED,
        events.undone_at.is_(None),
    )
    return (query if since is None else query.where(events.at >= since)).scalar_subquery()
