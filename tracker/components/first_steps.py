"""First steps of a new user, and the note that an account holds sample data."""

from typing import Any

import reflex as rx

from tracker.components.dialogs import modal, opens
from tracker.components.optimistic_controls import busy
from tracker.shapes.first_steps import FirstStep, FirstStepsSheet
from tracker.state.first_steps import FirstSteps

DIALOG = "removing-sample"
LINKS = (
    (FirstStep.RESUME, "/profile", "file-up", "Import your resume", "Letters and posting matches are based on it."),
    (FirstStep.WISHES, "/priorities", "list-ordered", "Say what you're looking for", "Salary, location and skills determine how your jobs are ranked."),
    (FirstStep.GOAL, "/settings", "settings", "Set a weekly goal", "When you're behind, this page suggests the best jobs to apply for."),
)  # fmt: skip


def welcome() -> rx.Component:
    """The first things to do, shown until there is an application."""
    return rx.el.div(
        rx.el.h2("Add your first application"),
        rx.el.p(
            "Add a job you want or have applied to: its company and role are enough. Paste the posting to add more detail. "
            "This page then shows what is due, what comes next, and how your search is going.",
            class_name="quiet",
        ),
        rx.el.button("Add your first application", class_name="primary", custom_attrs=opens("adding")),
        rx.cond(FirstSteps.sheet, suggestions(FirstSteps.sheet)),
        class_name="page empty welcome",
    )


def suggestions(sheet: rx.Var[FirstStepsSheet]) -> rx.Component:
    """The steps that help but can wait, each of which can be skipped for good."""
    return rx.cond(
        sheet.steps.length() > 0,
        rx.fragment(
            rx.el.h3("Optional next steps"),
            rx.el.ul(
                *[
                    suggestion(sheet, step, icon, rx.el.a(title, href=address), title, reason)
                    for step, address, icon, title, reason in LINKS
                ],
                suggestion(
                    sheet,
                    FirstStep.SAMPLE,
                    "telescope",
                    sample_button(sheet),
                    "Explore with sample data",
                    "Sixty made-up applications; remove them whenever you like.",
                ),
                class_name="plain lines",
            ),
        ),
    )


def suggestion(
    sheet: rx.Var[FirstStepsSheet], step: FirstStep, icon: str, control: Any, title: str, reason: str
) -> rx.Component:
    """A step with the button that skips it."""
    return rx.cond(
        sheet.steps.contains(step.value),
        rx.el.li(
            rx.icon(icon, size=16),
            rx.el.div(control, rx.el.p(reason, class_name="small quiet")),
            rx.el.button(
                rx.icon("x", size=14),
                class_name="icon-button plain-button push",
                aria_label=f"Skip: {title}",
                title="Skip",
                on_click=FirstSteps.skip(step.value),
            ),
            class_name="line",
            key=step.value,
        ),
    )


def sample_button(sheet: rx.Var[FirstStepsSheet]) -> rx.Component:
    """The button that adds the sample data."""
    return rx.cond(
        sheet.is_adding,
        rx.el.span("Adding the sample data…", role="status"),
        rx.el.button(
            "Explore with sample data", class_name="link", on_click=FirstSteps.add_sample, custom_attrs=busy()
        ),
    )  # fmt: skip


def sample_note() -> rx.Component:
    """The note that what is shown is sample data, and the way to remove it."""
    return rx.cond(
        FirstSteps.sheet & FirstSteps.sheet.has_sample,
        rx.el.aside(
            "This is sample data. ",
            rx.el.button("Remove it", class_name="link", custom_attrs=opens(DIALOG)),
            class_name="warning sample-note",
            aria_label="Sample data",
        ),
    )


def removal_dialog() -> rx.Component:
    """The dialog that asks before the sample data goes."""
    return modal(
        rx.el.div(
            rx.el.p(
                "This removes the sample data and everything you've added since: applications, interviews, contacts, "
                "profile, priorities and letters. Your settings stay. This can't be undone."
            ),
            class_name="inside",
        ),
        rx.el.footer(
            rx.el.button("Keep it", type="button", custom_attrs={"data-closes": ""}),
            rx.el.button(
                "Remove everything", class_name="danger", on_click=FirstSteps.remove_sample, custom_attrs=busy()
            ),
        ),
        id=DIALOG,
        title="Remove the sample data",
        done=FirstSteps.removed,
    )  # fmt: skip
