"""`/interviews/[interview_id]`: one interview."""

from typing import Any

import reflex as rx

from tracker.components.card_parts import company_mark
from tracker.components.drafts import draft_note, drafted, opens_draft
from tracker.components.edit_conflicts import conflict_or, has_conflict
from tracker.components.editable_fields import editable_field
from tracker.components.editable_texts import text_section
from tracker.components.focus import focus_next
from tracker.components.form_fields import described, field
from tracker.components.idempotency import idempotent, key_field, submission_key
from tracker.components.interviews import schedule_button, stars
from tracker.components.optimistic_controls import busy
from tracker.components.palette import command
from tracker.components.scheduling import move_dialog, overlaps
from tracker.components.shell import shell
from tracker.shapes.interviews import InterviewDetail, InterviewItem
from tracker.state.interview import InterviewView
from tracker.state.scheduling import MoveInterview

EDIT_DEBRIEF = "edit-debrief"
RATINGS = (("", "No rating"), *((str(n), "★" * n + "☆" * (5 - n)) for n in range(1, 6)))


DELETE = "delete:" + rx.cond(InterviewView.detail, InterviewView.detail.line.id, "").to(str)


def interview() -> rx.Component:
    """The interview, a placeholder while it loads, or a note that it doesn't exist."""
    detail = InterviewView.detail
    return shell(
        rx.cond(detail, whole(detail), rx.cond(InterviewView.is_missing, missing(), bones())),
        here="Interviews",
        commands=commands(),
    )


def commands() -> list[rx.Component]:
    """The commands of this page in the palette."""
    settles = (
        ("Mark done", "done", "check"),
        ("Cancel interview", "cancelled", "x"),
        ("Mark as a no-show", "no_show", "user-x"),
        ("Reopen interview", "scheduled", "undo-2"),
    )
    moves = MoveInterview.begin(rx.cond(InterviewView.detail, InterviewView.detail.line.id, ""))
    return [
        *[command(name, icon, on_click=InterviewView.settle(state)) for name, state, icon in settles],
        command("Move to another time", "calendar-clock", on_click=moves),
        command(
            "Delete interview", "trash-2", on_click=InterviewView.delete(submission_key(DELETE)), once=DELETE
        ),
    ]


def whole(detail: rx.Var[InterviewDetail]) -> rx.Component:
    """Heading, preparation and debrief, and the sidebar of fields."""
    return rx.fragment(
        headline(detail.line),
        rx.el.div(
            rx.el.div(
                overlaps(InterviewView.clashes),
                text_section(
                    InterviewView,
                    "preparation",
                    "Preparation",
                    detail.preparation,
                    rx.html(detail.preparation_html, class_name="prose"),
                    "Write what to prepare",
                    f"preparation:{detail.line.id}",
                ),
                practice(detail.line),
                debrief(detail),
                class_name="sections",
            ),
            rx.el.aside(
                rx.el.h2("Details", class_name="hidden"),
                rx.foreach(detail.facts, lambda item: editable_field(InterviewView, item, detail.line.id)),
                class_name="rail",
                aria_label="Details",
            ),
            class_name="page two",
        ),
        move_dialog(),
    )


def practice(line: rx.Var[InterviewItem]) -> rx.Component:
    """A link to the practice page."""
    return rx.el.p(
        rx.icon("messages-square", size=16),
        rx.el.a("Practise questions and answers", href=f"/interviews/{line.id}/practice"),
        class_name="row",
    )


def headline(line: rx.Var[InterviewItem]) -> rx.Component:
    """Kind, time, application and actions."""
    return rx.el.header(
        company_mark(line, "large"),
        rx.el.div(
            rx.el.div(
                rx.el.h1(f"{line.kind_label}, {line.round_label.lower()}", tab_index=-1),
                rx.el.span(
                    rx.cond(line.is_now, "Now", line.state_label),
                    class_name=rx.cond(line.is_now, "chip now", "chip"),
                    custom_attrs={"data-interview": line.state},
                ),
                class_name="row",
            ),
            rx.el.p(
                rx.el.a(line.subject, href=f"/applications/{line.application_id}?tab=interviews"),
                class_name="clip",
            ),
            rx.el.p(
                rx.el.span(f"{line.when} – {line.ends}", class_name="figures"),
                rx.cond(line.own_time != "", rx.el.span(line.own_time), rx.fragment()),
                rx.el.span(line.duration),
                class_name="quiet dotted",
            ),
            class_name="titles",
        ),
        deeds(line),
        class_name="headline",
        custom_attrs={"data-item": "page"},
    )


