"""Interviews on a month's or a week's grid, whose days begin and end where the person lives."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from babel.dates import format_date, format_time

from tracker import zones
from tracker.db import Row, Scope
from tracker.errors import NotFound
from tracker.models import interviews
from tracker.services.interviews import geometry
from tracker.services.interviews.fields import LONGEST
from tracker.services.interviews.lines import chosen, ends_at, line, own_time
from tracker.shapes.dates import exact_day, known_locale, time_of, week_of
from tracker.shapes.interviews import Calendar, CalendarDay
from tracker.shapes.words import InterviewState

MOST = 500
"""Interviews one grid shows."""
YEARS = range(1990, 2101)
"""Years that have grids, as interviews can be scheduled in them."""
Held = dict[str, list[geometry.Span]]
"""Interviews by each day they are on for the person."""


def month(scope: Scope, year: int, number: int) -> Calendar:
    """A month in whole weeks; days of its neighbours are flagged. Cancelled interviews are left out."""
    if year not in YEARS or not 1 <= number <= 12:
        raise NotFound("month")
    first = date(year, number, 1)
    last = date(year, number, monthrange(year, number)[1])
    start = week_of(first, scope.who.week_start)
    weeks = (week_of(last, scope.who.week_start) - start).days // 7 + 1
    return _grid(
        scope,
        start,
        weeks,
        title=str(format_date(first, "LLLL y", locale=known_locale(scope.who.locale))),
        here=first,
        previous=(first - timedelta(days=1)).replace(day=1),
        following=last + timedelta(days=1),
    )


def week(scope: Scope, day: str = "") -> Calendar:
    """The week a day such as `2026-11-03` is in; this week without one."""
    try:
        asked = date.fromisoformat(day) if day else scope.today
    except ValueError:
        raise NotFound("week") from None
    if asked.year not in YEARS:
        raise NotFound("week")
    start = week_of(asked, scope.who.week_start)
    last = start + timedelta(days=6)
    locale = scope.who.locale
    return _grid(
        scope,
        start,
        1,
        title=f"{exact_day(start, locale, year=start.year != last.year)} – {exact_day(last, locale)}",
        here=start,
        previous=start - timedelta(days=7),
        following=start + timedelta(days=7),
    )


def _with_hours(scope: Scope, grid: Calendar, held: Held) -> Calendar:
    """A week with its time axis, and each interview in its place on it."""
    shown = geometry.window([span for spans in held.values() for span in spans])
    names = [format_time(time(hour), "short", locale=known_locale(scope.who.locale)) for hour in range(24)]
    now = scope.now.astimezone(scope.who.zone)
    down = shown.down(now.hour * 60 + now.minute)
    return replace(
        grid,
        weeks=[
            [replace(day, blocks=geometry.blocks(held.get(day.date, []), shown)) for day in grid.weeks[0]]
        ],
        hours=geometry.hours(shown, [str(name) for name in names]),
        hours_shown=shown.hours,
        now=down if 0 <= down <= 100 else -1,
    )


def _grid(
    scope: Scope, start: date, weeks: int, *, title: str, here: date, previous: date, following: date
) -> Calendar:
    days = [start + timedelta(days=number) for number in range(weeks * 7)]
    held = _by_day(scope, start, days[-1] + timedelta(days=1))
    is_month = weeks > 1
    cells = [_cell(scope, day, held, here.month if is_month else day.month) for day in days]
    grid = Calendar(
        title=title,
        here=here.isoformat(),
        previous=previous.isoformat(),
        next=following.isoformat(),
        weekdays=[str(format_date(day, "EEE", locale=known_locale(scope.who.locale))) for day in days[:7]],
        weeks=[cells[first : first + 7] for first in range(0, len(cells), 7)],
    )
    return grid if is_month else _with_hours(scope, grid, held)


def _cell(scope: Scope, day: date, held: Held, month_shown: int) -> CalendarDay:
    return CalendarDay(
        date=day.isoformat(),
        number=day.day,
        label=exact_day(day, scope.who.locale),
        is_today=day == scope.today,
        is_other_month=day.month != month_shown,
        interviews=[span.line for span in held.get(day.isoformat(), [])],
        weekday=str(format_date(day, "EEE", locale=known_locale(scope.who.locale))),
    )


def _by_day(scope: Scope, start: date, end: date) -> Held:
    """The interviews from one day's beginning to another's, by each day they are on for the person."""
    begins, ends = (midnight(scope, day) for day in (start, end))
    rows = chosen(
        scope,
        # The index knows no ends: the bound on the start lets it leave out what was over long before.
        interviews.starts_at > begins - timedelta(minutes=LONGEST),
        interviews.starts_at < ends,
        ends_at() > begins,
        interviews.state != InterviewState.CANCELLED,
        limit=MOST,
    )
    held: Held = {}
    for row in rows:
        for day, span in _spans(scope, row):
            if start <= day < end:
                held.setdefault(day.isoformat(), []).append(span)
    return held


def _spans(scope: Scope, row: Row) -> Iterator[tuple[date, geometry.Span]]:
    """An interview on each day it is on; after its first, its time says until when it goes on."""
    zone, locale, shown = scope.who.zone, scope.who.locale, line(scope, row)
    starts, ends = row["starts_at"], row["starts_at"] + timedelta(minutes=row["minutes"])
    first, last = (moment.astimezone(zone) for moment in (starts, ends - timedelta(minutes=1)))
    yield first.date(), geometry.Span(shown, first.hour * 60 + first.minute, row["minutes"])
    until = f"until {time_of(ends, zone, locale)}"
    going_on = replace(shown, time=until, own_time=own_time(ends, row["zone"], zone, locale))
    all_day = replace(shown, time="all day", own_time="")
    for number in range(1, (last.date() - first.date()).days + 1):
        day = first.date() + timedelta(days=number)
        if day < last.date():  # a day of 23 hours can lie whole within an interview of 24
            yield day, geometry.Span(all_day, 0, geometry.DAY)
        else:
            yield day, geometry.Span(going_on, 0, last.hour * 60 + last.minute + 1)


def midnight(scope: Scope, day: date) -> datetime:
    """When a day begins where the person lives."""
    return zones.day_begins(day, scope.who.zone)
