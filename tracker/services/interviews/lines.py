"""From columns to a line: the query's columns, and everything put into words."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Select, func, select, text

from tracker.db import Row, Scope
from tracker.models import Application, applications, interviews
from tracker.services.applications.cards import mark, tint
from tracker.shapes.dates import day_in_words, exact_day, moment_in_words, time_of
from tracker.shapes.interviews import InterviewLine
from tracker.shapes.words import InterviewKind, InterviewState
from tracker.zones import named


def chosen(
    scope: Scope, *conditions: ColumnElement[bool], order: Sequence[Any] = (), limit: int = 200
) -> list[Row]:
    """The person's first interviews that meet conditions, of applications not deleted, as what lines are made of."""
    return scope.rows(choosing(scope, *conditions, order=order, limit=limit))


def choosing(
    scope: Scope, *conditions: ColumnElement[bool], order: Sequence[Any] = (), limit: int = 200
) -> Select[Any]:
    """The statement that `chosen` asks.

    They are chosen before their applications are looked up, so that a long history costs no more than what is shown.
    """
    i, a = interviews, applications
    deleted = select(a.id).where(a.user_id == scope.user_id, a.deleted_at.is_not(None))
    nth = func.row_number().over(order_by=order or (i.starts_at, i.id)).label("nth")
    first = (
        select(
            i.id, i.application_id, i.kind, i.round, i.state, i.starts_at, i.zone, i.minutes, i.place,
            i.interviewers, i.rating, (i.debrief != "").label("has_debrief"),
            (i.preparation != "").label("has_preparation"), nth,
        )
        .where(i.user_id == scope.user_id, i.application_id.not_in(deleted), *conditions)
        .order_by(nth)
        .limit(limit)
        .subquery()
    )  # fmt: skip
    named = (a.user_id == scope.user_id) & (a.id == first.c.application_id)
    return select(first, a.company, a.role).join(Application, named).order_by(first.c.nth)


def ends_at() -> ColumnElement[datetime]:
    """When an interview ends, for PostgreSQL to work out."""
    length = func.make_interval(0, 0, 0, 0, 0, interviews.minutes)
    ends: ColumnElement[datetime] = interviews.starts_at + length
    return ends


def needs_debrief(scope: Scope) -> ColumnElement[bool]:
    """Whether an interview is over and nothing was written of how it went."""
    over = (interviews.state == InterviewState.SCHEDULED) & (ends_at() <= scope.now)
    # In the index's own words: a plan that is made once for everyone knows no parameter's value.
    unwritten: ColumnElement[bool] = interviews.debrief == text("''")
    return unwritten & (over | (interviews.state == InterviewState.DONE))


def line(scope: Scope, row: Row) -> InterviewLine:
    """One row in words, in the person's zone and locale."""
    zone, locale, starts = scope.who.zone, scope.who.locale, row["starts_at"]
    ends = starts + timedelta(minutes=row["minutes"])
    local = starts.astimezone(zone).date()
    scheduled, over = row["state"] == InterviewState.SCHEDULED, ends <= scope.now
    return InterviewLine(
        id=str(row["id"]),
        application_id=str(row["application_id"]),
        company=row["company"],
        role=row["role"],
        subject=f"{row['role']} at {row['company']}",
        mark=mark(row["company"]),
        tint=tint(row["company"]),
        kind=row["kind"],
        kind_label=InterviewKind(row["kind"]).label,
        round=row["round"],
        round_label=f"Round {row['round']}",
        state=row["state"],
        state_label=InterviewState(row["state"]).label,
        date=local.isoformat(),
        day=day_in_words(local, scope.today, locale),
        day_exact=exact_day(local, locale),
        time=time_of(starts, zone, locale),
        ends=_ending(starts, ends, zone, locale),
        when=moment_in_words(starts, zone, scope.today, locale),
        own_time=own_time(starts, row["zone"], zone, locale),
        duration=duration(row["minutes"]),
        place=row["place"],
        link=link(row["place"]),
        interviewers=row["interviewers"],
        rating=row["rating"] or 0,
        is_scheduled=scheduled,
        is_past=over or not scheduled,
        is_now=scheduled and starts <= scope.now < ends,
        needs_debrief=not row["has_debrief"]
        and (row["state"] == InterviewState.DONE or (scheduled and over)),
        has_debrief=row["has_debrief"],
        has_preparation=row["has_preparation"],
    )


def own_time(instant: datetime, own: str, reader: tzinfo, locale: str) -> str:
    """An instant on the clocks of the interview's zone, such as `09:30 in New York`; empty where they agree."""
    zone = named(own)
    there, here = instant.astimezone(zone), instant.astimezone(reader)
    if there.utcoffset() == here.utcoffset():
        return ""
    day = "" if there.date() == here.date() else f"{exact_day(there.date(), locale, year=False)}, "
    return f"{day}{time_of(instant, zone, locale)} in {place_of(own)}"


def place_of(zone: str) -> str:
    """The place that a zone is named for: `New York`."""
    return zone.rpartition("/")[2].replace("_", " ")


def exact_moment(scope: Scope, instant: datetime) -> str:
    """An instant with its date in full, for the log: `today` would be wrong tomorrow."""
    zone, locale = scope.who.zone, scope.who.locale
    return f"{exact_day(instant.astimezone(zone).date(), locale)}, {time_of(instant, zone, locale)}"


def duration(minutes: int) -> str:
    """A length of time in words: `45 min`, `1 h`, `1 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def link(place: str) -> str:
    """The first web address in a place, to be opened with a click; empty when there is none."""
    for part in place.split():
        try:
            if urlsplit(part).scheme in ("http", "https") and urlsplit(part).hostname:
                return part
        except ValueError:
            continue
    return ""


def _ending(starts: datetime, ends: datetime, zone: tzinfo, locale: str) -> str:
    there = ends.astimezone(zone).date()
    day = "" if there == starts.astimezone(zone).date() else f"{exact_day(there, locale, year=False)}, "
    return day + time_of(ends, zone, locale)
