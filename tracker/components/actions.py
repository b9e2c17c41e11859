"""Next actions: each with its reason, its button, and a menu to snooze or dismiss it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import reflex as rx

from tracker.components.card_parts import company_mark
from tracker.components.idempotency import idempotent, submission_key
from tracker.components.optimistic_controls import busy
from tracker.shapes.actions import ActionGroup, NextAction
from tracker.shapes.dashboard import Dashboard
from tracker.shapes.enumerations import ActionKind
from tracker.state.today import Today

LATER = (("1", "Tomorrow"), ("3", "In 3 days"), ("7", "In a week"), ("30", "In 30 days"))


def first_actions(board: rx.Var[Dashboard]) -> rx.Component:
    """The three most important actions, with the reason why they come first."""
    return rx.el.section(
        rx.el.header(rx.el.h2("Do these first")),
        rx.cond(
            board.first,
            rx.fragment(
                rx.el.p(board.first.note, class_name="small quiet"),
                rx.el.ul(rx.foreach(board.first.first, action), class_name="plain lines"),
            ),
            rx.el.p(
                rx.cond(
                    board.has_actions,
                    "Nothing is due today. What comes next is listed below.",
                    "Nothing is due. New actions will be listed here.",
                ),
                class_name="quiet",
            ),
        ),
        class_name="section actions",
        aria_label="Do these first",
    )


def other_actions(board: rx.Var[Dashboard]) -> rx.Component:
    """The other actions by kind, then those that tidy up."""
    return rx.cond(
        (board.actions.length() > 0) | (board.tidy.length() > 0),
        rx.el.section(
            rx.el.header(rx.el.h2("Next actions")),
            rx.foreach(board.actions, group),
            rx.cond(
                board.tidy.length() > 0,
                rx.el.details(
                    rx.el.summary(
                        rx.el.h3(
                            "Worth tidying up",
                            rx.el.span(board.tidy_count, class_name="quiet figures"),
                            class_name="day row",
                        )
                    ),
                    rx.foreach(board.tidy, group),
                ),
            ),
            class_name="section actions",
            aria_label="Next actions",
        ),
    )


def group(of: rx.Var[ActionGroup]) -> rx.Component:
    """The actions of a kind, with a button that completes all that are due."""
    bulk = f"all-{of.name}"
    return rx.el.div(
        rx.el.div(
            rx.el.h3(of.label, rx.el.span(of.count, class_name="quiet figures"), class_name="day row"),
            rx.cond(
                of.bulk != "",
                rx.el.button(
                    of.bulk,
                    class_name="small-button plain-button push",
                    on_click=Today.complete_all(of.name, submission_key(bulk)),
                    custom_attrs={**busy(), **idempotent(bulk)},
                ),
            ),
            class_name="row group-head",
        ),
        rx.el.ul(rx.foreach(of.first, action), class_name="plain lines"),
        rx.cond(
            of.has_more,
            rx.el.button(f"Show all {of.count}", class_name="plain-button", on_click=Today.show_all(of.name)),
        ),
        key=of.name,
    )


def action(item: rx.Var[NextAction]) -> rx.Component:
    """One action; its row opens the application or interview."""
    return rx.el.li(
        company_mark(item),
        rx.el.div(
            rx.el.div(
                rx.el.span(item.label, class_name="nowrap verb"),
                rx.el.a(item.subject, href=item.address, class_name="opens clip"),
                class_name="row",
            ),
            rx.el.p(
                rx.el.span(item.when, title=item.exact, class_name=rx.cond(item.is_late, "late", "")),
                f" · {item.why}",
                class_name="small quiet",
            ),
            class_name="what",
        ),
        rx.el.div(
            mail(item), posting(item), completion(item), snooze_menu(item), class_name="row over buttons"
        ),
        class_name="line action",
        key=item.id,
        custom_attrs={"data-item": item.application_id},
    )


def mail(item: rx.Var[NextAction]) -> rx.Component:
    """A link to the prepared email."""
    return rx.cond(
        item.mail != "",
        rx.el.a(
            rx.icon("mail", size=15),
            href=item.mail,
            class_name="button icon-button plain-button",
            aria_label=f"Write an email: {item.label}, {item.subject}",
            title="Write the email",
            reload_document=True,
        ),
    )


def posting(item: rx.Var[NextAction]) -> rx.Component:
    """A link to the posting of an application to send."""
    return rx.cond(
        item.posting_url != "",
        rx.el.a(
            "Open posting",
            href=item.posting_url,
            target="_blank",
            rel="noopener noreferrer",
            class_name="button small-button plain-button",
            aria_label=f"Open the posting: {item.subject}",
        ),
    )


def completion(item: rx.Var[NextAction]) -> rx.Component:
    """The button or link that completes the action."""
    once, key = idempotent(item.id), submission_key(item.id)
    return rx.match(
        item.kind,
        (ActionKind.FOLLOW_UP.value, button(item, "Log follow-up", Today.follow_up(item.application_id, key), once)),
        (ActionKind.THANK_YOU.value, button(item, "Sent", Today.thank(item.interview_id, key), once)),
        (ActionKind.APPLY.value, button(item, "Applied", Today.move(item.application_id, "applied"))),
        (ActionKind.CLOSE.value, button(item, "Close", Today.move(item.application_id, f"closed:{item.outcome}"))),
        (ActionKind.DECIDE.value, completion_link(item, "Decide")),
        (ActionKind.PREPARE.value, completion_link(item, "Prepare")),
        (ActionKind.RESCHEDULE.value, completion_link(item, "Set a date")),
        (ActionKind.DUPLICATE.value, completion_link(item, "Compare")),
        (ActionKind.DEBRIEF.value, completion_link(item, "Write")),
        (ActionKind.COMPLETE.value, completion_link(item, "Add")),
        rx.fragment(),
    )  # fmt: skip


def button(
    item: rx.Var[NextAction], text: str, on_click: Any, once: Mapping[str, Any] = MappingProxyType({})
) -> rx.Component:
    """The button that completes the action; one that adds something carries an idempotency key."""
    return rx.el.button(
        text,
        class_name="small-button",
        on_click=on_click,
        aria_label=f"{text}: {item.label}, {item.subject}",
        custom_attrs={**busy(), **once},
    )


def completion_link(item: rx.Var[NextAction], text: str) -> rx.Component:
    """A link to where the action is completed."""
    return rx.el.a(
        text,
        href=item.address,
        class_name="button small-button",
        aria_label=f"{text}: {item.label}, {item.subject}",
    )


def snooze_menu(item: rx.Var[NextAction]) -> rx.Component:
    """The menu that snoozes or dismisses the action."""
    return rx.el.select(
        rx.el.option("Later", value="", disabled=True, hidden=True),
        *[rx.el.option(label, value=days) for days, label in LATER],
        rx.el.option("Dismiss", value="dismiss"),
        value="",
        on_change=lambda when: Today.put_off(item.application_id, item.kind, item.about, when),
        class_name="chip",
        custom_attrs={"data-acts": ""},
        aria_label=f"Snooze or dismiss: {item.label}, {item.subject}",
    )
