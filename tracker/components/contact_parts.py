"""Dialogs that add and link contacts, and the contacts of an application."""

from typing import Any

import reflex as rx

from tracker.components.card_parts import company_mark
from tracker.components.dialogs import form_footer, modal, opens
from tracker.components.drafts import draft_note, drafted
from tracker.components.form_fields import SEARCH_DEBOUNCE, long_field, text_field
from tracker.components.idempotency import idempotent, key_field, submission_key
from tracker.shapes.applications import ApplicationDetail
from tracker.shapes.contacts import ContactItem
from tracker.state.application_tabs import ApplicationContacts, LinkContact
from tracker.state.contacts import AddContact


def contact_dialog(application_id: Any = "") -> rx.Component:
    """The dialog that adds a contact, optionally to an application; duplicates are shown, not refused."""
    errors = AddContact.errors
    return modal(
        rx.el.form(
            key_field(),
            rx.el.input(type="hidden", name="application", value=application_id),
            rx.el.div(
                draft_note(),
                rx.el.div(
                    text_field("contact", "name", "Name", errors, "half", auto_complete="off", custom_attrs={"data-first": ""}),
                    text_field("contact", "role", "Role", errors, "half", auto_complete="off"),
                    text_field("contact", "company", "Company", errors, "half", auto_complete="off"),
                    text_field("contact", "email", "Email", errors, "half", auto_complete="off", input_mode="email",
                               on_blur=AddContact.check_email),
                    text_field("contact", "phone", "Phone", errors, "half", auto_complete="off", input_mode="tel"),
                    text_field("contact", "link", "Link", errors, "half", auto_complete="off", input_mode="url"),
                    long_field("contact", "notes", "Notes", errors, rows="3", placeholder="Markdown"),
                    class_name="fields",
                ),
                same_email_contacts(),
                class_name="inside",
            ),
            form_footer("Add contact"),
            on_submit=AddContact.save,
            custom_attrs={"noValidate": True} | drafted(f"contact:{application_id}"),
        ),
        id="contact",
        title="Add contact",
        done=AddContact.done,
    )  # fmt: skip


def same_email_contacts() -> rx.Component:
    """Contacts with the same email address."""
    return rx.el.div(
        rx.cond(
            AddContact.same.length() > 0,
            rx.el.div(
                rx.el.strong("A contact with this email address already exists: "),
                rx.foreach(
                    AddContact.same,
                    lambda contact: rx.el.span(
                        rx.el.a(contact.name, href=f"/contacts/{contact.id}"), " ", key=contact.id
                    ),
                ),
                class_name="warning",
            ),
        ),
        role="status",
    )


def link_dialog(id: str, title: str, label: str, state: Any, result: Any, none: str) -> rx.Component:
    """A search with buttons that link each result; `state` searches and links."""
    return modal(
        rx.el.div(
            rx.el.input(
                type="search",
                placeholder=label,
                aria_label=label,
                on_change=state.find.debounce(SEARCH_DEBOUNCE),
                auto_complete="off",
                custom_attrs={"data-first": ""},
            ),
            rx.el.div(
                rx.foreach(state.matches, result),
                rx.cond(state.matches.length() == 0, rx.el.p(none, class_name="quiet small")),
                class_name="results",
                role="status",
            ),
            class_name="inside palette",
            custom_attrs={"data-arrows": ""},
        ),
        id=id,
        title=title,
        done=state.done,
        open_signal=state.open_signal,
    )


def contact_result(line: rx.Var[ContactItem]) -> rx.Component:
    """A search result."""
    return rx.el.button(
        company_mark(line),
        line.name,
        rx.el.span(line.about, class_name="quiet clip"),
        type="button",
        on_click=LinkContact.link(line.id),
        class_name="result",
        key=line.id,
    )


def contacts_tab(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """The contacts of one application."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("Contacts"),
            rx.el.button("Link a contact", class_name="push", on_click=LinkContact.begin, aria_haspopup="dialog"),
            rx.el.button("Add contact", custom_attrs=opens("contact")),
        ),
        rx.cond(
            ApplicationContacts.of == detail.id,
            rx.cond(
                ApplicationContacts.lines.length() > 0,
                rx.el.ul(rx.foreach(ApplicationContacts.lines, linked_contact), class_name="plain lines"),
                rx.el.p("Nobody yet. Recruiters, interviewers, the friend who knows someone.", class_name="quiet"),
            ),
            rx.el.div(rx.el.span(class_name="bone", width="60%"), class_name="line", aria_hidden="true"),
        ),
        class_name="section",
        aria_label="Contacts",
    )  # fmt: skip


def linked_contact(line: rx.Var[ContactItem]) -> rx.Component:
    """A contact of the application."""
    unlinks = f"unlink:{line.id}"
    return rx.el.li(
        company_mark(line),
        rx.el.div(
            rx.el.a(line.name, href=f"/contacts/{line.id}", class_name="opens"),
            rx.el.div(line.about, class_name="small quiet clip"),
            class_name="what",
        ),
        rx.cond(
            line.email != "",
            rx.el.a(line.email, href=f"mailto:{line.email}", class_name="over small clip reach", reload_document=True),
        ),
        rx.el.button(
            rx.icon("x", size=14),
            class_name="over icon-button plain-button",
            aria_label=f"Remove {line.name} from this application",
            on_click=ApplicationContacts.unlink(line.id, submission_key(unlinks)),
            custom_attrs=idempotent(unlinks),
        ),
        class_name="line",
        key=line.id,
    )  # fmt: skip
