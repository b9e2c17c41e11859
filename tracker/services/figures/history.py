"""The pipeline on past days, computed from the event log alone.

At the end of a day an application is where its last change, unless undone, put it. A date of sending before the change with
which it left `saved` counts as that change's day: from then on it was in `applied`. A slip (a move reversed within
ten minutes) never happened. Deleted applications are nowhere, on any day.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, select

from tracker.db import Scope
from tracker.models import Application, applications, events
from tracker.services.figures.fact_columns import conditions_of
from tracker.services.local_days import local_day, midnight
from tracker.services.prepared_queries import prepared_query
from tracker.shapes.enumerations import RESPONSES, Door, EventKind, Outcome, Stage
from tracker.shapes.figures import Selection

STANDINGS = (
    *(stage.value for stage in Stage if stage is not Stage.CLOSED),
    *(outcome.value for outcome in Outcome),
)
"""Every status of an application: a stage, or an outcome."""
OWN_DOORS = (Door.WEB, Door.API)
"""Entry points that the user acts through."""


@dataclass(frozen=True)
class Change:
    """A status and the day from which an application had it."""

    day: date
    standing: str


@dataclass(frozen=True)
class Course:
    """The history of one application: its changes in order, when it was sent, and first answered."""

    id: UUID
    changes: list[Change]
    sent_on: date | None
    answered_on: date | None

    def on(self, day: date) -> str:
        """Return the status at the end of a day; empty before the application existed."""
        standing = ""
        for change in self.changes:
            if change.day > day:
                break
            standing = change.standing
        return standing


def courses(scope: Scope, selection: Selection | None = None) -> Iterator[Course]:
    """Yield the history of every live application of a selection by day of sending."""
    rows = scope.session.execute(_changes_query(scope, selection or Selection()))
    for (row_id, sent_on), changes in groupby(rows, key=lambda row: (row[0], row[1])):
        yield _course(scope, row_id, sent_on, _without_slips([row[2:] for row in changes]))


def _changes_query(scope: Scope, selection: Selection) -> Select[Any]:
    particulars = events.particulars
    stage = case(
        (events.kind == EventKind.STAGE_CHANGED, particulars["to"].astext),
        else_=func.coalesce(particulars["stage"].astext, Stage.SAVED.value),
    )
    return (
        select(
            applications.id,
            applications.applied_on,
            events.at,
            func.coalesce(particulars["outcome"].astext, stage),
            events.id,
            particulars["slips"],
        )
        .join(
            Application,
            and_(applications.user_id == events.user_id, applications.id == events.application_id),
        )
        .where(
            events.user_id == scope.user_id,
            events.kind.in_([EventKind.APPLICATION_ADDED, EventKind.STAGE_CHANGED]),
            events.undone_at.is_(None),
            applications.deleted_at.is_(None),
            *conditions_of(scope, selection),
        )
        .order_by(events.application_id, events.at, events.id)
    )


def _without_slips(
    changes: Iterable[tuple[datetime, str, UUID, list[str] | None]],
) -> list[tuple[datetime, str]]:
    """Return the changes without slips, and without a move to the stage that is current without them."""
    log = list(changes)
    slips = {slip for *_, reversed_ids in log for slip in reversed_ids or ()}
    counted: list[tuple[datetime, str]] = []
    for at, standing, event_id, _ in log:
        if str(event_id) not in slips and (not counted or counted[-1][1] != standing):
            counted.append((at, standing))
    return counted


def _course(scope: Scope, row_id: UUID, sent_on: date | None, changes: list[tuple[datetime, str]]) -> Course:
    zone = scope.who.zone
    log = [Change(at.astimezone(zone).date(), standing) for at, standing in changes]
    left_saved = next((n for n, change in enumerate(log) if change.standing != Stage.SAVED), len(log))
    if sent_on and left_saved < len(log) and sent_on < log[left_saved].day:
        before = [change for change in log[:left_saved] if change.day < sent_on]
        log = [*before, Change(sent_on, Stage.APPLIED.value), *log[left_saved:]]
    return Course(row_id, log, sent_on, _answered_on(log))


def _answered_on(log: list[Change]) -> date | None:
    beyond = {Stage.SCREENING.value, Stage.INTERVIEWING.value, Stage.OFFER.value, *RESPONSES}
    return next((change.day for change in log if change.standing in beyond), None)


def standing(all_courses: Iterable[Course], day: date) -> Counter[str]:
    """Return how many applications had each status at the end of a day."""
    counts = Counter(course.on(day) for course in all_courses)
    del counts[""]
    return counts


@dataclass
class Days:
    """Changes by day: of statuses, of applications sent and answered, and of the user's actions."""

    moved: dict[date, Counter[str]]
    sent: Counter[date]
    answered: Counter[date]
    actions: dict[date, int]

    @property
    def first(self) -> date | None:
        """The earliest day with a change."""
        return min([*self.moved, *self.sent, *self.actions], default=None)


def days(scope: Scope) -> Days:
    """Return the whole search as changes by day."""
    changes = Days(defaultdict(Counter), Counter(), Counter(), actions(scope))
    for course in courses(scope):
        previous = ""
        for change in course.changes:
            changes.moved[change.day][change.standing] += 1
            changes.moved[change.day][previous] -= 1
            previous = change.standing
        changes.sent.update([course.sent_on] if course.sent_on else [])
        changes.answered.update([course.answered_on] if course.answered_on else [])
    return changes


def actions(
    scope: Scope, first: date | None = None, last: date | None = None, selection: Selection | None = None
) -> dict[date, int]:
    """Return how often the user acted on each day, without undone actions; of a selection, on it alone.

    One action on one application counts once, however many events it recorded. Imports and the worker don't count as the
    user's actions, nor do actions on applications that were deleted since.
    """
    return {row["day"]: row["number"] for row in _action_counts(scope, first, last, selection)}


@prepared_query
def _action_counts(scope: Scope, first: date | None, last: date | None, selection: Selection | None) -> Any:
    day = local_day(scope, events.at).label("day")
    query = select(day, events.batch, events.application_id).where(
        events.user_id == scope.user_id, events.undone_at.is_(None), events.door.in_(OWN_DOORS)
    )
    deleted = select(applications.id).where(
        applications.user_id == scope.user_id, applications.deleted_at.is_not(None)
    )
    query = query.where(events.application_id.is_(None) | events.application_id.not_in(deleted))
    if first:
        query = query.where(events.at >= midnight(scope, first))
    if last:
        query = query.where(events.at < midnight(scope, last + timedelta(days=1)))
    if selection and selection.narrows:
        within = select(applications.id).where(
            applications.user_id == scope.user_id,
            *conditions_of(scope, selection.without_period),
        )
        query = query.where(events.application_id.in_(within))
    acts = query.distinct().subquery()
    return select(acts.c.day, func.count().label("number")).group_by(acts.c.day)
