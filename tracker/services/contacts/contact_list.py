"""Contacts in the list, on their own page and on an application's page."""

import base64
import json
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_

from tracker.db import Row, Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, ApplicationContact, Contact, applications, contacts, links
from tracker.services.applications.cards import mark, status_label, tint
from tracker.services.contacts.contact_fields import FIELD_LABELS
from tracker.services.markdown import as_html
from tracker.services.plurals import counted
from tracker.services.search_words import text_conditions
from tracker.shapes.applications import Fact
from tracker.shapes.contacts import ContactDetail, ContactItem, ContactPage, LinkedApplication
from tracker.storable_text import clean

PAGE_SIZE = 50
MAX_ROWS = 200


def list_query(scope: Scope) -> Select[Any]:
    """Return the query for the rows that `list_item` takes, of all the user's contacts."""
    c = contacts
    linked = (
        select(func.count())
        .select_from(ApplicationContact)
        .join(
            Application,
            (applications.user_id == links.user_id) & (applications.id == links.application_id),
        )
        .where(links.user_id == c.user_id, links.contact_id == c.id, applications.deleted_at.is_(None))
        .correlate(Contact)
        .scalar_subquery()
    )
    return select(
        c.id, c.name, c.role, c.company, c.email, c.phone, c.link, c.name_key, linked.label("applications")
    ).where(c.user_id == scope.user_id)


def list_item(row: Row) -> ContactItem:
    """Return the list item of a row."""
    number = row["applications"]
    return ContactItem(
        id=str(row["id"]),
        name=row["name"],
        mark=mark(row["name"]),
        tint=tint(row["name"]),
        about=" at ".join(part for part in (row["role"], row["company"]) if part),
        role=row["role"],
        company=row["company"],
        email=row["email"],
        phone=row["phone"],
        link=row["link"],
        applications=number,
        applications_label=counted(number, "application") if number else "",
    )


def search_conditions(search: str, **how: bool) -> list[ColumnElement[bool]]:
    """Return conditions that each word is part of the name, role, company or email, ignoring accents.

    `how` is passed on to `text_conditions`.
    """
    c = contacts
    return text_conditions(func.fold(c.name + " " + c.role + " " + c.company + " " + c.email), search, **how)


def page(scope: Scope, search: str = "", after: str = "", size: int = PAGE_SIZE) -> ContactPage:
    """Return a page of at most `size` contacts by name; `after` is the cursor of the previous page.

    Two letters of a word may be swapped where nothing matches otherwise.
    """
    query = list_query(scope).order_by(contacts.name_key, contacts.id).limit(size + 1)
    if after:
        query = query.where(tuple_(contacts.name_key, contacts.id) > tuple_(*_cursor(after)))
    rows = scope.rows(query.where(*search_conditions(search)))
    if not rows and search.strip():
        rows = scope.rows(query.where(*search_conditions(search, with_swaps=True)))
    return ContactPage(
        contacts=[list_item(row) for row in rows[:size]],
        after=_after(rows[size - 1]) if len(rows) > size else "",
    )


def _after(row: Row) -> str:
    return base64.urlsafe_b64encode(json.dumps([row["name_key"], str(row["id"])]).encode()).decode()


def _cursor(after: str) -> tuple[Any, Any]:
    try:
        name, row_id = json.loads(base64.urlsafe_b64decode(after))
        return literal(clean(name)), literal(as_uuid(row_id), contacts.id.type)
    except (ValueError, TypeError, AttributeError):
        raise NotFound("page") from None


def of_application(scope: Scope, application_id: str) -> list[ContactItem]:
    """Return the contacts of an application by name. Raises NotFound when there is no such application."""
    row_id = as_uuid(application_id, Application)
    query = list_query(scope).join(
        ApplicationContact, (links.user_id == contacts.user_id) & (links.contact_id == contacts.id)
    )
    query = query.where(links.application_id == row_id).order_by(contacts.name_key, contacts.id)
    rows = scope.rows(query.limit(MAX_ROWS))
    if not rows and scope.get(Application, row_id).deleted_at is not None:
        raise NotFound("application")
    return [list_item(row) for row in rows]


def detail(scope: Scope, contact_id: str) -> ContactDetail:
    """Return the contents of a contact's page."""
    row = scope.get(Contact, contact_id)
    return ContactDetail(
        line=list_item(scope.rows(list_query(scope).where(contacts.id == row.id))[0]),
        facts=[_fact(row, name) for name in FIELD_LABELS if name != "notes"],
        notes=row.notes,
        notes_html=as_html(row.notes),
        applications=_linked(scope, row),
    )


def _fact(row: Contact, field: str) -> Fact:
    value = getattr(row, field)
    schemes = {"email": "mailto:", "phone": "tel:", "link": ""}
    address = f"{schemes[field]}{value}" if value and field in schemes else ""
    return Fact(name=field, label=FIELD_LABELS[field], shown=value, raw=value, link=address)


def _linked(scope: Scope, row: Contact) -> list[LinkedApplication]:
    a = applications
    query = (
        select(a.id, a.company, a.role, a.stage, a.outcome)
        .select_from(Application)
        .join(ApplicationContact, (links.user_id == a.user_id) & (links.application_id == a.id))
        .where(a.user_id == scope.user_id, links.contact_id == row.id, a.deleted_at.is_(None))
    )
    return [
        LinkedApplication(
            id=str(application["id"]),
            company=application["company"],
            role=application["role"],
            subject=f"{application['role']} at {application['company']}",
            mark=mark(application["company"]),
            tint=tint(application["company"]),
            stage=application["stage"],
            outcome=application["outcome"] or "",
            standing=status_label(application["stage"], application["outcome"]),
        )
        for application in scope.rows(query.order_by(a.touched_at.desc(), a.id.desc()).limit(MAX_ROWS))
    ]


def same_email(scope: Scope, email: str, except_id: str = "") -> list[ContactItem]:
    """Return at most 3 contacts with this email address, to warn of duplicates while one is typed."""
    typed = clean(email).strip().lower()
    if "@" not in typed:
        return []
    rows = scope.rows(list_query(scope).where(func.lower(contacts.email) == typed).limit(4))
    return [list_item(row) for row in rows if str(row["id"]) != except_id][:3]
