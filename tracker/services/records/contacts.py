"""Contacts as records."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by

from tracker.db import Row, Scope
from tracker.models import Application, ApplicationContact, Contact, applications, contacts, links
from tracker.services.contacts.contact_list import search_conditions
from tracker.services.records import keyset
from tracker.services.records.conversion import as_record
from tracker.shapes.records import ContactRecord, Page, field_names

_FIELDS = field_names(ContactRecord)


def read(scope: Scope, contact_id: UUID | str, *, lock: bool = False) -> ContactRecord:
    """Return a contact, with its row locked on request."""
    row = scope.get(Contact, contact_id, lock=lock)
    return _record(scope.rows(_query(scope).where(contacts.id == row.id))[0])


def page(scope: Scope, search: str, after: str, size: int) -> Page[ContactRecord]:
    """Return at most `size` contacts by name; `after` is the previous page's cursor."""
    query = _query(scope).where(*search_conditions(search))
    return keyset.page(scope, query, [contacts.name_key, contacts.id], after, size, _record)


def _query(scope: Scope) -> Any:
    c = contacts
    ids = func.array_agg(aggregate_order_by(links.application_id, links.application_id))
    linked = (
        select(func.coalesce(ids, text("'{}'")))
        .select_from(ApplicationContact)
        .join(
            Application, (applications.user_id == links.user_id) & (applications.id == links.application_id)
        )
        .where(links.user_id == c.user_id, links.contact_id == c.id, applications.deleted_at.is_(None))
        .correlate(Contact)
        .scalar_subquery()
    )
    columns = [c[name] for name in _FIELDS if name != "application_ids"]
    return select(*columns, c.name_key, linked.label("application_ids")).where(c.user_id == scope.user_id)


def _record(row: Row) -> ContactRecord:
    return as_record(ContactRecord, row)
