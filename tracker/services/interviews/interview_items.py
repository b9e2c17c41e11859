"""Interviews as list items: their query, and their texts."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, text

from tracker.db import Row, Scope
from tracker.models import Application, applications, interviews
from tracker.services.applications.cards import mark, tint
from tracker.services.web_links import first_link
from tracker.shapes.dates import day_in_words, exact_day, moment_in_words, time_of
from tracker.shapes.enumerations import InterviewKind, InterviewState
from tracker.shapes.interviews import InterviewItem
from tracker.zones import named


def matching_rows(
    scope: Scope, *conditions: ColumnElement[bool], order: Sequence[Any] = (), limit: int = 200
) -> list[Row]:
    """Return the first interviews that meet conditions, without those of deleted applications."""
    return scope.rows(matching_query(scope, *conditions, order=order, limit=limit))


def matching_query(
    scope: Scope, *conditions: ColumnElement[bool], order: Sequence[Any] = (), limit: int = 200
) -> Select[Any]:
    """Return the query of `matching_rows`.

    It limits the interviews before joining applications, so that a long history costs no more than the rows shown.
    """
    i, a = interviews, applications
    deleted = select(a.id).where(a.user_id == scope.user_id, a.deleted_at.is_not(None))
    position = func.row_number().over(order_by=order or (i.starts_at, i.id)).label("nth")
    page = (
        select(
            i.id, i.application_id, i.kind, i.round, i.state, i.starts_at, i.zone, i.minutes, i.place,
            i.interviewers, i.rating, (i.debrief != "").label("has_debrief"),
            position,
        )
        .where(i.user_id == scope.user_id, i.application_id.not_in(deleted), *conditions)
        .order_by(position)
        .limit(limit)
        .subquery()
    )  # fmt: skip
    own_application = (a.user_id == scope.user_id) & (a.id == page.c.application_id)
    return select(page, a.company, a.role).join(Application, own_application).order_by(page.c.nth)


def ends_at() -> ColumnElement[datetime]:
    """Return the SQL expression of an interview's end."""
    length = func.make_interval(0, 0, 0, 0, 0, interviews.minutes)
    ends: ColumnElement[datetime] = interviews.starts_at + length
    return ends


def needs_debrief(scope: Scope) -> ColumnElement[bool]:
    """Return the SQL condition that an interview is over and has neither a debrief nor a rating."""
    is_over = (interviews.state == InterviewState.SCHEDULED) & (ends_at() <= scope.now)
    # A literal, as in the partial index: a generic plan doesn't know parameter values.
    is_unwritten: ColumnElement[bool] = interviews.debrief == text("''")
    is_unrated = interviews.rating.is_(None)
    return is_unwritten & is_unrated & (is_over | (interviews.state == InterviewState.DONE))


def list_item(scope: Scope, row: Row) -> InterviewItem:
    """Return the list item of a row, in the user's time zone and locale."""
    zone, locale, starts = scope.who.zone, scope.who.locale, row["starts_at"]
    ends = starts + timedelta(minutes=row["minutes"])
    local = starts.astimezone(zone).date()
    is_scheduled, is_over = row["state"] == InterviewState.SCHEDULED, ends <= scope.now
    return InterviewItem(
        id=str(row["id"]),
        application_id=str(row["application_id"]),
        company=row["company"],
        role=row["role"],
        subject=f"{row['role']} at {row['company']}",
        mark=mark(row["company"]),
        tint=tint(row["company"]),
        kind=row["kind"],
        kind_label=InterviewKind(row["kind"]).label,
        kind_noun=InterviewKind(row["kind"]).noun,
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
        own_time=time_in_zone(starts, row["zone"], zone, locale),
        duration=duration(row["minutes"]),
        place=row["place"],
        link=first_link(row["place"]),
        interviewers=row["interviewers"],
        rating=row["rating"] or 0,
        is_scheduled=is_scheduled,
        is_past=is_over or not is_scheduled,
        is_now=is_scheduled and starts <= scope.now < ends,
        needs_debrief=not (row["has_debrief"] or row["rating"])
        and (row["state"] == InterviewState.DONE or (is_scheduled and is_over)),
        has_debrief=row["has_debrief"],
    )


def time_in_zone(instant: datetime, zone_name: str, user_zone: tzinfo, locale: str) -> str:
    """Return an instant in the interview's zone, such as `09:30 in New York`; empty if clocks agree."""
    zone = named(zone_name)
    local, user_local = instant.astimezone(zone), instant.astimezone(user_zone)
    if local.utcoffset() == user_local.utcoffset():
        return ""
    day = "" if local.date() == user_local.date() else f"{exact_day(local.date(), locale, year=False)}, "
    return f"{day}{time_of(instant, zone, locale)} in {place_of(zone_name)}"


def place_of(zone: str) -> str:
    """Return the city that a zone is named for, such as `New York`."""
    return zone.rpartition("/")[2].replace("_", " ")


def duration(minutes: int) -> str:
    """Return a duration such as `45 min`, `1 h` or `1 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def _ending(starts: datetime, ends: datetime, zone: tzinfo, locale: str) -> str:
    end_date = ends.astimezone(zone).date()
    day = "" if end_date == starts.astimezone(zone).date() else f"{exact_day(end_date, locale, year=False)}, "
    return day + time_of(ends, zone, locale)
