"""`/applications/[application_id]`: one application."""

import reflex as rx

from tracker.components.application_sidebar import application_sidebar
from tracker.components.application_tabs import activity, notes, overview, posting
from tracker.components.card_parts import company_mark, stage_select
from tracker.components.contact_parts import contact_result, contacts_tab, link_dialog
from tracker.components.dialogs import opens
from tracker.components.follow_up import follow_up_dialog
from tracker.components.idempotency import idempotent, submission_key
from tracker.components.interviews import interviews_tab
from tracker.components.letters import letter_tab
from tracker.components.optimistic_controls import busy
from tracker.components.palette import command
from tracker.components.score import reasons_popover, score
from tracker.components.scrolling_nav import ScrollingNav
from tracker.components.shell import shell
from tracker.shapes.applications import ApplicationDetail
from tracker.shapes.enumerations import Outcome, Stage
from tracker.state.application import ApplicationView
from tracker.state.application_tabs import LinkContact
from tracker.state.scheduling import ScheduleInterview

TABS = (
    ("overview", "Overview"),
    ("interviews", "Interviews"),
    ("contacts", "Contacts"),
    ("posting", "Posting"),
    ("letter", "Letter"),
    ("notes", "Notes"),
    ("activity", "Activity"),
)

DELETE = "delete:" + rx.cond(ApplicationView.detail, ApplicationView.detail.id, "").to(str)


def application() -> rx.Component:
    """The application, a placeholder while it loads, or a note that it doesn't exist."""
    detail = ApplicationView.detail
    return shell(
        rx.cond(
            detail,
            whole(detail),
            rx.cond(ApplicationView.is_missing, missing(), bones()),
        ),
        reasons_popover(),
        here="Applications",
        commands=commands(),
        contact_for=rx.cond(detail, detail.id, ""),
    )


def commands() -> list[rx.Component]:
    """The commands of this page in the palette."""
    detail = ApplicationView.detail
    subject = rx.cond(detail, f"{detail.role} at {detail.company}", "")
    stages = [stage for stage in Stage if stage is not Stage.CLOSED]
    return [
        command("Log a follow-up", "reply", key="f", dialog="following-up"),
        command(
            "Schedule an interview for this application",
            "calendar-plus",
            on_click=ScheduleInterview.begin(rx.cond(detail, detail.id, ""), subject),
        ),
        command("Link a contact", "link", on_click=LinkContact.begin),
        *[
            command(
                f"Move to {stage.label}",
                "arrow-right",
                key=str(n),
                on_click=ApplicationView.move(stage.value),
            )
            for n, stage in enumerate(stages, start=1)
        ],
        *[
            command(
                f"Close as {outcome.label.lower()}",
                "archive",
                on_click=ApplicationView.move(f"closed:{outcome.value}"),
            )
            for outcome in Outcome
        ],
        command(
            "Delete application",
            "trash-2",
            on_click=ApplicationView.delete(submission_key(DELETE)),
            once=DELETE,
        ),
    ]


def whole(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """Heading, tabs, the current tab, and the sidebar of fields."""
    return rx.fragment(
        headline(detail),
        ScrollingNav.create(
            *[tab(detail, name, label) for name, label in TABS],
            id="parts",
            chosen=ApplicationView.tab,
            class_name="tabs",
            aria_label="Application sections",
        ),
        rx.el.div(
            rx.el.div(
                rx.match(
                    ApplicationView.tab,
                    ("interviews", interviews_tab(detail)),
                    ("contacts", contacts_tab(detail)),
                    ("posting", posting(detail)),
                    ("letter", letter_tab()),
                    ("notes", notes(detail)),
                    ("activity", activity(detail)),
                    overview(detail),
                ),
                class_name="stack",
            ),
            application_sidebar(detail),
            class_name="page two",
        ),
        link_dialog(
            "linking",
            "Link a contact",
            "Find a contact",
            LinkContact,
            contact_result,
            "No matching contacts.",
        ),
        follow_up_dialog(),
    )


def headline(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """Company, role, stage and actions."""
    return rx.el.header(
        company_mark(detail, "large"),
        rx.el.div(
            rx.el.h1(detail.role, tab_index=-1),
            rx.el.p(
                detail.company,
                rx.cond(detail.next_step != "", f" · {detail.next_step}", ""),
                class_name="quiet",
            ),
            class_name="titles",
        ),
        rx.el.div(
            stage_select(detail, ApplicationView.move),
            rx.el.span(f"since {detail.since}", class_name="small quiet nowrap"),
            rx.cond(detail.outcome == "", score(detail), rx.fragment()),
            class_name="row",
        ),
        rx.el.div(
            rx.el.button(
                rx.icon("reply", size=15),
                "Log follow-up",
                custom_attrs={**opens("following-up"), "data-key": "f"},
            ),
            rx.el.button(
                rx.icon("trash-2", size=15),
                class_name="icon-button plain-button",
                aria_label="Delete application",
                on_click=ApplicationView.delete(submission_key(DELETE)),
                custom_attrs={**busy(), **idempotent(DELETE)},
            ),
            class_name="row",
        ),
        class_name="headline",
        custom_attrs={"data-item": "page"},
    )


def tab(detail: rx.Var[ApplicationDetail], name: str, label: str) -> rx.Component:
    """A tab as a link, so that it has an address."""
    return rx.el.a(
        label,
        href=f"/applications/{detail.id}?tab={name}",
        custom_attrs={"aria-current": rx.cond(ApplicationView.tab == name, "page", "false")},
    )


def missing() -> rx.Component:
    """A note that the application doesn't exist, or is another user's."""
    return rx.el.div(
        rx.el.h1("This application doesn't exist, or isn't yours", tab_index=-1),
        rx.el.p("It may have been deleted. Deletions can be undone for a while.", class_name="quiet"),
        rx.el.a("All applications", href="/applications", class_name="button"),
        class_name="page empty",
    )


def bones() -> rx.Component:
    """A placeholder while the page loads."""
    return rx.el.div(
        *[rx.el.span(class_name="bone", width=width) for width in ("40%", "24%", "80%", "72%", "64%")],
        class_name="page stack",
        aria_hidden="true",
    )
