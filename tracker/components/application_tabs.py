"""The tabs of an application's page."""

import reflex as rx

from tracker.components.editable_texts import text_section
from tracker.components.matching import requirements_section
from tracker.shapes.applications import ApplicationDetail
from tracker.shapes.timeline import Day, Entry
from tracker.state.application import ApplicationView


def overview(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """The beginning of the notes, and the latest events."""
    return rx.fragment(notes(detail), activity(detail))


def posting(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """The posting's requirements and its stored text."""
    text = text_section(
        ApplicationView,
        "posting_text",
        "Posting",
        detail.posting_text,
        posting_words(detail),
        "Paste the posting's text",
        f"posting_text:{detail.id}",
    )
    return rx.el.div(requirements_section(detail), text, class_name="sections")


def posting_words(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """The text of the posting as it was pasted."""
    return rx.el.div(detail.posting_text, class_name="posting-text")


def notes(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """The notes, rendered from Markdown as sanitized HTML."""
    return text_section(
        ApplicationView,
        "notes",
        "Notes",
        detail.notes,
        rx.html(detail.notes_html, class_name="prose"),
        "Write a note",
        f"notes:{detail.id}",
    )


def activity(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """The event log, latest day first."""
    return rx.el.section(
        rx.el.header(rx.el.h2("Activity")),
        rx.foreach(detail.days, day),
        class_name="section",
        aria_label="Activity",
    )


def day(of: rx.Var[Day]) -> rx.Component:
    """One day of the log."""
    return rx.el.div(
        rx.el.h3(of.label, class_name="day"),
        rx.el.ul(rx.foreach(of.lines, entry), class_name="plain"),
        key=of.label,
    )


def entry(of: rx.Var[Entry]) -> rx.Component:
    """One event."""
    return rx.el.li(
        rx.el.time(of.at),
        rx.el.span(of.sentence, class_name="sentence"),
        rx.cond(of.was_undone, rx.el.span("undone", class_name="small quiet")),
        rx.cond(of.door != "", rx.el.span(of.door, class_name="small quiet")),
        class_name=rx.cond(of.was_undone, "entry undone", "entry"),
        key=of.id,
    )
