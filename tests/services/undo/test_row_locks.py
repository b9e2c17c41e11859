"""Rows that are being changed: locked, so that nobody else changes them meanwhile."""

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from tests.support.people import Person
from tracker.models import Contact
from tracker.services.applications.stage_moves import locked_applications
from tracker.services.contacts.contact_changes import add as add_contact
from tracker.services.interviews.scheduling import locked_interview, schedule
from tracker.services.undo.logged_rows import existing_row


@pytest.mark.parametrize("table", ["application", "interview", "contact"])
def test_a_row_that_is_being_changed_is_locked(alice: Person, table: str) -> None:
    application = alice.add_application()
    ids: dict[str, Any] = {
        "application": application,
        "interview": alice.call(schedule, application, {"starts_at": "2026-11-05T09:00"}),
        "contact": alice.call(add_contact, {"name": "Ann"}),
    }
    lock = f"SELECT 1 FROM {table} WHERE id = :id FOR UPDATE NOWAIT"
    with alice.scope() as scope:
        if table == "application":
            locked_applications(scope, [application])
        elif table == "interview":
            locked_interview(scope, ids[table])
        else:
            existing_row(scope, Contact, ids[table])
        with pytest.raises(OperationalError, match="could not obtain lock"):
            alice.rows(lock, id=ids[table])
    assert alice.rows(lock, id=ids[table])
