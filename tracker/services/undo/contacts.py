"""Putting back what was done to a contact, and between contacts and applications."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope
from tracker.models import Application, ApplicationContact, Contact, applications, links
from tracker.services.priority.stored_scores import rescore
from tracker.services.undo.rows import Back, restore, set_back, still_there
from tracker.shapes.words import EventKind


def _contact_back(scope: Scope, row: None, facts: dict[str, Any]) -> None:
    set_back(scope, still_there(scope, Contact, facts["id"]), facts["changed"])


def _contact_restored(scope: Scope, row: Application | None, facts: dict[str, Any]) -> None:
    restore(scope, Contact, facts["row"])
    wanted = {UUID(application) for application in facts["applications"]}
    there = scope.session.scalars(
        select(applications.id).where(applications.user_id == scope.user_id, applications.id.in_(wanted))
    )
    for application_id in there:
        scope.owe(rescore, [application_id])
        _link(scope, application_id, UUID(facts["row"]["id"]))


def _contact_linked_again(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    _link(scope, row.id, still_there(scope, Contact, facts["contact"]).id)


def _contact_unlinked_again(scope: Scope, row: Application, facts: dict[str, Any]) -> None:
    scope.session.execute(
        delete(ApplicationContact).where(
            links.user_id == scope.user_id,
            links.application_id == row.id,
            links.contact_id == UUID(facts["contact"]),
        )
    )


def _link(scope: Scope, application_id: UUID, contact_id: UUID) -> None:
    made = insert(ApplicationContact).values(
        user_id=scope.user_id, application_id=application_id, contact_id=contact_id
    )
    scope.session.execute(made.on_conflict_do_nothing())


BACK: dict[EventKind, Back] = {
    EventKind.CONTACT_EDITED: _contact_back,
    EventKind.CONTACT_DELETED: _contact_restored,
    EventKind.CONTACT_LINKED: _contact_unlinked_again,
    EventKind.CONTACT_UNLINKED: _contact_linked_again,
}
