"""A month or a week as a grid of days."""

import reflex as rx

from tracker.components.calendar_slots import CalendarSlots
from tracker.shapes.interviews import Block, Calendar, CalendarDay, Hour, InterviewItem
from tracker.state.interviews import Interviews
from tracker.state.scheduling import MoveInterview, ScheduleInterview

FITS = 3
"""Interviews a day of the month shows before it says how many more there are."""
SLOT_EVENTS = {"on_free": ScheduleInterview.begin_at, "on_moved": MoveInterview.drop}


def calendar() -> rx.Component:
    """The month or week of the address, with links to the previous and next one."""
    grid = Interviews.grid
    return rx.el.div(
        rx.el.nav(
            rx.el.h2(grid.title, aria_live="polite"),
            step("chevron-left", "Previous", grid.previous, "["),
            rx.el.a("Today", href=f"/interviews?view={Interviews.view}", class_name="button",
                    custom_attrs={"data-key": "t"}),
            step("chevron-right", "Next", grid.next, "]"),
            class_name="calendar-bar",
            aria_label="Calendar navigation",
        ),
        rx.cond(Interviews.view == "week", hours(grid), month(grid)),
        class_name="page wide stack",
    )  # fmt: skip


def month(grid: rx.Var[Calendar]) -> rx.Component:
    """Whole weeks of days."""
    return rx.el.table(
        rx.el.caption(grid.title, class_name="hidden"),
        rx.el.thead(rx.el.tr(rx.foreach(grid.weekdays, lambda name: rx.el.th(name, scope="col", key=name)))),
        rx.el.tbody(rx.foreach(grid.weeks, lambda week: rx.el.tr(rx.foreach(week, day), key=week[0].date))),
        class_name="calendar month",
    )


def hours(grid: rx.Var[Calendar]) -> rx.Component:
    """Seven columns of hours beside their axis; on a phone seven lists."""
    return rx.el.div(
        rx.el.div(
            rx.el.div(class_name="top"),
            rx.el.div(rx.foreach(grid.hours, hour), class_name="track"),
            class_name="axis",
            aria_hidden="true",
        ),
        rx.foreach(grid.weeks, lambda week: rx.foreach(week, lambda cell: lane(cell, grid))),
        class_name="calendar hours",
        style={"--hours": grid.hours_shown.to_string()},
    )


def hour(line: rx.Var[Hour]) -> rx.Component:
    """A label of the axis."""
    return rx.el.span(
        line.label, class_name="hour figures", key=line.label, custom_attrs={"style": {"top": f"{line.top}%"}}
    )


def lane(cell: rx.Var[CalendarDay], grid: rx.Var[Calendar]) -> rx.Component:
    """One day of the week as a column of hours."""
    line = rx.el.div(
        class_name="now-line", aria_hidden="true", custom_attrs={"style": {"top": f"{grid.now}%"}}
    )
    return rx.el.section(
        rx.el.h3(
            rx.el.span(cell.weekday, class_name="weekday"),
            rx.el.span(cell.number, rx.el.span(cell.label, class_name="full"), class_name="number"),
            class_name="top",
        ),
        CalendarSlots.create(
            rx.foreach(cell.blocks, lambda placed: block(placed, cell.date)),
            rx.cond(cell.is_today & (grid.now >= 0), line),
            class_name="track",
            day=cell.date,
            first_hour=grid.first_hour,
            hours=grid.hours_shown,
            **SLOT_EVENTS,
        ),
        class_name="lane",
        key=cell.date,
        aria_label=cell.label,
        custom_attrs={"data-today": cell.is_today.to_string()},
    )


def block(placed: rx.Var[Block], on: rx.Var[str]) -> rx.Component:
    """An interview at its time on one of its days."""
    place = {name: f"{getattr(placed, name)}%" for name in ("top", "height", "left", "width")}
    return rx.el.div(
        meeting(placed.line, on),
        class_name=rx.cond(placed.is_short, "block short", "block"),
        key=f"{on} {placed.line.id}",
        custom_attrs={"style": place},
    )


def step(icon: str, name: str, day_shown: rx.Var[str], key: str) -> rx.Component:
    """A link to the previous or next month or week."""
    return rx.el.a(
        rx.icon(icon, size=16),
        href=f"/interviews?view={Interviews.view}&day={day_shown}",
        class_name="button icon-button",
        aria_label=rx.cond(Interviews.view == "week", f"{name} week", f"{name} month"),
        custom_attrs={"data-key": key},
    )


def day(cell: rx.Var[CalendarDay]) -> rx.Component:
    """One day of a month; its number opens its week."""
    count = cell.interviews.length()
    label = rx.match(
        count, (0, cell.label), (1, f"{cell.label}, 1 interview"), f"{cell.label}, {count} interviews"
    )
    return CalendarSlots.create(
        rx.el.a(cell.number, href=f"/interviews?view=week&day={cell.date}", class_name="number", aria_label=label),
        rx.cond(
            count > 0,
            rx.el.span(
                rx.foreach(cell.interviews[:FITS], lambda line: dot(line, cell.date)),
                class_name="dots",
                aria_hidden="true",
            ),
        ),
        rx.foreach(cell.interviews[:FITS], lambda line: meeting(line, cell.date)),
        rx.cond(
            count > FITS,
            rx.el.a(f"{count - FITS} more", href=f"/interviews?view=week&day={cell.date}", class_name="more"),
        ),
        class_name="date",
        key=cell.date,
        element="td",
        day=cell.date,
        **SLOT_EVENTS,
        custom_attrs={"data-today": cell.is_today.to_string(), "data-other": cell.is_other_month.to_string()},
    )  # fmt: skip


def dot(line: rx.Var[InterviewItem], on: rx.Var[str]) -> rx.Component:
    """An interview as a dot, where there is no room for text."""
    return rx.el.span(class_name="dot", key=f"{on} {line.id}", custom_attrs=tone(line))


def meeting(line: rx.Var[InterviewItem], on: rx.Var[str]) -> rx.Component:
    """An interview in one of its days."""
    return rx.el.a(
        rx.el.span(line.time, class_name="figures at"),
        rx.el.span(line.kind_label, class_name="kind"),
        rx.el.span(line.company, class_name="company"),
        rx.el.span(line.role, class_name="more-of-it"),
        rx.cond(line.own_time != "", rx.el.span(line.own_time, class_name="more-of-it")),
        href=f"/interviews/{line.id}",
        class_name="meeting",
        title=f"{line.when}, {line.duration}: {line.kind_label}, {line.subject}",
        key=f"{on} {line.id}",
        draggable=~line.is_past,
        custom_attrs=tone(line) | {"data-moves-to": line.id},
    )


def tone(line: rx.Var[InterviewItem]) -> dict[str, rx.Var]:
    """Return the class that colours an interview: upcoming, past, or without a debrief."""
    return {
        "data-over": line.is_past.to_string(),
        "data-waits": line.needs_debrief.to_string(),
        "data-state": line.state,
    }
