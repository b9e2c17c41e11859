"""Deleting, restoring, and deleting for good."""

from datetime import timedelta

import pytest
import time_machine

from tests.support.clock import NOW
from tests.support.people import Person
from tracker.errors import NotFound
from tracker.services.applications.application_page import detail
from tracker.services.applications.deletion import RETENTION, purge, remove
from tracker.services.applications.field_edits import edit
from tracker.services.applications.stage_moves import move
from tracker.services.sessions import find, open_session


def test_a_deleted_application_is_gone_from_every_verb(alice: Person) -> None:
    row_id = alice.add_application()
    assert alice.call(remove, [row_id]) == "Engineer at Linear deleted"
    for verb, args in (
        (detail, (row_id,)),
        (move, ([row_id], "applied")),
        (edit, (row_id, "location", "Paris", "")),
        (remove, ([row_id],)),
    ):
        with pytest.raises(NotFound):
            alice.call(verb, *args)
    assert alice.log() == ["application.added", "application.deleted"]


def test_deleting_many_is_one_batch_and_undone_at_once(alice: Person) -> None:
    ids = [alice.add_application(), alice.add_application()]
    assert alice.call(remove, ids) == "2 applications deleted"
    alice.undo()
    assert [alice.call(detail, row_id).company for row_id in ids] == ["Linear", "Linear"]


def test_another_user_cannot_delete(alice: Person, bob: Person) -> None:
    his = bob.add_application()
    with pytest.raises(NotFound):
        alice.call(remove, [his])
    assert bob.call(detail, his)


def test_a_deleted_application_is_purged_with_its_rows_after_thirty_days(alice: Person) -> None:
    gone, remaining = alice.add_application("Gone"), alice.add_application("Kept")
    alice.call(remove, [gone])
    alice.call(remove, [remaining])
    with alice.scope() as scope:
        from sqlalchemy import text

        moved = "UPDATE application SET deleted_at = :at WHERE id = :id"
        scope.session.execute(text(moved), {"id": gone, "at": NOW - timedelta(days=31)})
    purge()
    assert [row["company"] for row in alice.rows("SELECT company FROM application")] == ["Kept"]
    assert not alice.rows("SELECT 1 FROM event WHERE application_id = :id", id=gone)


def test_a_session_that_ended_is_forgotten_and_a_live_one_is_not(alice: Person) -> None:
    token = open_session(alice.user.user_id, "Firefox")
    purge()
    assert find(token) is not None
    with alice.scope() as scope:
        from sqlalchemy import text

        scope.session.execute(text("UPDATE user_session SET expires_at = now() - interval '1 day'"))
    with time_machine.travel(NOW + RETENTION + timedelta(days=60), tick=False):
        purge()
    assert not alice.rows("SELECT 1 FROM user_session")
