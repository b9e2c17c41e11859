"""Undo: each service function that can be undone leaves the rows exactly as they were."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.people import ABSENT, Person
from tracker.db import Scope
from tracker.errors import Conflict, NotFound
from tracker.services.applications.deletion import remove
from tracker.services.applications.field_edits import edit, tag
from tracker.services.applications.stage_moves import follow_up, move
from tracker.services.contacts.contact_changes import add
from tracker.services.contacts.contact_changes import edit as edit_contact
from tracker.services.interviews.scheduling import edit as edit_interview
from tracker.services.interviews.scheduling import schedule
from tracker.services.interviews.state_changes import debrief
from tracker.services.undo import undoable_batch
from tracker.shapes.enumerations import Outcome, Stage

COUNTED = ("version", "touched_at")
"""What every change moves on, the undo included."""


def remaining(person: Person, row_id: str) -> dict[str, Any]:
    return {name: value for name, value in person.row("application", row_id).items() if name not in COUNTED}


MOVES = st.tuples(st.sampled_from(Stage), st.sampled_from(Outcome))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, min_size=1, max_size=6))
def test_undoing_the_last_move_restores_the_row(alice: Person, moves: list[tuple[str, str]]) -> None:
    row_id = alice.add_application()
    for stage, outcome in moves[:-1]:
        alice.call(move, [row_id], stage, outcome)
    before, recorded = remaining(alice, row_id), len(alice.log())
    alice.call(move, [row_id], *moves[-1])
    if len(alice.log()) > recorded:
        assert alice.undo() == "Undone"
    assert remaining(alice, row_id) == before


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, min_size=1, max_size=5))
def test_undoing_every_move_restores_the_start(alice: Person, moves: list[tuple[str, str]]) -> None:
    row_id = alice.add_application()
    before, batches = remaining(alice, row_id), []
    for stage, outcome in moves:
        recorded = len(alice.log())
        alice.call(move, [row_id], stage, outcome)
        if len(alice.log()) > recorded:
            batches.append(alice.batch)
    for batch in reversed(batches):
        alice.undo(batch)
    assert remaining(alice, row_id) == before


@pytest.mark.parametrize(
    ("verb", "args"),
    [
        (edit, ("location", "Paris", "")),
        (edit, ("excitement", "5", "")),
        (edit, ("salary_to", "70000", "")),
        (edit, ("deadline", "2027-01-01", "")),
        (follow_up, ()),
    ],
)
def test_each_change_of_one_application_is_undone(alice: Person, verb: Any, args: tuple[str, ...]) -> None:
    row_id = alice.add_application(
        currency="EUR", salary_from="1", salary_period="year", stage="applied", applied_on="2026-10-30"
    )
    before = remaining(alice, row_id)
    alice.call(verb, row_id, *args)
    assert remaining(alice, row_id) != before
    alice.undo()
    assert remaining(alice, row_id) == before


def test_a_follow_up_that_no_date_asked_for_is_undone(alice: Person) -> None:
    row_id = alice.add_application()
    alice.call(follow_up, row_id)
    assert alice.row("application", row_id)["follow_up_on"] is not None
    assert alice.undo() == "Undone"
    assert alice.row("application", row_id)["follow_up_on"] is None


def test_a_bulk_action_is_undone_as_a_whole(alice: Person) -> None:
    ids = [alice.add_application(f"Company {n}") for n in range(2)]
    before = [remaining(alice, row_id) for row_id in ids]
    for verb, *args in ((move, ids, "offer"), (tag, ids, "bulk"), (remove, ids)):
        alice.call(verb, *args)
        assert alice.undo() == "Undone for 2"
        assert [remaining(alice, row_id) for row_id in ids] == before


def test_a_batch_with_a_row_changed_since_is_not_undone_at_all(alice: Person) -> None:
    first, second = alice.add_application("First"), alice.add_application("Second")
    alice.call(move, [first, second], "applied")
    batch = alice.batch
    alice.call(move, [second], "offer")
    with pytest.raises(Conflict):
        alice.undo(batch)
    assert [alice.row("application", row_id)["stage"] for row_id in (first, second)] == ["applied", "offer"]
    assert not alice.rows("SELECT 1 FROM event WHERE undone_at IS NOT NULL")


def test_an_action_is_undone_only_once(alice: Person) -> None:
    row_id = alice.add_application()
    alice.call(move, [row_id], "applied")
    batch = alice.batch
    alice.undo(batch)
    with pytest.raises(NotFound):
        alice.undo(batch)


def test_the_log_keeps_what_was_undone_and_says_so(alice: Person) -> None:
    alice.call(move, [alice.add_application()], "applied")
    alice.undo()
    assert alice.log() == ["application.added", "stage.changed"]
    assert alice.last_event()["undone_at"] is not None


def test_unknown_and_irreversible_batches_are_not_found(alice: Person) -> None:
    alice.add_application()
    for batch in (alice.batch, ABSENT, "nonsense"):
        with pytest.raises(NotFound):
            alice.undo(batch)


def test_another_user_cannot_undo_an_action(alice: Person, bob: Person) -> None:
    row_id = bob.add_application()
    bob.call(move, [row_id], "applied")
    with pytest.raises(NotFound):
        alice.undo(bob.batch)
    assert bob.row("application", row_id)["stage"] == "applied"


def test_undoing_an_edit_does_not_restore_a_deleted_application(alice: Person) -> None:
    row_id = alice.add_application()
    alice.call(edit, row_id, "location", "Paris", "")
    batch = alice.batch
    alice.call(remove, [row_id])
    alice.undo(batch)
    assert alice.row("application", row_id)["deleted_at"] is not None


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        ("kind", "panel"),
        ("round", "3"),
        ("place", "Berlin"),
        ("interviewers", "Bo"),
        ("preparation", "# Ask"),
    ],
)
def test_an_edit_of_an_interview_is_undone(alice: Person, field: str, raw: str) -> None:
    interview = alice.call(
        schedule, alice.add_application(), {"starts_at": "2026-11-05T09:00", "kind": "technical"}
    )
    before = comparable_row(alice, "interview", interview)
    assert alice.call(after_offering, edit_interview, interview, {field: raw})
    assert comparable_row(alice, "interview", interview) != before
    alice.undo()
    assert comparable_row(alice, "interview", interview) == before


def test_a_debrief_is_undone_with_the_state_it_set(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), {"starts_at": "2026-11-02T09:00"})
    before = comparable_row(alice, "interview", interview)
    assert alice.call(after_offering, debrief, interview, "It went well", "4")
    alice.undo()
    assert comparable_row(alice, "interview", interview) == before


@pytest.mark.parametrize(
    ("field", "raw"), [("name", "Bo"), ("role", "Recruiter"), ("email", "a@b.example"), ("notes", "Met")]
)
def test_an_edit_of_a_contact_is_undone(alice: Person, field: str, raw: str) -> None:
    contact = alice.call(add, {"name": "Ann"})
    before = comparable_row(alice, "contact", contact)
    was = "Ann" if field == "name" else ""
    assert alice.call(after_offering, edit_contact, contact, field, raw, was)
    assert comparable_row(alice, "contact", contact) != before
    alice.undo()
    assert comparable_row(alice, "contact", contact) == before


def test_undo_restores_notes_and_keeps_later_edits(alice: Person) -> None:
    row_id = alice.add_application(notes="One")
    assert alice.call(after_offering, edit, row_id, "notes", "Two", "One")
    alice.undo()
    assert alice.row("application", row_id)["notes"] == "One"
    contact = alice.call(add, {"name": "Ann"})
    alice.call(edit_contact, contact, "role", "One", "")
    batch = alice.batch
    alice.call(edit_contact, contact, "role", "Two", "One")
    with pytest.raises(Conflict):
        alice.undo(batch)
    assert alice.row("contact", contact)["role"] == "Two"


def test_no_undo_is_offered_where_the_log_knows_too_little_or_nothing_was_done(alice: Person) -> None:
    row_id = alice.add_application(notes="One")
    assert alice.call(after_offering, edit, row_id, "notes", "long " * 500, "One") == ""
    with pytest.raises(NotFound):
        alice.undo()
    assert alice.call(after_offering, edit, row_id, "location", "", "") == ""


def comparable_row(person: Person, table: str, row_id: str) -> dict[str, Any]:
    return {name: value for name, value in person.row(table, row_id).items() if name not in COUNTED}


def after_offering(scope: Scope, verb: Any, *args: Any) -> str:
    verb(scope, *args)
    return undoable_batch(scope)
