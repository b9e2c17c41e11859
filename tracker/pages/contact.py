"""`/contacts/[contact_id]`: one contact."""

import reflex as rx

from tracker.components.card_parts import company_mark
from tracker.components.contact_parts import link_dialog
from tracker.components.editable_fields import editable_field
from tracker.components.editable_texts import text_section
from tracker.components.idempotency import idempotent, submission_key
from tracker.components.palette import command
from tracker.components.shell import shell
from tracker.shapes.applications import Card
from tracker.shapes.contacts import ContactDetail, LinkedApplication
from tracker.state.contact import ContactView, LinkApplication

DELETE = "delete:" + rx.cond(ContactView.detail, ContactView.detail.line.id, "").to(str)


def contact() -> rx.Component:
    """The contact, a placeholder while it loads, or a note that it doesn't exist."""
    detail = ContactView.detail
    return shell(
        rx.cond(detail, whole(detail), rx.cond(ContactView.is_missing, missing(), bones())),
        here="Contacts",
        commands=[
            command("Link an application", "link", on_click=LinkApplication.begin),
            command(
                "Delete contact", "trash-2", on_click=ContactView.delete(submission_key(DELETE)), once=DELETE
            ),
        ],
    )


def whole(detail: rx.Var[ContactDetail]) -> rx.Component:
    """Heading, applications and notes, and the sidebar of fields."""
    return rx.fragment(
        headline(detail),
        rx.el.div(
            rx.el.div(
                linked(detail),
                text_section(
                    ContactView,
                    "notes",
                    "Notes",
                    detail.notes,
                    rx.html(detail.notes_html, class_name="prose"),
                    "Write a note",
                    f"notes:{detail.line.id}",
                ),
                class_name="sections",
            ),
            rx.el.aside(
                rx.el.h2("Details", class_name="hidden"),
                rx.foreach(detail.facts, lambda item: editable_field(ContactView, item, detail.line.id)),
                class_name="rail",
                aria_label="Details",
            ),
            class_name="page two person",
        ),
        link_dialog(
            "linking",
            "Link an application",
            "Find an application",
            LinkApplication,
            application_found,
            "No matching applications.",
        ),
    )


def headline(detail: rx.Var[ContactDetail]) -> rx.Component:
    """Name, company and how to reach them."""
    line = detail.line
    return rx.el.header(
        company_mark(line, "large"),
        rx.el.div(
            rx.el.h1(line.name, tab_index=-1),
            rx.cond(line.about != "", rx.el.p(line.about, class_name="quiet")),
            class_name="titles",
        ),
        rx.el.div(
            rx.cond(
                line.email != "",
                rx.el.a(
                    rx.icon("mail", size=15), "Email", href=f"mailto:{line.email}", class_name="button",
                    reload_document=True, aria_label=f"Email {line.name}",
                ),
            ),
            rx.el.button(
                rx.icon("trash-2", size=15), class_name="icon-button plain-button", aria_label="Delete contact",
                on_click=ContactView.delete(submission_key(DELETE)), custom_attrs=idempotent(DELETE),
            ),
            class_name="row",
        ),
        class_name="headline",
        custom_attrs={"data-item": "page"},
    )  # fmt: skip


def linked(detail: rx.Var[ContactDetail]) -> rx.Component:
    """The contact's applications."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("Applications"),
            rx.el.button(
                "Link an application",
                class_name="push",
                on_click=LinkApplication.begin,
                aria_haspopup="dialog",
            ),
        ),
        rx.cond(
            detail.applications.length() > 0,
            rx.el.ul(rx.foreach(detail.applications, application), class_name="plain lines"),
            rx.el.p("Not linked to an application yet.", class_name="quiet"),
        ),
        class_name="section",
        aria_label="Applications",
    )


def application(line: rx.Var[LinkedApplication]) -> rx.Component:
    """One linked application."""
    unlinks = f"unlink:{line.id}"
    return rx.el.li(
        company_mark(line),
        rx.el.a(line.role, href=f"/applications/{line.id}", class_name="opens clip"),
        rx.el.span(line.company, class_name="quiet clip"),
        rx.el.span(
            line.standing,
            class_name="chip push",
            custom_attrs={"data-stage": line.stage, "data-outcome": line.outcome},
        ),
        rx.el.button(
            rx.icon("x", size=14),
            class_name="over icon-button plain-button",
            aria_label=f"Remove {line.subject} from this contact",
            on_click=ContactView.unlink(line.id, submission_key(unlinks)),
            custom_attrs=idempotent(unlinks),
        ),
        class_name="line",
        key=line.id,
    )


def application_found(card: rx.Var[Card]) -> rx.Component:
    """An application that can be linked."""
    return rx.el.button(
        company_mark(card),
        card.role,
        rx.el.span(card.company, class_name="quiet clip"),
        type="button",
        on_click=LinkApplication.link(card.id),
        class_name="result",
        key=card.id,
    )


def missing() -> rx.Component:
    """A note that the contact doesn't exist, or is another user's."""
    return rx.el.div(
        rx.el.h1("This contact doesn't exist, or isn't yours", tab_index=-1),
        rx.el.p("They may have been deleted.", class_name="quiet"),
        rx.el.a("All contacts", href="/contacts", class_name="button"),
        class_name="page empty",
    )


def bones() -> rx.Component:
    """A placeholder while the page loads."""
    return rx.el.div(
        *[rx.el.span(class_name="bone", width=width) for width in ("40%", "24%", "80%", "72%")],
        class_name="page stack",
        aria_hidden="true",
    )
