"""`/interviews`: upcoming and past interviews as an agenda, a month and a week."""

import reflex as rx

from tracker.components.calendar import calendar
from tracker.components.export_menu import export_menu
from tracker.components.interviews import interview_list, schedule_button
from tracker.components.invitations import import_button, invitation_dialog
from tracker.components.palette import command
from tracker.components.shell import shell, topbar
from tracker.shapes.interviews import AgendaDay
from tracker.state.interviews import Interviews
from tracker.state.invitations import ImportInvitation

VIEWS = (("agenda", "Agenda", "list", "a"), ("month", "Month", "calendar-days", "m"), ("week", "Week", "columns-3", "w"))  # fmt: skip


def interviews() -> rx.Component:
    """The page in its frame."""
    return shell(
        rx.cond(Interviews.loaded, rx.cond(Interviews.view == "agenda", agenda(), calendar()), bones()),
        invitation_dialog(),
        here="Interviews",
        commands=[command("Import invitation", "mail-open", on_click=ImportInvitation.begin(""))],
        topbar=topbar(
            "Interviews", view_switch(), export_menu("interviews", "/interviews"),
            schedule_button(class_name="primary", custom_attrs={"data-key": "n"}),
        ),
    )  # fmt: skip


def view_switch() -> rx.Component:
    """Agenda, month or week as links, so that each has an address."""
    return rx.el.nav(
        *[view_link(*view) for view in VIEWS],
        class_name="switch",
        aria_label="View",
    )


def view_link(view: str, label: str, icon: str, key: str) -> rx.Component:
    """A link to one view of the current day."""
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
    """Missing debriefs, upcoming interviews by day, and past ones."""
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
    """Past interviews without a debrief."""
    return rx.cond(
        Interviews.waiting.length() > 0,
        rx.el.section(
            rx.el.header(
                rx.el.h2("Waiting for a debrief"),
                rx.el.span(Interviews.waiting.length(), class_name="quiet figures"),
            ),
            interview_list(Interviews.waiting, dated=True),
            class_name="section",
            aria_label="Waiting for a debrief",
        ),
    )


def upcoming() -> rx.Component:
    """Upcoming days."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("Upcoming"),
            import_button(class_name="plain-button push"),
            rx.cond(
                Interviews.days.length() > 0,
                rx.el.a(
                    rx.icon("calendar-arrow-down", size=14),
                    "Download",
                    href="/interviews/upcoming.ics",
                    download="",
                    reload_document=True,
                    class_name="row small",
                    aria_label="Download upcoming interviews for a calendar",
                ),
            ),
        ),
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
        interview_list(day.interviews, dated=False),
        key=day.date,
    )


def past() -> rx.Component:
    """Past interviews, fifty per page."""
    return rx.cond(
        (Interviews.past.length() > 0) | (Interviews.page > 1),
        rx.el.section(
            rx.el.header(rx.el.h2("Past")),
            interview_list(Interviews.past, dated=True),
            pager(),
            class_name="section",
            aria_label="Past",
        ),
    )


def pager() -> rx.Component:
    """Previous and next page of past interviews."""
    return rx.cond(
        Interviews.has_more | (Interviews.page > 1),
        rx.el.nav(
            rx.el.button("Newer", on_click=Interviews.turn_page(False), disabled=Interviews.page == 1),
            rx.el.button("Older", on_click=Interviews.turn_page(True), disabled=~Interviews.has_more),
            rx.el.span(f"Page {Interviews.page}", class_name="quiet small"),
            class_name="row",
            aria_label="Pages of the past",
        ),
    )


def empty() -> rx.Component:
    """A placeholder for a user without interviews."""
    return rx.el.div(
        rx.el.h2("Every interview, in your time zone"),
        rx.el.p(
            "Schedule the next one to see it beside the others, prepare for it, and write down afterwards how it went.",
            class_name="quiet",
        ),
        rx.el.div(schedule_button(), import_button(), class_name="row wrap"),
        class_name="page empty",
    )  # fmt: skip


def bones() -> rx.Component:
    """A placeholder while the list loads."""
    return rx.el.div(
        *[
            rx.el.div(rx.el.span(class_name="bone", width=f"{30 + (n * 17) % 40}%"), class_name="line", key=str(n))
            for n in range(8)
        ],
        class_name="lines page",
        aria_hidden="true",
    )  # fmt: skip
