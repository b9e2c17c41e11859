"""The counted facts of each application as columns, all of which one index covers."""

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
from tracker.shapes.enumerations import OFFERED, RESPONSES, Stage
from tracker.shapes.figures import Selection
from tracker.storable_text import clean


def reached() -> ColumnElement[int]:
    """Return the rank of the furthest stage an application reached; a date of sending implies `applied`."""
    furthest = case({stage.value: stage.rank for stage in Stage}, value=a.furthest)
    return case(
        (a.outcome.in_(OFFERED), Stage.OFFER.rank),
        (and_(a.applied_on.is_not(None), a.furthest == Stage.SAVED), Stage.APPLIED.rank),
        else_=furthest,
    )


def is_sent() -> ColumnElement[bool]:
    """Return whether an application was ever sent."""
    return or_(a.applied_on.is_not(None), a.furthest != Stage.SAVED, a.outcome.in_(OFFERED))


def is_answered() -> ColumnElement[bool]:
    """Return whether the company answered: a stage beyond `applied`, or an outcome that is an answer."""
    ended = func.coalesce(a.outcome.in_(RESPONSES), False)
    return and_(is_sent(), or_(a.furthest.not_in([Stage.SAVED, Stage.APPLIED]), ended))


def facts(scope: Scope, selection: Selection, money: Money, *only: ColumnElement[bool]) -> Subquery:
    """Return one row per application of the selection: local days, and pay in the user's currency."""
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


def conditions_of(scope: Scope, selection: Selection) -> list[ColumnElement[bool]]:
    """Return a selection as conditions on the applications' columns."""
    since, until = selection.days(scope.today)
    day = func.coalesce(a.applied_on, local_day(scope, a.created_at))
    conditions: list[ColumnElement[bool]] = []
    if since:
        conditions.append(day >= since)
    if until:
        conditions.append(day <= until)
    if selection.source:
        conditions.append(a.source == selection.source)
    if selection.tag:
        conditions.append(a.tags.contains([selection.tag]))
    if words := clean(selection.role).strip().replace("\\", ""):
        part = "%" + words.replace("%", r"\%").replace("_", r"\_") + "%"
        conditions.append(a.role_key.like(func.fold(part)))
    return conditions


_AT = {
    "applied": a.applied_at,
    "screening": a.screening_at,
    "interviewing": a.interviewing_at,
    "offer": a.offer_at,
    "closed": case((a.stage == Stage.CLOSED, a.stage_since)),
}
"""When an application first reached each stage, and when it was closed."""


def _dated(scope: Scope, selection: Selection, *only: ColumnElement[bool]) -> Subquery:
    """Return each application's instants as local days, each computed once, hence the OFFSET.

    `began` is the rank of the stage an application was added in: how it got there is unknown.
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
    mine = query.where(
        a.user_id == scope.user_id, a.deleted_at.is_(None), *conditions_of(scope, selection), *only
    )
    return mine.offset(0).subquery()


def _days(later: Any, earlier: Any) -> ColumnElement[int]:
    """Return the days between two days, 0 where the later comes first; null when either is unknown."""
    days: ColumnElement[int] = type_coerce(later - earlier, Integer)
    return case((days < 0, 0), else_=days)


def _waited(scope: Scope, on: Any) -> ColumnElement[int]:
    """Return days from sending to the first response, to closing, or to today; null if unknown."""
    first = func.coalesce(on.screening_day, on.interviewing_day, on.offer_day)
    until = case(
        (on.is_beyond, case((on.began <= Stage.APPLIED.rank, first))),
        (on.closed_day.is_not(None), case((on.began < Stage.CLOSED.rank, on.closed_day))),
        else_=scope.today,
    )
    return _days(until, on.applied_on)


def _stays(on: Any) -> list[tuple[Stage, ColumnElement[int]]]:
    """Return days from first reaching each stage to leaving it, or to closing; null if unknown."""
    further = [on.applied_day, on.screening_day, on.interviewing_day, on.offer_day, on.closed_day]
    left_days = [func.coalesce(*further[rank:]) for rank in range(5)]
    left_saved = func.least(left_days[0], on.applied_on)
    saved = case(
        ((on.began == 0) & left_days[0].is_not(None) & (left_saved >= on.added), _days(left_saved, on.added))
    )
    was_there = on.applied_day.is_not(None) | (on.applied_on < left_days[1])
    sent = func.coalesce(on.applied_on, case((on.began == 0, on.applied_day)))
    applied = case(((on.began <= Stage.APPLIED.rank) & was_there, _days(left_days[1], sent)))
    later = [
        (stage, case((on.began < stage.rank, _days(left_days[stage.rank], further[stage.rank - 1]))))
        for stage in (Stage.SCREENING, Stage.INTERVIEWING, Stage.OFFER)
    ]
    return [(Stage.SAVED, saved), (Stage.APPLIED, applied), *later]
