"""Contacts in lists, on their own page, and beside an application."""

import base64
import json
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_

from tracker.db import Row, Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, ApplicationContact, Contact, applications, contacts, links
from tracker.services.applications.cards import mark, standing, tint
from tracker.services.contacts.fields import FIELD_LABELS
from tracker.services.text import as_html
from tracker.shapes.applications import Fact
from tracker.shapes.contacts import ContactDetail, ContactLine, ContactPage, LinkedApplication
from tracker.storable_text import clean

PAGE = 50
MOST = 200


def lines(scope: Scope) -> Select[Any]:
    """Every contact of the person, as what a line is made of."""
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


def line(row: Row) -> ContactLine:
    """One row in words."""
    number = row["applications"]
    return ContactLine(
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
        applications_label=f"{number} application{'' if number == 1 else 's'}" if number else "",
    )


def matching(words: str) -> list[ColumnElement[bool]]:
    """Conditions that every word is somewhere in a contact's name, role, company or address, accents aside."""
    c = contacts
    text = func.fold(c.name + " " + c.role + " " + c.company + " " + c.email)
    return [func.strpos(text, func.fold(word)) > 0 for word in clean(words)[:200].split()]


def page(scope: Scope, words: str = "", after: str = "", size: int = PAGE) -> ContactPage:
    """One page of at most `size` contacts by name; `after` is what the page before it gave."""
    query = lines(scope).where(*matching(words))
    if after:
        query = query.where(tuple_(contacts.name_key, contacts.id) > tuple_(*_cursor(after)))
    rows = scope.rows(query.order_by(contacts.name_key, contacts.id).limit(size + 1))
    return ContactPage(
        contacts=[line(row) for row in rows[:size]],
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


def of_application(scope: Scope, application_id: str) -> list[ContactLine]:
    """The contacts of an application by name; NotFound when there is no such application."""
    row_id = as_uuid(application_id, Application)
    query = lines(scope).join(
        ApplicationContact, (links.user_id == contacts.user_id) & (links.contact_id == contacts.id)
    )
    query = query.where(links.application_id == row_id).order_by(contacts.name_key, contacts.id)
    rows = scope.rows(query.limit(MOST))
    if not rows and scope.get(Application, row_id).deleted_at is not None:
        raise NotFound("application")
    return [line(row) for row in rows]


def detail(scope: Scope, contact_id: str) -> ContactDetail:
    """Everything a contact's page shows."""
    row = scope.get(Contact, contact_id)
    return ContactDetail(
        line=line(scope.rows(lines(scope).where(contacts.id == row.id))[0]),
        facts=[_fact(row, name) for name in FIELD_LABELS if name != "notes"],
        notes=row.notes,
        notes_html=as_html(row.notes),
        applications=_linked(scope, row),
    )


def _fact(row: Contact, name: str) -> Fact:
    value = getattr(row, name)
    schemes = {"email": "mailto:", "phone": "tel:", "link": ""}
    opens = f"{schemes[name]}{value}" if value and name in schemes else ""
    return Fact(name=name, label=FIELD_LABELS[name], shown=value, raw=value, link=opens)


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
            id=str(found["id"]),
            company=found["company"],
            role=found["role"],
            subject=f"{found['role']} at {found['company']}",
            mark=mark(found["company"]),
            tint=tint(found["company"]),
            stage=found["stage"],
            outcome=found["outcome"] or "",
            standing=standing(found["stage"], found["outcome"]),
        )
        for found in scope.rows(query.order_by(a.touched_at.desc(), a.id.desc()).limit(MOST))
    ]


def same_email(scope: Scope, email: str, except_id: str = "") -> list[ContactLine]:
    """Contacts with the same address already, at most 3: a warning while one is typed, never a refusal."""
    typed = clean(email).strip().lower()
    if "@" not in typed:
        return []
    rows = scope.rows(lines(scope).where(func.lower(contacts.email) == typed).limit(4))
    return [line(row) for row in rows if str(row["id"]) != except_id][:3]
