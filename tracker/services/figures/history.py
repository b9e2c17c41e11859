"""How the search stood on past days, told from the event log alone.

An application stands where its last change that wasn't taken back put it by the end of a day. A date of sending that lies
before the change with which it left `saved` counts as that change's day: from then on it stood in `applied`. Deleted
applications stand nowhere, on no day.
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
from tracker.services.figures.facts import chosen
from tracker.services.interviews.calendar import midnight
from tracker.services.local_days import local_day
from tracker.services.once import built_once
from tracker.shapes.figures import Selection
from tracker.shapes.words import RESPONSES, Door, EventKind, Outcome, Stage

STANDINGS = (
    *(stage.value for stage in Stage if stage is not Stage.CLOSED),
    *(outcome.value for outcome in Outcome),
)
"""Where an application can stand: in a stage, or ended in some way."""
OWN_DOORS = (Door.WEB, Door.API)
"""Doors through which the person acts."""


@dataclass(frozen=True)
class Change:
    """From this day on an application stood there."""

    day: date
    standing: str


@dataclass(frozen=True)
class Course:
    """The course of one application: its changes in their order, when it was sent, and when it was first answered."""

    id: UUID
    changes: list[Change]
    sent_on: date | None
    answered_on: date | None

    def on(self, day: date) -> str:
        """Where it stood when a day ended; nowhere before it was there."""
        standing = ""
        for change in self.changes:
            if change.day > day:
                break
            standing = change.standing
        return standing


def courses(scope: Scope, selection: Selection | None = None) -> Iterator[Course]:
    """The course of every live application of a selection; its period counts as everywhere, by the day of sending."""
    found = scope.session.execute(_told(scope, selection or Selection()))
    for (row_id, sent_on), rows in groupby(found, key=lambda row: (row[0], row[1])):
        yield _course(scope, row_id, sent_on, [(row[2], row[3]) for row in rows])


def _told(scope: Scope, selection: Selection) -> Select[Any]:
    words = events.particulars
    stage = case(
        (events.kind == EventKind.STAGE_CHANGED, words["to"].astext),
        else_=func.coalesce(words["stage"].astext, Stage.SAVED.value),
    )
    return (
        select(
            applications.id, applications.applied_on, events.at, func.coalesce(words["outcome"].astext, stage)
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
            *chosen(scope, selection),
        )
        .order_by(events.application_id, events.at, events.id)
    )


def _course(scope: Scope, row_id: UUID, sent_on: date | None, told: list[tuple[datetime, str]]) -> Course:
    zone = scope.who.zone
    log = [Change(at.astimezone(zone).date(), standing) for at, standing in told]
    left = next((n for n, change in enumerate(log) if change.standing != Stage.SAVED), len(log))
    if sent_on and left < len(log) and sent_on < log[left].day:
        before = [change for change in log[:left] if change.day < sent_on]
        log = [*before, Change(sent_on, Stage.APPLIED.value), *log[left:]]
    return Course(row_id, log, sent_on, _answered_on(log))


def _answered_on(log: list[Change]) -> date | None:
    beyond = {Stage.SCREENING.value, Stage.INTERVIEWING.value, Stage.OFFER.value, *RESPONSES}
    return next((change.day for change in log if change.standing in beyond), None)


def standing(of: Iterable[Course], day: date) -> Counter[str]:
    """How many stood where when a day ended."""
    stood = Counter(course.on(day) for course in of)
    del stood[""]
    return stood


@dataclass
class Days:
    """What changed on each day: who stood where, how many were sent and answered, and what the person did."""

    moved: dict[date, Counter[str]]
    sent: Counter[date]
    answered: Counter[date]
    actions: dict[date, int]

    @property
    def first(self) -> date | None:
        """The earliest day of which there is anything to tell."""
        return min([*self.moved, *self.sent, *self.actions], default=None)


def days(scope: Scope) -> Days:
    """The whole search as changes from day to day."""
    told = Days(defaultdict(Counter), Counter(), Counter(), actions(scope))
    for course in courses(scope):
        before = ""
        for change in course.changes:
            told.moved[change.day][change.standing] += 1
            told.moved[change.day][before] -= 1
            before = change.standing
        told.sent.update([course.sent_on] if course.sent_on else [])
        told.answered.update([course.answered_on] if course.answered_on else [])
    return told


def actions(
    scope: Scope, first: date | None = None, last: date | None = None, selection: Selection | None = None
) -> dict[date, int]:
    """How often the person acted on each day of a stretch, in the log and not taken back; of a selection, on it alone.

    What an import or the worker did isn't the person's doing; what was done to an application since deleted is left out,
    since it will be forgotten.
    """
    return {row["day"]: row["number"] for row in _acted(scope, first, last, selection)}


@built_once
def _acted(scope: Scope, first: date | None, last: date | None, selection: Selection | None) -> Any:
    day = local_day(scope, events.at).label("day")
    query = select(day, func.count().label("number")).where(
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
            *chosen(scope, selection.without_period),
        )
        query = query.where(events.application_id.in_(within))
    return query.group_by(day)
