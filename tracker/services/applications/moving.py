"""Moving applications between stages, closing them, and following up."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select

from tracker.db import Scope, as_uuid
from tracker.errors import Invalid, NotFound, TooMany
from tracker.models import Application, applications, events
from tracker.services import snapshots, timeline
from tracker.shapes.words import EventKind, Outcome, Stage

AT_ONCE = 500
FOLLOW_UP_EVERY = timedelta(days=7)
FOLLOW_UPS = 2


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
    before = {
        "from": row.stage,
        "from_outcome": row.outcome,
        "from_since": row.stage_since.isoformat(),
        "from_furthest": row.furthest,
        "to": to.value,
        "outcome": ends.value if ends else None,
    }
    row.stage, row.outcome = to.value, ends.value if ends else None
    row.stage_since = row.touched_at = scope.now
    row.version += 1
    if Stage(row.furthest).rank < to.rank < Stage.CLOSED.rank:
        row.furthest = to.value
        setattr(row, f"{to}_at", scope.now)
    if row.applied_on is None and Stage.APPLIED.rank <= to.rank < Stage.CLOSED.rank:
        row.applied_on = scope.today
        before["set_applied_on"] = scope.today.isoformat()
    return before


def _said(rows: list[Application], to: Stage, ends: Outcome | None) -> str:
    where = f"closed as {ends.label.lower()}" if ends else f"moved to {to.label}"
    if not rows:
        return "Nothing to change: it stands there already"
    if len(rows) == 1:
        return f"{rows[0].role} at {rows[0].company} {where}"
    return f"{len(rows)} applications {where}"


def follow_up(scope: Scope, application_id: str) -> str:
    """Log that the person followed up today; the next date is set a week on, after the second none."""
    row = chosen(scope, [application_id])[0]
    before = row.follow_up_on
    done = follow_ups(scope, application_id) + 1
    row.follow_up_on = scope.today + FOLLOW_UP_EVERY if done < FOLLOW_UPS else None
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


def number_of_follow_ups(scope: Scope, row_id: UUID) -> ScalarSelect[int]:
    """How often the person followed up on an application, as a column of another query."""
    return (
        select(func.count())
        .where(
            events.user_id == scope.user_id,
            events.application_id == row_id,
            events.kind == EventKind.FOLLOW_UP_LOGGED,
            events.undone_at.is_(None),
        )
        .scalar_subquery()
    )
