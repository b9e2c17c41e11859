"""Create, edit, link and delete contacts."""

from uuid import UUID

from sqlalchemy import delete as delete_rows
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope, as_uuid
from tracker.errors import Conflict, NotFound
from tracker.models import Application, ApplicationContact, Contact, links
from tracker.services import audit, timeline
from tracker.services.contacts.contact_fields import FIELD_LABELS, PARSERS, parsed
from tracker.services.priority.stored_scores import rescore
from tracker.shapes.audit import Deletable
from tracker.shapes.enumerations import EventKind


def add(scope: Scope, typed: dict[str, str], application_id: str = "") -> str:
    """Create a contact, linked to the application if one is given, and return its id."""
    row = Contact(**parsed({"name": "", **typed}), touched_at=scope.now)
    scope.add(row)
    timeline.record(scope, EventKind.CONTACT_ADDED, None, id=str(row.id), name=row.name)
    if application_id:
        link(scope, str(row.id), application_id)
    return str(row.id)


def edit(scope: Scope, contact_id: str, field: str, raw: str, base: str) -> str:
    """Change one field, and return a sentence for the notice.

    `base` is the text that the edit started from. Raises Conflict when the field holds another text by now.
    """
    if field not in PARSERS:
        raise NotFound("field")
    row = scope.get(Contact, contact_id, lock=True)
    value, before = parsed({field: raw})[field], getattr(row, field)
    if value == before:
        return f"{FIELD_LABELS[field]} unchanged"
    if " ".join(before.split()) != " ".join(base.split()):
        raise Conflict(
            f"{FIELD_LABELS[field]} was changed elsewhere while you were writing.",
            field=field,
            mine=str(raw),
            theirs=before,
        )
    setattr(row, field, value)
    row.touched_at = scope.now
    scope.session.flush()
    changed = timeline.logged_change({field: [before, value]})
    timeline.record(
        scope, EventKind.CONTACT_EDITED, None, id=str(row.id), name=row.name, field=field, **changed
    )
    return f"{FIELD_LABELS[field]} saved"


def edit_fields(scope: Scope, contact_id: str, typed: dict[str, str]) -> None:
    """Change several fields at once, without edit conflicts.

    Raises Invalid, which names every field that isn't valid.
    """
    parsed(typed)
    row = scope.get(Contact, contact_id, lock=True)
    for field, raw in typed.items():
        edit(scope, contact_id, field, raw, getattr(row, field))


def link(scope: Scope, contact_id: str, application_id: str) -> str:
    """Link a contact to an application. Linking it again has no effect."""
    contact, application = _locked_pair(scope, contact_id, application_id)
    insertion = (
        insert(ApplicationContact)
        .values(user_id=scope.user_id, application_id=application.id, contact_id=contact.id)
        .on_conflict_do_nothing()
        .returning(links.contact_id)
    )
    if scope.session.execute(insertion).first():
        _record_link(scope, EventKind.CONTACT_LINKED, contact, application)
    return f"{contact.name} added to {application.role} at {application.company}"


def unlink(scope: Scope, contact_id: str, application_id: str) -> str:
    """Remove a contact from an application; the contact stays. Raises NotFound when they aren't linked."""
    contact, application = _locked_pair(scope, contact_id, application_id)
    deletion = (
        delete_rows(ApplicationContact)
        .where(
            links.user_id == scope.user_id,
            links.application_id == application.id,
            links.contact_id == contact.id,
        )
        .returning(links.contact_id)
    )
    if scope.session.execute(deletion).first() is None:
        raise NotFound("contact")
    _record_link(scope, EventKind.CONTACT_UNLINKED, contact, application)
    return f"{contact.name} removed from {application.role} at {application.company}"


def _locked_pair(scope: Scope, contact_id: str, application_id: str) -> tuple[Contact, Application]:
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
    """Delete a contact. Its event stores the row and its links for undo."""
    row = scope.get(Contact, contact_id, lock=True)
    query = select(links.application_id).where(
        links.user_id == scope.user_id, links.contact_id == as_uuid(contact_id, Contact)
    )
    columns = timeline.logged_row(row)
    linked_ids = [
        str(application_id) for application_id in scope.session.scalars(query.order_by(links.application_id))
    ]
    scope.session.delete(row)
    scope.session.flush()
    scope.defer(rescore, [UUID(application_id) for application_id in linked_ids])
    timeline.record(
        scope, EventKind.CONTACT_DELETED, None, name=row.name, row=columns, applications=linked_ids
    )
    audit.note_deletion(scope, Deletable.CONTACT)
    return f"{row.name} deleted"
