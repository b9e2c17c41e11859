"""What the tabs of an application show."""

import reflex as rx

from tracker.shapes.applications import ApplicationDetail
from tracker.shapes.timeline import Day, Entry
from tracker.state.application import ApplicationView


def overview(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """Notes in short and what happened last."""
    return rx.fragment(notes(detail), activity(detail))


def posting(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """The advert's text, kept because adverts vanish."""
    return text_section(
        "posting_text", "Posting", detail.posting_text, posting_words(detail), "Paste the posting's text"
    )


def posting_words(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """The text as it was pasted."""
    return rx.el.div(detail.posting_text, class_name="posting-text")


def notes(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """Notes in Markdown, shown made safe."""
    return text_section(
        "notes", "Notes", detail.notes, rx.html(detail.notes_html, class_name="prose"), "Write a note"
    )


def text_section(field: str, heading: str, text: rx.Var, words: rx.Component, invite: str) -> rx.Component:
    """A long text that is read until one edits it."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2(heading, id=f"heading-{field}"),
            rx.cond(
                (text != "") & (ApplicationView.editing != field),
                rx.el.button(
                    "Edit",
                    class_name="plain-button",
                    on_click=ApplicationView.edit(field),
                    aria_label=f"Edit {heading.lower()}",
                    custom_attrs={"data-key": "e"},
                ),
            ),
        ),
        rx.cond(
            ApplicationView.editing == field,
            text_editor(field, text),
            rx.cond(
                text != "",
                words,
                rx.el.button(
                    invite,
                    class_name="plain-button",
                    on_click=ApplicationView.edit(field),
                    custom_attrs={"data-key": "e"},
                ),
            ),
        ),
        class_name="section",
        aria_labelledby=f"heading-{field}",
    )


def text_editor(field: str, text: rx.Var) -> rx.Component:
    """The long text in a field of its own."""
    return rx.el.form(
        rx.el.input(type="hidden", name="field", value=field),
        rx.el.textarea(name="was", default_value=text, hidden=True, read_only=True),
        rx.el.textarea(
            name="value", default_value=text, rows="12", auto_focus=True, aria_labelledby=f"heading-{field}"
        ),
        rx.el.div(ApplicationView.errors[field], class_name="problem", role="alert"),
        rx.el.div(
            rx.el.button("Save", type="submit", class_name="primary"),
            rx.el.button("Cancel", type="button", on_click=ApplicationView.cancel),
            class_name="row",
        ),
        on_submit=ApplicationView.save,
        class_name="stack",
    )


def activity(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """What happened, the latest day first."""
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
    """One thing that happened."""
    return rx.el.li(
        rx.el.time(of.at),
        rx.el.span(of.sentence, class_name="sentence"),
        rx.cond(of.was_undone, rx.el.span("undone", class_name="small quiet")),
        rx.cond(of.door != "", rx.el.span(of.door, class_name="small quiet")),
        class_name=rx.cond(of.was_undone, "entry undone", "entry"),
        key=of.id,
    )
