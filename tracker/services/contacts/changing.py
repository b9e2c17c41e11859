"""Adding contacts, editing them in place, linking them to applications, and deleting them."""

from uuid import UUID

from sqlalchemy import delete as delete_rows
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope, as_uuid
from tracker.errors import Conflict, NotFound
from tracker.models import Application, ApplicationContact, Contact, links
from tracker.services import audit, timeline
from tracker.services.contacts.fields import FIELD_LABELS, PARSERS, parsed
from tracker.services.priority.stored_scores import rescore
from tracker.shapes.audit import Deletable
from tracker.shapes.words import EventKind


def add(scope: Scope, typed: dict[str, str], application_id: str = "") -> str:
    """Keep a new contact, linked to an application when one is given; the contact's id."""
    row = Contact(**parsed({"name": "", **typed}), touched_at=scope.now)
    scope.add(row)
    timeline.record(scope, EventKind.CONTACT_ADDED, None, id=str(row.id), name=row.name)
    if application_id:
        link(scope, str(row.id), application_id)
    return str(row.id)


def edit(scope: Scope, contact_id: str, field: str, raw: str, was: str) -> str:
    """Change one field from the text it was read with; Conflict when it was changed to another one meanwhile."""
    if field not in PARSERS:
        raise NotFound("field")
    row = scope.get(Contact, contact_id, lock=True)
    value, before = parsed({field: raw})[field], getattr(row, field)
    if value == before:
        return f"{FIELD_LABELS[field]} unchanged"
    if " ".join(before.split()) != " ".join(was.split()):
        raise Conflict(
            f"{FIELD_LABELS[field]} was changed elsewhere while you were writing.",
            field=field,
            mine=str(raw),
            theirs=before,
        )
    setattr(row, field, value)
    row.touched_at = scope.now
    scope.session.flush()
    changed = timeline.both({field: [before, value]})
    timeline.record(
        scope, EventKind.CONTACT_EDITED, None, id=str(row.id), name=row.name, field=field, **changed
    )
    return f"{FIELD_LABELS[field]} saved"


def link(scope: Scope, contact_id: str, application_id: str) -> str:
    """Say that a contact has to do with an application; saying it again changes nothing."""
    contact, application = _both(scope, contact_id, application_id)
    made = (
        insert(ApplicationContact)
        .values(user_id=scope.user_id, application_id=application.id, contact_id=contact.id)
        .on_conflict_do_nothing()
        .returning(links.contact_id)
    )
    if scope.session.execute(made).first():
        _record_link(scope, EventKind.CONTACT_LINKED, contact, application)
    return f"{contact.name} added to {application.role} at {application.company}"


def unlink(scope: Scope, contact_id: str, application_id: str) -> str:
    """Take a contact off an application; the contact itself stays. NotFound when it wasn't there."""
    contact, application = _both(scope, contact_id, application_id)
    gone = (
        delete_rows(ApplicationContact)
        .where(
            links.user_id == scope.user_id,
            links.application_id == application.id,
            links.contact_id == contact.id,
        )
        .returning(links.contact_id)
    )
    if scope.session.execute(gone).first() is None:
        raise NotFound("contact")
    _record_link(scope, EventKind.CONTACT_UNLINKED, contact, application)
    return f"{contact.name} removed from {application.role} at {application.company}"


def _both(scope: Scope, contact_id: str, application_id: str) -> tuple[Contact, Application]:
    contact = scope.get(Contact, contact_id, lock=True)
    application = scope.get(Application, application_id, lock=True)
    if application.deleted_at is not None:
        raise NotFound("application")
    return contact, application


def _record_link(scope: Scope, kind: EventKind, contact: Contact, application: Application) -> None:
    application.touched_at = contact.touched_at = scope.now
    scope.session.flush()
    timeline.record(scope, kind, application.id, contact=str(contact.id), name=contact.name)


def delete(scope: Scope, contact_id: str) -> str:
    """Delete a contact; the log keeps it with its links, so that it can be brought back."""
    row = scope.get(Contact, contact_id, lock=True)
    linked = select(links.application_id).where(
        links.user_id == scope.user_id, links.contact_id == as_uuid(contact_id, Contact)
    )
    kept = timeline.whole(row)
    held = [
        str(application_id) for application_id in scope.session.scalars(linked.order_by(links.application_id))
    ]
    scope.session.delete(row)
    scope.session.flush()
    scope.owe(rescore, [UUID(application_id) for application_id in held])
    timeline.record(scope, EventKind.CONTACT_DELETED, None, name=row.name, row=kept, applications=held)
    audit.deleted(scope, Deletable.CONTACT)
    return f"{row.name} deleted"
