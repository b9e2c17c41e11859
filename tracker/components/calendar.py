"""A month or a week as a grid of days."""

import reflex as rx

from tracker.shapes.interviews import CalendarDay, InterviewLine
from tracker.state.interviews import Interviews

FITS = 3
"""Interviews a day of the month shows before it says how many more there are."""


def calendar() -> rx.Component:
    """The grid that the address asks for, and the ways to its neighbours."""
    grid = Interviews.grid
    return rx.el.div(
        rx.el.nav(
            rx.el.h2(grid.title, aria_live="polite"),
            step("chevron-left", "Previous", grid.previous, "["),
            rx.el.a("Today", href=f"/interviews?view={Interviews.view}", class_name="button",
                    custom_attrs={"data-key": "t"}),
            step("chevron-right", "Next", grid.next, "]"),
            class_name="calendar-bar",
            aria_label="Which days are shown",
        ),
        rx.el.table(
            rx.el.caption(grid.title, class_name="hidden"),
            rx.el.thead(rx.el.tr(rx.foreach(grid.weekdays, lambda name: rx.el.th(name, scope="col", key=name)))),
            rx.el.tbody(rx.foreach(grid.weeks, lambda week: rx.el.tr(rx.foreach(week, day), key=week[0].date))),
            class_name=rx.cond(Interviews.view == "week", "calendar week", "calendar month"),
        ),
        class_name="page wide stack",
    )  # fmt: skip


def step(icon: str, name: str, day_shown: rx.Var[str], key: str) -> rx.Component:
    """The way to the grid before or after."""
    return rx.el.a(
        rx.icon(icon, size=16),
        href=f"/interviews?view={Interviews.view}&day={day_shown}",
        class_name="button icon-button",
        aria_label=rx.cond(Interviews.view == "week", f"{name} week", f"{name} month"),
        custom_attrs={"data-key": key},
    )


def day(cell: rx.Var[CalendarDay]) -> rx.Component:
    """One day; in a month its number opens its week."""
    count = cell.interviews.length()
    said = rx.match(
        count, (0, cell.label), (1, f"{cell.label}, 1 interview"), f"{cell.label}, {count} interviews"
    )
    is_week = Interviews.view == "week"
    return rx.el.td(
        rx.cond(
            is_week,
            rx.el.span(cell.number, rx.el.span(cell.label, class_name="full"), class_name="number"),
            rx.el.a(
                cell.number, href=f"/interviews?view=week&day={cell.date}", class_name="number", aria_label=said,
            ),
        ),
        rx.cond(
            count > 0,
            rx.el.span(rx.foreach(cell.interviews[:FITS], dot), class_name="dots", aria_hidden="true"),
        ),
        rx.cond(
            is_week,
            rx.foreach(cell.interviews, meeting),
            rx.fragment(
                rx.foreach(cell.interviews[:FITS], meeting),
                rx.cond(
                    count > FITS,
                    rx.el.a(f"{count - FITS} more", href=f"/interviews?view=week&day={cell.date}", class_name="more"),
                ),
            ),
        ),
        class_name="date",
        key=cell.date,
        custom_attrs={"data-today": cell.is_today.to_string(), "data-other": cell.is_other_month.to_string()},
    )  # fmt: skip


def dot(line: rx.Var[InterviewLine]) -> rx.Component:
    """An interview where there is room for no more."""
    return rx.el.span(class_name="dot", key=line.id, custom_attrs=tone(line))


def meeting(line: rx.Var[InterviewLine]) -> rx.Component:
    """An interview in its day."""
    return rx.el.a(
        rx.el.span(line.time, class_name="figures at"),
        rx.el.span(line.kind_label, class_name="kind"),
        rx.el.span(line.company, class_name="company"),
        rx.el.span(line.role, class_name="more-of-it"),
        rx.cond(line.own_time != "", rx.el.span(line.own_time, class_name="more-of-it")),
        href=f"/interviews/{line.id}",
        class_name="meeting",
        title=f"{line.when}, {line.duration}: {line.kind_label}, {line.subject}",
        key=line.id,
        custom_attrs=tone(line),
    )


def tone(line: rx.Var[InterviewLine]) -> dict[str, rx.Var]:
    """What colours an interview: to come, over, waiting for its debrief."""
    return {
        "data-over": line.is_past.to_string(),
        "data-waits": line.needs_debrief.to_string(),
        "data-state": line.state,
    }
