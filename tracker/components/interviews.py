"""Interviews as list items: time, kind, people and place."""

from typing import Any

import reflex as rx

from tracker.components.card_parts import company_mark
from tracker.components.invitations import import_button, invitation_dialog
from tracker.shapes.applications import ApplicationDetail
from tracker.shapes.interviews import InterviewItem
from tracker.state.application_tabs import ApplicationInterviews
from tracker.state.scheduling import ScheduleInterview


def schedule_button(
    application_id: Any = "", subject: Any = "", text: str = "Schedule interview", **props: Any
) -> rx.Component:
    """A button that opens the scheduling dialog, for one application or with a choice."""
    return rx.el.button(
        rx.icon("calendar-plus", size=16),
        text,
        on_click=ScheduleInterview.begin(application_id, subject),
        aria_haspopup="dialog",
        **props,
    )


def interview_list(lines: rx.Var[list[InterviewItem]], *, dated: bool, named: bool = True) -> rx.Component:
    """A list of interviews; `dated` items show their day, `named` ones their application."""
    return rx.el.ul(
        rx.foreach(lines, lambda line: interview_item(line, dated=dated, named=named)),
        class_name="plain lines meetings",
    )


def interview_item(line: rx.Var[InterviewItem], *, dated: bool, named: bool) -> rx.Component:
    """One interview; the whole item opens its page."""
    return rx.el.li(
        interview_time(line, dated=dated),
        company_mark(line) if named else rx.fragment(),
        rx.el.div(
            rx.el.div(
                rx.el.a(
                    line.kind_label,
                    href=f"/interviews/{line.id}",
                    class_name="opens",
                    aria_label=f"{line.kind_label}, {line.subject}, {line.when}",
                ),
                rx.el.span(line.round_label, class_name="quiet nowrap"),
                state_chip(line),
                class_name="row",
            ),
            rx.el.div(
                rx.el.span(line.subject) if named else rx.fragment(),
                rx.cond(line.interviewers != "", rx.el.span(f"with {line.interviewers}"), rx.fragment()),
                class_name="small quiet clip dotted",
            ),
            class_name="what",
        ),
        rx.el.div(interview_place(line), class_name="where small quiet"),
        rx.el.div(debrief_link(line), class_name="next"),
        class_name="line meeting-line",
        key=line.id,
        custom_attrs={"data-state": line.state},
    )


def interview_time(line: rx.Var[InterviewItem], *, dated: bool) -> rx.Component:
    """The time in the user's zone, and below it the interview's own where it differs."""
    hours = rx.el.span(f"{line.time} – {line.ends}", class_name="figures nowrap")
    return rx.el.div(
        rx.el.span(line.when, class_name="figures nowrap") if dated else hours,
        rx.cond(
            line.own_time != "",
            rx.el.span(line.own_time, class_name="small quiet"),
            rx.el.span(line.duration, class_name="small quiet"),
        ),
        class_name="when",
    )


def state_chip(line: rx.Var[InterviewItem]) -> rx.Component:
    """The interview's state, where the list doesn't imply it."""
    return rx.fragment(
        rx.cond(line.is_now, rx.el.span("Now", class_name="chip now")),
        rx.cond(
            (line.state == "cancelled") | (line.state == "no_show"),
            rx.el.span(line.state_label, class_name="chip"),
        ),
    )


def interview_place(line: rx.Var[InterviewItem]) -> rx.Component:
    """The place, or a link to the call."""
    return rx.cond(
        line.link != "",
        rx.cond(
            line.is_past,
            rx.fragment(),
            rx.el.a(
                rx.icon("video", size=14),
                "Join",
                href=line.link,
                target="_blank",
                rel="noopener noreferrer",
                reload_document=True,
                class_name="over row",
                title=line.place,
                aria_label=f"Join {line.kind_noun}, {line.subject}",
            ),
        ),
        rx.cond(
            line.place != "",
            rx.el.span(
                rx.icon("map-pin", size=14), rx.el.span(line.place, class_name="clip"), class_name="row"
            ),
        ),
    )


def debrief_link(line: rx.Var[InterviewItem]) -> rx.Component:
    """A link to the missing debrief, or its rating."""
    return rx.cond(
        line.needs_debrief,
        rx.el.a(
            "Write debrief",
            href=f"/interviews/{line.id}",
            class_name="button over small-button",
            aria_label=f"Write debrief of {line.kind_noun}, {line.subject}",
        ),
        rx.cond(line.rating > 0, stars(line.rating)),
    )


def stars(rating: rx.Var[int]) -> rx.Component:
    """A rating as stars, with a text alternative."""
    return rx.el.span(
        rx.match(rating, *[(n, "★" * n + "☆" * (5 - n)) for n in range(1, 5)], "★" * 5),
        class_name="stars small",
        role="img",
        aria_label=f"Rated {rating} of 5",
    )


def interviews_tab(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """The interviews of one application."""
    subject = f"{detail.role} at {detail.company}"
    return rx.el.section(
        rx.el.header(
            rx.el.h2("Interviews"),
            rx.cond(
                ApplicationInterviews.lines.length() > 0,
                rx.fragment(
                    schedule_button(detail.id, subject, class_name="push"),
                    import_button(detail.id, class_name="plain-button"),
                ),
            ),
            class_name="wrap",
        ),
        rx.cond(
            ApplicationInterviews.of == detail.id,
            rx.cond(
                ApplicationInterviews.lines.length() > 0,
                interview_list(ApplicationInterviews.lines, dated=True, named=False),
                rx.el.div(
                    rx.el.p("No interviews yet. The first one moves the application along.", class_name="quiet"),
                    rx.el.div(schedule_button(detail.id, subject), import_button(detail.id), class_name="row wrap"),
                    class_name="stack start",
                ),
            ),
            rx.el.div(rx.el.span(class_name="bone", width="60%"), class_name="line", aria_hidden="true"),
        ),
        invitation_dialog(),
        class_name="section",
        aria_label="Interviews",
    )  # fmt: skip
