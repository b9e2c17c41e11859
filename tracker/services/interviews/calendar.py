"""Interviews in a month's or week's grid, with days in the user's time zone."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from babel.dates import format_date, format_time

from tracker.db import Row, Scope
from tracker.errors import NotFound
from tracker.models import interviews
from tracker.services.interviews import calendar_layout
from tracker.services.interviews.interview_fields import MAX_MINUTES
from tracker.services.interviews.interview_items import ends_at, list_item, matching_rows, time_in_zone
from tracker.services.local_days import midnight
from tracker.shapes.dates import exact_day, known_locale, time_of, week_of
from tracker.shapes.enumerations import InterviewState
from tracker.shapes.interviews import Calendar, CalendarDay

MAX_INTERVIEWS = 500
"""Interviews shown in one grid."""
YEARS = range(1990, 2101)
"""Years in which interviews can be scheduled."""
SpansByDay = dict[str, list[calendar_layout.Span]]
"""Interviews by each local day that they overlap, as ISO dates."""


def month(scope: Scope, year: int, number: int) -> Calendar:
    """Return the grid of a month in whole weeks, without cancelled interviews.

    Raises NotFound for a month without a grid.
    """
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
    """Return the week that contains an ISO date, or this week. Raises NotFound for other texts."""
    try:
        requested = date.fromisoformat(day) if day else scope.today
    except ValueError:
        raise NotFound("week") from None
    if requested.year not in YEARS:
        raise NotFound("week")
    start = week_of(requested, scope.who.week_start)
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


def _with_hours(scope: Scope, grid: Calendar, spans_by_day: SpansByDay) -> Calendar:
    """Return a week's grid with its time axis and each interview's block."""
    window = calendar_layout.window([span for spans in spans_by_day.values() for span in spans])
    names = [format_time(time(hour), "short", locale=known_locale(scope.who.locale)) for hour in range(24)]
    now = scope.now.astimezone(scope.who.zone)
    percent_down = window.down(now.hour * 60 + now.minute)
    return replace(
        grid,
        weeks=[
            [
                replace(day, blocks=calendar_layout.blocks(spans_by_day.get(day.date, []), window))
                for day in grid.weeks[0]
            ]
        ],
        hours=calendar_layout.hours(window, [str(name) for name in names]),
        first_hour=window.first,
        hours_shown=window.hours,
        now=percent_down if 0 <= percent_down <= 100 else -1,
    )


def _grid(
    scope: Scope, start: date, weeks: int, *, title: str, here: date, previous: date, following: date
) -> Calendar:
    days = [start + timedelta(days=number) for number in range(weeks * 7)]
    spans_by_day = _spans_by_day(scope, start, days[-1] + timedelta(days=1))
    is_month = weeks > 1
    cells = [_cell(scope, day, spans_by_day, here.month if is_month else day.month) for day in days]
    grid = Calendar(
        title=title,
        here=here.isoformat(),
        previous=previous.isoformat(),
        next=following.isoformat(),
        weekdays=[str(format_date(day, "EEE", locale=known_locale(scope.who.locale))) for day in days[:7]],
        weeks=[cells[first : first + 7] for first in range(0, len(cells), 7)],
    )
    return grid if is_month else _with_hours(scope, grid, spans_by_day)


def _cell(scope: Scope, day: date, spans_by_day: SpansByDay, month_shown: int) -> CalendarDay:
    return CalendarDay(
        date=day.isoformat(),
        number=day.day,
        label=exact_day(day, scope.who.locale),
        is_today=day == scope.today,
        is_other_month=day.month != month_shown,
        interviews=[span.line for span in spans_by_day.get(day.isoformat(), [])],
        weekday=str(format_date(day, "EEE", locale=known_locale(scope.who.locale))),
    )


def _spans_by_day(scope: Scope, start: date, end: date) -> SpansByDay:
    """Return the interviews between two days, by each local day that they overlap."""
    begins, ends = (midnight(scope, day) for day in (start, end))
    rows = matching_rows(
        scope,
        # The index covers only starts; this bound skips interviews that ended long before.
        interviews.starts_at > begins - timedelta(minutes=MAX_MINUTES),
        interviews.starts_at < ends,
        ends_at() > begins,
        interviews.state != InterviewState.CANCELLED,
        limit=MAX_INTERVIEWS,
    )
    spans_by_day: SpansByDay = {}
    for row in rows:
        for day, span in _spans(scope, row):
            if start <= day < end:
                spans_by_day.setdefault(day.isoformat(), []).append(span)
    return spans_by_day


def _spans(scope: Scope, row: Row) -> Iterator[tuple[date, calendar_layout.Span]]:
    """Yield an interview's span on each of its days; after the first day its time reads `until …`."""
    zone, locale, item = scope.who.zone, scope.who.locale, list_item(scope, row)
    starts, ends = row["starts_at"], row["starts_at"] + timedelta(minutes=row["minutes"])
    first, last = (moment.astimezone(zone) for moment in (starts, ends - timedelta(minutes=1)))
    yield first.date(), calendar_layout.Span(item, first.hour * 60 + first.minute, row["minutes"])
    until = f"until {time_of(ends, zone, locale)}"
    last_day = replace(item, time=until, own_time=time_in_zone(ends, row["zone"], zone, locale))
    all_day = replace(item, time="all day", own_time="")
    for number in range(1, (last.date() - first.date()).days + 1):
        day = first.date() + timedelta(days=number)
        if day < last.date():  # An interview of 24 hours can span a whole day of 23 hours.
            yield day, calendar_layout.Span(all_day, 0, calendar_layout.DAY_MINUTES)
        else:
            yield day, calendar_layout.Span(last_day, 0, last.hour * 60 + last.minute + 1)
