"""What is counted of each application, as columns: all of it stands in one index, so that no row need be read."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Subquery,
    and_,
    case,
    func,
    or_,
    select,
    type_coerce,
)

from tracker.db import Scope
from tracker.models import applications as a
from tracker.services.figures.pay import Money, yearly
from tracker.services.local_days import local_day
from tracker.shapes.figures import Selection
from tracker.shapes.words import RESPONSES, Outcome, Stage
from tracker.storable_text import clean

ACCEPTABLE = (Outcome.ACCEPTED, Outcome.DECLINED)
"""Outcomes that only an offer can have, whether it was ever put into that stage or not."""


def reached() -> ColumnElement[int]:
    """The rank of the stage furthest on that an application ever reached; a date of sending is as good as `applied`."""
    furthest = case({stage.value: stage.rank for stage in Stage}, value=a.furthest)
    return case(
        (a.outcome.in_(ACCEPTABLE), Stage.OFFER.rank),
        (and_(a.applied_on.is_not(None), a.furthest == Stage.SAVED), Stage.APPLIED.rank),
        else_=furthest,
    )


def is_sent() -> ColumnElement[bool]:
    """Whether an application was ever sent."""
    return or_(a.applied_on.is_not(None), a.furthest != Stage.SAVED, a.outcome.in_(ACCEPTABLE))


def is_answered() -> ColumnElement[bool]:
    """Whether the company answered: a stage beyond `applied` was ever reached, or it stands closed with an answer."""
    ended = func.coalesce(a.outcome.in_(RESPONSES), False)
    return and_(is_sent(), or_(a.furthest.not_in([Stage.SAVED, Stage.APPLIED]), ended))


def facts(scope: Scope, selection: Selection, money: Money, *only: ColumnElement[bool]) -> Subquery:
    """One row for each application of the selection; days are the person's, lengths in whole days, pay in their currency."""
    on = _dated(scope, selection, *only).c
    return select(
        on.id,
        on.applied_on,
        on.stands,
        on.reached,
        on.is_sent,
        on.is_answered,
        on.source,
        on.workplace,
        yearly(on, money).label("pay"),
        _waited(scope, on).label("waited"),
        *[stay.label(f"in_{stage}") for stage, stay in _stays(on)],
    ).subquery("facts")


def chosen(scope: Scope, selection: Selection) -> list[ColumnElement[bool]]:
    """The conditions of a selection on the applications' own columns."""
    since, until = selection.days(scope.today)
    day = func.coalesce(a.applied_on, local_day(scope, a.created_at))
    said: list[ColumnElement[bool]] = []
    if since:
        said.append(day >= since)
    if until:
        said.append(day <= until)
    if selection.source:
        said.append(a.source == selection.source)
    if selection.tag:
        said.append(a.tags.contains([selection.tag]))
    if words := clean(selection.role).strip().replace("\\", ""):
        part = "%" + words.replace("%", r"\%").replace("_", r"\_") + "%"
        said.append(a.role_key.like(func.fold(part)))
    return said


_AT = {
    "applied": a.applied_at,
    "screening": a.screening_at,
    "interviewing": a.interviewing_at,
    "offer": a.offer_at,
    "closed": case((a.stage == Stage.CLOSED, a.stage_since)),
}
"""When an application first got to each stage, and when it was closed."""


def _dated(scope: Scope, selection: Selection, *only: ColumnElement[bool]) -> Subquery:
    """The instants of each application as days where the person lives, each worked out once, hence the OFFSET.

    `began` is the rank of what an application was added as: how it got there nobody knows.
    """
    began = case(
        *[(_AT[stage] == a.created_at, stage.rank) for stage in reversed(Stage) if stage in _AT], else_=0
    )
    query = select(
        a.id,
        a.applied_on,
        a.source,
        func.coalesce(a.workplace, "").label("workplace"),
        a.currency,
        a.salary_from,
        a.salary_to,
        a.salary_period,
        func.coalesce(a.outcome, a.stage).label("stands"),
        a.furthest.not_in([Stage.SAVED, Stage.APPLIED]).label("is_beyond"),
        reached().label("reached"),
        is_sent().label("is_sent"),
        is_answered().label("is_answered"),
        began.label("began"),
        local_day(scope, a.created_at).label("added"),
        *[local_day(scope, instant).label(f"{stage}_day") for stage, instant in _AT.items()],
    )
    mine = query.where(a.user_id == scope.user_id, a.deleted_at.is_(None), *chosen(scope, selection), *only)
    return mine.offset(0).subquery()


def _days(later: Any, earlier: Any) -> ColumnElement[int]:
    """The days from one day to another, none where the later one comes first; null when either isn't known."""
    days: ColumnElement[int] = type_coerce(later - earlier, Integer)
    return case((days < 0, 0), else_=days)


def _waited(scope: Scope, on: Any) -> ColumnElement[int]:
    """Days from sending to the first response, to closing without one, or to today; null when either end is unknown."""
    first = func.coalesce(on.screening_day, on.interviewing_day, on.offer_day)
    until = case(
        (on.is_beyond, case((on.began <= Stage.APPLIED.rank, first))),
        (on.closed_day.is_not(None), case((on.began < Stage.CLOSED.rank, on.closed_day))),
        else_=scope.today,
    )
    return _days(until, on.applied_on)


def _stays(on: Any) -> list[tuple[Stage, ColumnElement[int]]]:
    """Days from first getting into each stage to first getting further, or closing; null when either isn't known."""
    further = [on.applied_day, on.screening_day, on.interviewing_day, on.offer_day, on.closed_day]
    left = [func.coalesce(*further[rank:]) if rank < 4 else further[4] for rank in range(5)]
    gone = func.least(left[0], on.applied_on)
    saved = case(((on.began == 0) & left[0].is_not(None) & (gone >= on.added), _days(gone, on.added)))
    was_there = on.applied_day.is_not(None) | (on.applied_on < left[1])
    sent = func.coalesce(on.applied_on, case((on.began == 0, on.applied_day)))
    applied = case(((on.began <= Stage.APPLIED.rank) & was_there, _days(left[1], sent)))
    later = [
        (stage, case((on.began < stage.rank, _days(left[stage.rank], further[stage.rank - 1]))))
        for stage in (Stage.SCREENING, Stage.INTERVIEWING, Stage.OFFER)
    ]
    return [(Stage.SAVED, saved), (Stage.APPLIED, applied), *later]
