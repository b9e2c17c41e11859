"""`/contacts`: the list of contacts."""

import reflex as rx

from tracker.components.card_parts import company_mark
from tracker.components.dialogs import opens
from tracker.components.export_menu import export_menu
from tracker.components.navigation import Address
from tracker.components.search_field import search_field
from tracker.components.shell import shell, topbar
from tracker.shapes.contacts import ContactItem
from tracker.state.contacts import Contacts


def contacts() -> rx.Component:
    """The page in its frame."""
    return shell(
        search_bar(),
        rx.cond(
            Contacts.loaded == "",
            bones(),
            rx.cond(Contacts.contacts.length() > 0, rx.fragment(people(), pager()), nothing()),
        ),
        Address.create(shown=Contacts.address),
        here="Contacts",
        topbar=topbar("Contacts", export_menu("contacts", Contacts.address), add_button("primary")),
    )


def add_button(look: str) -> rx.Component:
    """A button that opens the dialog for a contact."""
    return rx.el.button(
        rx.icon("plus", size=16),
        "Add contact",
        class_name=look,
        custom_attrs={**opens("contact"), "data-key": "n"},
    )


def search_bar() -> rx.Component:
    """Search as you type; the search text is in the address."""
    return rx.el.div(
        search_field("Search contacts", Contacts, Contacts.words),
        class_name="filters",
        role="search",
        aria_label="Contacts",
    )


def people() -> rx.Component:
    """Name, role and company, applications, address."""
    return rx.el.table(
        rx.el.caption("Contacts", class_name="hidden"),
        rx.el.thead(
            rx.el.tr(
                rx.el.th("Name", scope="col", width="28%"),
                rx.el.th("About", scope="col"),
                rx.el.th("Applications", scope="col", class_name="cell-number"),
                rx.el.th("Email", scope="col", width="28%"),
            )
        ),
        rx.el.tbody(rx.foreach(Contacts.contacts, person)),
        class_name="table people",
    )


def person(line: rx.Var[ContactItem]) -> rx.Component:
    """One contact; the whole row opens their page."""
    return rx.el.tr(
        rx.el.td(
            rx.el.span(
                company_mark(line),
                rx.el.a(line.name, href=f"/contacts/{line.id}", class_name="opens clip"),
                class_name="row",
            ),
            class_name="cell-name",
        ),
        rx.el.td(line.about, class_name="cell-about"),
        rx.el.td(line.applications_label, class_name="cell-number figures quiet"),
        rx.el.td(
            rx.cond(
                line.email != "",
                rx.el.a(line.email, href=f"mailto:{line.email}", class_name="over", reload_document=True),
                rx.fragment(),
            ),
            class_name="cell-email",
        ),
        key=line.id,
    )


def pager() -> rx.Component:
    """Previous and next page, if there is more than one."""
    return rx.cond(
        Contacts.has_more | (Contacts.page > 1),
        rx.el.nav(
            rx.el.button(
                "Previous",
                on_click=Contacts.turn_page(False),
                disabled=Contacts.page == 1,
                custom_attrs={"data-key": "["},
            ),
            rx.el.button(
                "Next",
                on_click=Contacts.turn_page(True),
                disabled=~Contacts.has_more,
                custom_attrs={"data-key": "]"},
            ),
            rx.el.span(f"Page {Contacts.page}", class_name="quiet small"),
            class_name="pager",
            aria_label="Pages",
        ),
    )


def nothing() -> rx.Component:
    """An empty list: no contacts yet, or none that match."""
    return rx.el.div(
        rx.cond(
            Contacts.words == "",
            rx.el.div(
                rx.el.h2("The people in your search"),
                rx.el.p(
                    "Recruiters, interviewers, referrals: add people you meet, and link them to applications.",
                    class_name="quiet",
                ),
                rx.el.button("Add contact", custom_attrs=opens("contact")),
                class_name="empty",
            ),
            rx.el.div(
                rx.el.h2("No results"),
                rx.el.p("No name, role, company or address matches.", class_name="quiet"),
                class_name="empty",
            ),
        ),
        class_name="page",
        role="status",
    )  # fmt: skip


def bones() -> rx.Component:
    """A placeholder while the list loads."""
    return rx.el.div(
        *[
            rx.el.div(rx.el.span(class_name="bone", width=f"{30 + (n * 17) % 40}%"), class_name="line", key=str(n))
            for n in range(10)
        ],
        class_name="lines page wide",
        aria_hidden="true",
    )  # fmt: skip
