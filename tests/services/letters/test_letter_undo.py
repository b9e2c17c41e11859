"""Undoing changes of a letter's versions, above all of the sent one, of which there is at most one."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.people import Person
from tracker import clock as now
from tracker.errors import Conflict
from tracker.services.letters.versions import draft, remove, send
from tracker.services.profile.edits import add_bullet

Clock = time_machine.Traveller


@pytest.fixture
def versions(alice: Person) -> list[str]:
    """Return three versions of one letter of alice's."""
    alice.call(add_bullet, {"text": "Moved 40 services to PostgreSQL"})
    of = alice.add_application("Brightwater", "Backend engineer")
    return [alice.call(draft, of, tone) for tone in ("plain", "warm", "formal")]


def later(clock: Clock) -> None:
    clock.move_to(now.now() + timedelta(days=1))


def sent(person: Person) -> list[tuple[str, str]]:
    query = "SELECT id::text, sent_on::text AS day FROM letter WHERE sent_on IS NOT NULL"
    return [(row["id"], row["day"]) for row in person.rows(query)]


def stored_versions(person: Person) -> list[dict[str, Any]]:
    rows = person.rows("SELECT * FROM letter ORDER BY id")
    return [{name: value for name, value in row.items() if name != "touched_at"} for row in rows]


def test_the_version_that_was_sent_before_is_the_sent_one_again_with_its_day(
    alice: Person, versions: list[str], clock: Clock
) -> None:
    first, second, _ = versions
    alice.call(send, first)
    later(clock)
    alice.call(send, second)
    assert sent(alice) == [(second, "2026-11-04")]
    assert alice.undo() == "Undone"
    assert sent(alice) == [(first, "2026-11-03")]


def test_undoing_a_repeated_send_restores_the_original_day(
    alice: Person, versions: list[str], clock: Clock
) -> None:
    alice.call(send, versions[0])
    later(clock)
    alice.call(send, versions[0])
    assert sent(alice) == [(versions[0], "2026-11-04")]
    alice.undo()
    assert sent(alice) == [(versions[0], "2026-11-03")]


def test_undoing_a_send_after_the_previous_version_was_deleted_leaves_none_sent(
    alice: Person, versions: list[str]
) -> None:
    first, second, _ = versions
    alice.call(send, first)
    alice.call(send, second)
    batch = alice.batch
    alice.call(remove, first)
    assert alice.undo(batch).startswith("Undone. The version sent before has been removed")
    assert sent(alice) == []


def test_sending_is_not_undone_once_another_version_was_sent(alice: Person, versions: list[str]) -> None:
    first, second, _ = versions
    alice.call(send, first)
    batch = alice.batch
    alice.call(send, second)
    with pytest.raises(Conflict):
        alice.undo(batch)
    alice.call(send, first)
    with pytest.raises(Conflict):
        alice.undo(batch)
    assert sent(alice) == [(first, "2026-11-03")]


def test_a_sent_version_is_removed_and_brought_back_as_the_sent_one(
    alice: Person, versions: list[str]
) -> None:
    alice.call(send, versions[0])
    before = alice.row("letter", versions[0])
    alice.call(remove, versions[0])
    assert sent(alice) == []
    assert alice.undo() == "Undone"
    assert alice.row("letter", versions[0]) == before


def test_a_removed_version_that_was_sent_comes_back_as_not_sent_once_another_is(
    alice: Person, versions: list[str]
) -> None:
    first, second, _ = versions
    alice.call(send, first)
    before = alice.row("letter", first)
    alice.call(remove, first)
    batch = alice.batch
    alice.call(send, second)
    assert alice.undo(batch).startswith("Undone. The version is restored as not sent")
    assert alice.row("letter", first) == {**before, "sent_on": None}
    assert sent(alice) == [(second, "2026-11-03")]


def test_undo_leaves_the_sent_letter_of_another_application_alone(alice: Person, versions: list[str]) -> None:
    elsewhere = alice.call(draft, alice.add_application("Halcyon", "Engineer"))
    alice.call(send, elsewhere)
    alice.call(send, versions[0])
    alice.call(remove, versions[0])
    assert alice.undo() == "Undone"
    assert sorted(row for row, _ in sent(alice)) == sorted([elsewhere, versions[0]])


def test_an_event_without_the_earlier_sent_version_can_still_be_undone(
    alice: Person, versions: list[str]
) -> None:
    alice.call(send, versions[0])
    batch = alice.batch
    alice.rows("UPDATE event SET particulars = particulars - 'before' WHERE kind = 'letter.sent' RETURNING 1")
    assert alice.undo(batch) == "Undone"
    assert sent(alice) == []


ACTS = st.tuples(st.sampled_from([send, remove]), st.sampled_from([0, 1, 2]))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=1, max_size=5))
def test_undoing_every_action_restores_the_start(
    alice: Person, clock: Clock, acts: list[tuple[Any, int]]
) -> None:
    alice.rows("DELETE FROM letter RETURNING 1")
    alice.call(add_bullet, {"text": "Moved 40 services to PostgreSQL"})
    of = alice.add_application("Brightwater", "Backend engineer")
    versions = [alice.call(draft, of, tone) for tone in ("plain", "warm", "formal")]
    states, batches, gone = [stored_versions(alice)], [], set()
    for act, number in acts:
        if number in gone:
            continue
        later(clock)
        alice.call(act, versions[number])
        batches.append(alice.batch)
        states.append(stored_versions(alice))
        gone |= {number} if act is remove else set()
    for batch in reversed(batches):
        assert stored_versions(alice) == states.pop()
        assert alice.undo(batch) == "Undone"
    assert stored_versions(alice) == states.pop()
