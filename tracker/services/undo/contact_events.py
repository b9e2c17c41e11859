"""Undo of events of a contact and of its links to applications."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope
from tracker.models import Application, ApplicationContact, Contact, applications, links
from tracker.services.priority.stored_scores import rescore
from tracker.services.undo.logged_rows import UndoHandler, existing_row, restore_row, restore_values
from tracker.shapes.enumerations import EventKind


def _undo_edit(scope: Scope, row: None, particulars: dict[str, Any]) -> None:
    restore_values(scope, existing_row(scope, Contact, particulars["id"]), particulars["changed"])


def _undo_deletion(scope: Scope, row: Application | None, particulars: dict[str, Any]) -> None:
    restore_row(scope, Contact, particulars["row"])
    linked_ids = {UUID(application) for application in particulars["applications"]}
    existing_ids = scope.session.scalars(
        select(applications.id).where(applications.user_id == scope.user_id, applications.id.in_(linked_ids))
    )
    for application_id in existing_ids:
        scope.defer(rescore, [application_id])
        _link(scope, application_id, UUID(particulars["row"]["id"]))


def _undo_unlink(scope: Scope, row: Application, particulars: dict[str, Any]) -> None:
    _link(scope, row.id, existing_row(scope, Contact, particulars["contact"]).id)


def _undo_link(scope: Scope, row: Application, particulars: dict[str, Any]) -> None:
    scope.session.execute(
        delete(ApplicationContact).where(
            links.user_id == scope.user_id,
            links.application_id == row.id,
            links.contact_id == UUID(particulars["contact"]),
        )
    )


def _link(scope: Scope, application_id: UUID, contact_id: UUID) -> None:
    insertion = insert(ApplicationContact).values(
        user_id=scope.user_id, application_id=application_id, contact_id=contact_id
    )
    scope.session.execute(insertion.on_conflict_do_nothing())


HANDLERS: dict[EventKind, UndoHandler] = {
    EventKind.CONTACT_EDITED: _undo_edit,
    EventKind.CONTACT_DELETED: _undo_deletion,
    EventKind.CONTACT_LINKED: _undo_link,
    EventKind.CONTACT_UNLINKED: _undo_unlink,
}
