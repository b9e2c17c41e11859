"""`/interviews`: what is to come and what lies behind, as an agenda, a month and a week."""

import reflex as rx

from tracker.components.calendar import calendar
from tracker.components.meetings import meetings, schedule_button
from tracker.components.shell import shell, topbar
from tracker.shapes.interviews import AgendaDay
from tracker.state.interviews import Interviews

VIEWS = (("agenda", "Agenda", "list", "a"), ("month", "Month", "calendar-days", "m"), ("week", "Week", "columns-3", "w"))  # fmt: skip


def interviews() -> rx.Component:
    """The interviews in their frame."""
    return shell(
        rx.cond(Interviews.loaded, rx.cond(Interviews.view == "agenda", agenda(), calendar()), bones()),
        here="Interviews",
        topbar=topbar(
            "Interviews", view_switch(), schedule_button(class_name="primary push", custom_attrs={"data-key": "n"})
        ),
    )  # fmt: skip


def view_switch() -> rx.Component:
    """Agenda, month or week: links, so that each has an address."""
    return rx.el.nav(
        *[view_link(*view) for view in VIEWS],
        class_name="switch",
        aria_label="View",
    )


def view_link(view: str, label: str, icon: str, key: str) -> rx.Component:
    """The way to one view, on the day that is shown now."""
    address = "/interviews" if view == "agenda" else f"/interviews?view={view}"
    on_day = address if view == "agenda" else rx.cond(
        Interviews.day != "", f"{address}&day={Interviews.day}", address
    )  # fmt: skip
    return rx.el.a(
        rx.icon(icon, size=14),
        label,
        href=on_day,
        custom_attrs={"aria-current": (Interviews.view == view).to_string(), "data-key": key},
    )


def agenda() -> rx.Component:
    """What waits for a debrief, what is to come day by day, and the past."""
    nothing = (
        (Interviews.days.length() == 0)
        & (Interviews.waiting.length() == 0)
        & (Interviews.past.length() == 0)
        & (Interviews.page == 1)
    )
    return rx.cond(
        nothing,
        empty(),
        rx.el.div(waiting(), upcoming(), past(), class_name="page agenda sections"),
    )


def waiting() -> rx.Component:
    """Past interviews nobody has written about yet."""
    return rx.cond(
        Interviews.waiting.length() > 0,
        rx.el.section(
            rx.el.header(
                rx.el.h2("Waiting for a debrief"),
                rx.el.span(Interviews.waiting.length(), class_name="quiet figures"),
            ),
            meetings(Interviews.waiting, dated=True),
            class_name="section",
            aria_label="Waiting for a debrief",
        ),
    )


def upcoming() -> rx.Component:
    """The days to come."""
    return rx.el.section(
        rx.el.header(rx.el.h2("Upcoming")),
        rx.cond(
            Interviews.days.length() > 0,
            rx.foreach(Interviews.days, agenda_day),
            rx.el.p("Nothing on the calendar.", class_name="quiet"),
        ),
        class_name="section",
        aria_label="Upcoming",
    )


def agenda_day(day: rx.Var[AgendaDay]) -> rx.Component:
    """One day and its interviews."""
    return rx.el.div(
        rx.el.h3(
            day.label,
            rx.cond(
                ~day.exact.contains(day.label), rx.el.span(day.exact, class_name="quiet exact"), rx.fragment()
            ),
            class_name=rx.cond(day.is_today, "day row now", "day row"),
        ),
        meetings(day.interviews, dated=False),
        key=day.date,
    )


def past() -> rx.Component:
    """What lies behind, fifty a page."""
    return rx.cond(
        (Interviews.past.length() > 0) | (Interviews.page > 1),
        rx.el.section(
            rx.el.header(rx.el.h2("Past")),
            meetings(Interviews.past, dated=True),
            pager(),
            class_name="section",
            aria_label="Past",
        ),
    )


def pager() -> rx.Component:
    """Forward and back through the past."""
    return rx.cond(
        Interviews.has_more | (Interviews.page > 1),
        rx.el.nav(
            rx.el.button("Newer", on_click=Interviews.turn(False), disabled=Interviews.page == 1),
            rx.el.button("Older", on_click=Interviews.turn(True), disabled=~Interviews.has_more),
            rx.el.span(f"Page {Interviews.page}", class_name="quiet small"),
            class_name="row",
            aria_label="Pages of the past",
        ),
    )


def empty() -> rx.Component:
    """What this place is for."""
    return rx.el.div(
        rx.el.h2("Every interview, in your time zone"),
        rx.el.p(
            "Schedule the next one to see it beside the others, prepare for it, and write down afterwards how it went.",
            class_name="quiet",
        ),
        schedule_button(),
        class_name="page empty",
    )  # fmt: skip


def bones() -> rx.Component:
    """The list's shape while it loads."""
    return rx.el.div(
        *[
            rx.el.div(rx.el.span(class_name="bone", width=f"{30 + (n * 17) % 40}%"), class_name="line", key=str(n))
            for n in range(8)
        ],
        class_name="lines page",
        aria_hidden="true",
    )  # fmt: skip
