"""Undoing an import, until something depends on it."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select

from tracker.db import Scope, as_uuid
from tracker.errors import Conflict
from tracker.models import Application, Contact, DataImport, Event, applications, contacts, events
from tracker.services.figures import snapshots
from tracker.services.imports.data_imports import data_import
from tracker.services.plurals import counted
from tracker.services.undo import undo as undo_batch
from tracker.shapes.enumerations import EventKind
from tracker.shapes.imports import DataImportState


def undo(scope: Scope, import_id: UUID | str) -> str:
    """Remove what an import added and restore what it filled, and return a sentence for the notice.

    Raises Conflict, and undoes nothing, when something that it added or changed has changed since.
    """
    row = data_import(scope, import_id, lock=True)
    if row.state != DataImportState.APPLIED or row.batch is None:
        raise Conflict("This import isn't applied, so there is nothing to undo.")
    added = _added(scope, row.batch, EventKind.APPLICATION_ADDED)
    contact_ids = _added(scope, row.batch, EventKind.CONTACT_ADDED)
    _require_unchanged(scope, row, row.batch, contact_ids)
    first_day = _first_day(scope, row.batch)
    own_applications, own_contacts = applications.user_id == scope.user_id, contacts.user_id == scope.user_id
    scope.session.execute(delete(Application).where(own_applications, applications.id.in_(added)))
    scope.session.execute(delete(Contact).where(own_contacts, contacts.id.in_(contact_ids)))
    is_addition = events.kind == EventKind.CONTACT_ADDED.value
    scope.session.execute(delete(Event).where(*_of_batch(scope, row.batch), is_addition))
    if scope.session.scalar(select(events.id).where(*_of_batch(scope, row.batch)).limit(1)):
        undo_batch(scope, str(row.batch))
    snapshots.invalidate(scope, first_day)
    row.state = DataImportState.UNDONE.value
    return f"Import of {row.name} undone"


def _first_day(scope: Scope, batch: UUID) -> date | None:
    """Return the first day on which something that a batch added counts; None for no application."""
    its_application = (applications.user_id == events.user_id) & (applications.id == events.application_id)
    query = (
        select(func.min(events.at), func.min(applications.applied_on))
        .select_from(Event)
        .join(Application, its_application)
    )
    at, applied_on = scope.session.execute(query.where(*_of_batch(scope, batch))).one()
    return min(filter(None, (at and at.astimezone(scope.who.zone).date(), applied_on)), default=None)


def _added(scope: Scope, batch: UUID, kind: EventKind) -> list[UUID]:
    """Return the ids of the applications or contacts that a batch added."""
    subject = (
        events.application_id if kind is EventKind.APPLICATION_ADDED else events.particulars["id"].astext
    )
    query = select(subject).where(*_of_batch(scope, batch), events.kind == kind.value)
    return [as_uuid(row_id) for row_id in scope.session.scalars(query)]


def _of_batch(scope: Scope, batch: UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return events.user_id == scope.user_id, events.batch == batch


def _require_unchanged(scope: Scope, row: DataImport, batch: UUID, contact_ids: list[UUID]) -> None:
    """Raise Conflict when the user has acted on something that the import added or changed."""
    last = select(events.id).where(*_of_batch(scope, batch)).order_by(events.id.desc()).limit(1)
    changed_applications = select(func.count(events.application_id.distinct())).where(
        events.user_id == scope.user_id,
        events.application_id.in_(select(events.application_id).where(*_of_batch(scope, batch))),
        events.batch != batch,
        events.undone_at.is_(None),
        events.id > last.scalar_subquery(),
    )
    changed_contacts = select(func.count()).where(
        contacts.user_id == scope.user_id, contacts.id.in_(contact_ids), contacts.touched_at > row.applied_at
    )
    numbers = {
        "application": scope.session.scalar(changed_applications) or 0,
        "contact": scope.session.scalar(changed_contacts) or 0,
    }
    changed = " and ".join(counted(number, noun) for noun, number in numbers.items() if number)
    if changed:
        raise Conflict(f"You have changed {changed} of this import since, so it can't be undone.")
