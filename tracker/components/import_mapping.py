"""The mapping of an import: questions first, then the columns of each table."""

from typing import Any

import reflex as rx

from tracker.components.optimistic_controls import optimistic_select
from tracker.components.zones import zone_options
from tracker.shapes.imports import (
    Choice,
    ColumnItem,
    DateQuestion,
    ImportPage,
    SheetItem,
    StatusItem,
)
from tracker.state.imports import DataImportView

UNCHOSEN = "Choose…"


def questions(page: rx.Var[ImportPage]) -> rx.Component:
    """The encoding, the orders of dates, and the meanings of status words."""
    return rx.fragment(
        rx.cond(page.encodings.length() > 0, encoding_question(page)),
        rx.foreach(page.date_questions, date_question),
        rx.cond(page.statuses.length() > 0, statuses(page)),
    )


def encoding_question(page: rx.Var[ImportPage]) -> rx.Component:
    """Both readings of the letters that the file's encoding decides."""
    return choice_of(
        "Which reading is right?",
        rx.foreach(
            page.encodings,
            lambda item: option("encoding", item.value, item.label, item.lines, page.encoding == item.value),
        ),
    )


def date_question(question: rx.Var[DateQuestion]) -> rx.Component:
    """Both readings of the first dates of a column."""
    return choice_of(
        f"Which order do the dates of “{question.header}” have?",
        option(question.name, "dmy", "Day first", question.day_first, question.order == "dmy"),
        option(question.name, "mdy", "Month first", question.month_first, question.order == "mdy"),
    )


def choice_of(legend: Any, *options: Any) -> rx.Component:
    """A question with a few answers that are all shown."""
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="label"),
        rx.el.div(*options, class_name="choice-cards"),
        class_name="import-question",
    )


def option(name: Any, value: Any, label: Any, lines: Any, is_chosen: Any) -> rx.Component:
    """An answer with the first lines as it reads them."""
    return rx.el.label(
        rx.el.span(
            rx.el.input(
                type="radio",
                name=name,
                value=value,
                checked=is_chosen,
                on_change=DataImportView.change(name, value),
            ),
            label,
            class_name="row",
        ),
        rx.foreach(lines, lambda line: rx.el.span(line, class_name="small quiet clip")),
        class_name="choice-card",
    )


def statuses(page: rx.Var[ImportPage]) -> rx.Component:
    """Each status word of the file with its meaning; those to be chosen first."""
    return rx.el.section(
        rx.el.h2("Statuses"),
        rx.el.ul(
            rx.foreach(page.statuses, lambda item: status(item, page.status_choices)),
            class_name="plain mapped",
        ),
        aria_label="Statuses",
        class_name="section",
    )


def status(item: rx.Var[StatusItem], choices: rx.Var[list[Choice]]) -> rx.Component:
    """One status word with its meaning."""
    return rx.el.li(
        rx.el.span(f"“{item.word}”", class_name="clip"),
        optimistic_select(
            rx.cond(item.status == "", rx.el.option(UNCHOSEN, value="", disabled=True)),
            rx.foreach(choices, select_option),
            value=item.status,
            on_change=lambda value: DataImportView.change(item.name, value),
            aria_label=f"Meaning of {item.word}",
        ),
        key=item.name,
    )


def columns(page: rx.Var[ImportPage]) -> rx.Component:
    """The tables with their columns, and the time zone of their times."""
    return rx.el.details(
        rx.el.summary("Columns and time zone"),
        rx.foreach(page.sheets, sheet),
        rx.el.div(
            rx.el.label("Time zone of the file", html_for="import-zone"),
            optimistic_select(
                zone_options(page.timezone),
                value=page.timezone,
                on_change=lambda value: DataImportView.change("timezone", value),
                id="import-zone",
            ),
            class_name="field",
        ),
        class_name="section",
    )


def sheet(item: rx.Var[SheetItem]) -> rx.Component:
    """One table: its kind, and the field of each column."""
    kinds = (("applications", "Applications"), ("contacts", "Contacts"), ("skipped", "Don't import"))
    return rx.el.section(
        rx.el.div(
            rx.el.h2(item.title),
            optimistic_select(
                *[rx.el.option(label, value=value) for value, label in kinds],
                value=item.kind,
                on_change=lambda value: DataImportView.change(item.name, value),
                aria_label=f"Import {item.title} as",
            ),
            class_name="row wrap",
        ),
        rx.el.ul(
            rx.foreach(item.columns, lambda each: column(each, item.choices)), class_name="plain mapped"
        ),
        aria_label=item.title,
        class_name="section",
        key=item.name,
    )


def column(item: rx.Var[ColumnItem], choices: rx.Var[list[Choice]]) -> rx.Component:
    """One column: its header, its first texts, and the field that it is imported as."""
    return rx.el.li(
        rx.el.span(
            rx.el.span(item.header, class_name="clip"),
            rx.el.span(item.samples, class_name="small quiet clip"),
            class_name="titles",
        ),
        optimistic_select(
            rx.foreach(choices, select_option),
            value=item.field,
            on_change=lambda value: DataImportView.change(item.name, value),
            aria_label=f"Import {item.header} as",
        ),
        key=item.name,
    )


def select_option(choice: rx.Var[Choice]) -> rx.Component:
    """One value of a list of choices."""
    return rx.el.option(choice.label, value=choice.value, key=choice.value)