def deeds(line: rx.Var[InterviewItem]) -> rx.Component:
    """The actions that fit the interview's state."""
    has_begun = line.is_past | line.is_now | (line.day == "today")
    return rx.el.div(
        rx.cond(
            (line.link != "") & ~line.is_past,
            rx.el.a(
                rx.icon("video", size=15), "Join", href=line.link, target="_blank", rel="noopener noreferrer",
                reload_document=True, class_name="button primary",
            ),
        ),
        rx.cond(line.is_scheduled & has_begun, deed("Mark done", "done", "check")),
        rx.cond(
            line.is_scheduled,
            rx.el.button("Move", on_click=MoveInterview.begin(line.id), aria_haspopup="dialog"),
        ),
        rx.cond(line.is_scheduled & ~line.is_past, deed("Cancel", "cancelled", aria_label="Cancel interview")),
        rx.cond(line.is_scheduled & has_begun, deed("Mark as a no-show", "no_show")),
        rx.cond(line.is_scheduled, rx.fragment(), deed("Reopen", "scheduled", "undo-2")),
        rx.cond(
            line.is_scheduled,
            rx.fragment(),
            schedule_button(line.application_id, line.subject, "Schedule next round"),
        ),
        rx.el.a(
            rx.icon("calendar-arrow-down", size=15), href=f"/interviews/{line.id}.ics", download="",
            reload_document=True, class_name="button icon-button plain-button", aria_label="Download for a calendar",
            title="Download for a calendar",
        ),
        rx.el.button(
            rx.icon("trash-2", size=15), class_name="icon-button plain-button", aria_label="Delete interview",
            on_click=InterviewView.delete(submission_key(DELETE)), custom_attrs=idempotent(DELETE),
        ),
        class_name="row wrap",
    )  # fmt: skip


def deed(name: str, state: str, icon: str = "", **props: Any) -> rx.Component:
    """A button that sets the interview's state."""
    drawn = [rx.icon(icon, size=15)] if icon else []
    return rx.el.button(*drawn, name, on_click=InterviewView.settle(state), custom_attrs=busy(), **props)


def debrief(detail: rx.Var[InterviewDetail]) -> rx.Component:
    """The debrief, requested after the interview."""
    line = detail.line
    is_writing = (InterviewView.editing == "debrief") | line.needs_debrief
    is_time = line.needs_debrief | line.has_debrief | line.is_now | (line.state == "done") | (line.rating > 0)
    return rx.cond(
        is_time,
        rx.el.section(
            rx.el.header(
                rx.el.h2("Debrief", id="heading-debrief"),
                rx.cond(line.rating > 0, stars(line.rating)),
                rx.cond(
                    is_writing | has_conflict(InterviewView, "debrief"),
                    rx.fragment(),
                    rx.el.button(
                        "Edit", id=EDIT_DEBRIEF, class_name="plain-button", on_click=InterviewView.edit("debrief"),
                        aria_label="Edit debrief", custom_attrs=opens_draft(f"debrief:{line.id}"),
                    ),
                ),
            ),
            conflict_or(
                InterviewView, "debrief",
                rx.cond(is_writing, debrief_form(detail), rx.html(detail.debrief_html, class_name="prose")),
                draft=f"debrief:{line.id}", back=EDIT_DEBRIEF,
            ),
            class_name="section debrief",
        ),
    )  # fmt: skip


def debrief_form(detail: rx.Var[InterviewDetail]) -> rx.Component:
    """The debrief's text and rating."""
    errors, line = InterviewView.errors, detail.line
    rating = rx.el.select(
        *[rx.el.option(label, value=value) for value, label in RATINGS],
        default_value=rx.cond(line.rating > 0, line.rating.to_string(), ""),
        **described("debrief", "rating", errors),
    )
    return rx.el.form(
        key_field(),
        rx.el.textarea(name="was", default_value=detail.debrief, key=detail.debrief, hidden=True, read_only=True),
        rx.el.div(
            rx.el.label("Debrief", html_for="debrief-value", class_name="hidden"),
            rx.el.textarea(
                id="debrief-value", name="value", default_value=detail.debrief, rows="8", auto_focus=~line.needs_debrief,
                on_focus=InterviewView.begin_debrief,
                placeholder="What they asked, what went well, what to do differently. Markdown.",
                aria_describedby="debrief-problem",
            ),
            rx.el.div(errors["debrief"], id="debrief-problem", class_name="problem", role="alert"),
            class_name="field",
        ),
        rx.el.div(field("debrief", "rating", "Rating", rating, errors), class_name="narrow"),
        rx.el.div(
            rx.el.button("Save debrief", type="submit", class_name="primary", custom_attrs=focus_next(EDIT_DEBRIEF)),
            rx.cond(
                line.needs_debrief,
                rx.fragment(),
                rx.el.button("Cancel", type="button", on_click=InterviewView.cancel,
                             custom_attrs={"data-escape": ""} | focus_next(EDIT_DEBRIEF)),
            ),
            draft_note(),
            class_name="row",
        ),
        on_submit=InterviewView.debrief,
        class_name="stack",
        custom_attrs={"noValidate": True} | drafted(f"debrief:{line.id}"),
    )  # fmt: skip


def missing() -> rx.Component:
    """A note that the interview doesn't exist, or is another user's."""
    return rx.el.div(
        rx.el.h1("This interview doesn't exist, or isn't yours", tab_index=-1),
        rx.el.p("It, or its application, may have been deleted.", class_name="quiet"),
        rx.el.a("All interviews", href="/interviews", class_name="button"),
        class_name="page empty",
    )


def bones() -> rx.Component:
    """A placeholder while the page loads."""
    return rx.el.div(
        *[rx.el.span(class_name="bone", width=width) for width in ("40%", "24%", "80%", "72%")],
        class_name="page stack",
        aria_hidden="true",
    )
