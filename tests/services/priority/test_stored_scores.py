"""Stored scores: updated in the transaction of each change, by the job for all, never for others."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.support.clock import NOW
from tests.support.people import Person
from tests.support.statements import statements
from tests.support.stored_scores import stored_score, wishes
from tracker.services.applications import deletion, field_edits, stage_moves
from tracker.services.contacts import contact_changes
from tracker.services.interviews import scheduling, state_changes
from tracker.services.priority.comparison import explain
from tracker.services.priority.stored_scores import score_all


def fresh(person: Person, row_id: str) -> int:
    return int(person.call(explain, row_id).score)


def test_a_new_application_has_its_score_at_once(alice: Person) -> None:
    dull, great = alice.add_application(excitement="1"), alice.add_application(excitement="5")
    assert stored_score(alice, dull) < 50 < stored_score(alice, great)


def test_every_service_function_stores_the_score_that_is_explained(alice: Person) -> None:
    row_id, seen = alice.add_application(stage="applied"), set()
    steps: list[Any] = [
        lambda: alice.call(field_edits.edit, row_id, "excitement", "5", ""),
        alice.undo,
        lambda: alice.call(stage_moves.move, [row_id], "screening"),
        lambda: alice.call(stage_moves.follow_up, row_id),
        lambda: alice.call(contact_changes.add, {"name": "Ann"}, row_id),
        lambda: alice.call(scheduling.schedule, row_id, {"starts_at": "2026-11-05T09:00"}),
        lambda: alice.call(state_changes.cancel, alice.rows("SELECT id::text FROM interview")[0]["id"]),
        lambda: alice.call(contact_changes.delete, alice.rows("SELECT id::text FROM contact")[0]["id"]),
        alice.undo,
        lambda: alice.call(field_edits.tag, [row_id], "referral"),
        lambda: alice.call(stage_moves.move, [row_id], "closed", "rejected"),
        alice.undo,
        lambda: alice.call(deletion.remove, [row_id]),
        alice.undo,
    ]
    for number, step in enumerate(steps):
        step()
        done = alice.batch
        if number != 12:
            now = stored_score(alice, row_id)
            seen.add(now)
            assert alice.call(explain, row_id).was == now == fresh(alice, row_id), number
        alice.batch = done
    assert len(seen) > 6


def test_rescoring_takes_two_statements_or_one_for_an_unchanged_score(alice: Person) -> None:
    row_id = alice.add_application(excitement="3")
    with statements() as sent:
        alice.call(field_edits.edit, row_id, "excitement", "5", "3")
    assert len([query for query in sent if "priority" in query]) == 2
    with statements() as sent:
        alice.call(field_edits.edit, row_id, "notes", "Ask about pay", "")
    assert len([query for query in sent if "priority" in query]) == 1


def test_rescoring_many_takes_as_many_statements_as_rescoring_one(alice: Person) -> None:
    ids = [alice.add_application(f"Company {n}") for n in range(20)]
    with statements() as sent:
        alice.call(stage_moves.move, ids, "screening")
    assert len([query for query in sent if "priority" in query]) == 2


def test_words_of_the_posting_count_when_they_are_added_to_the_wishes_later(alice: Person) -> None:
    row_id = alice.add_application(posting_text="Services in Go, Python and Rust")
    other = alice.add_application(posting_text="Go to market with us")
    before = stored_score(alice, row_id)
    wishes(alice, wanted=["Go", "Python"])
    assert alice.call(score_all) == "2 applications scored again"
    assert stored_score(alice, row_id) > before > stored_score(alice, other)
    assert stored_score(alice, row_id) == fresh(alice, row_id)
    assert alice.call(score_all) == "0 applications scored again"


def test_the_interviews_of_a_source_count_once_there_are_enough(alice: Person) -> None:
    good = [alice.add_application(f"A{n}", stage="interviewing", source="Referrals") for n in range(6)]
    poor = [alice.add_application(f"B{n}", stage="applied", source="Job board") for n in range(8)]
    alice.call(stage_moves.move, poor[1:], "closed", "rejected")
    alice.call(score_all)
    reason = {r.factor: r for r in alice.call(explain, good[0]).reasons}["source"]
    assert reason.points > 0
    assert reason.sentence.startswith("6 of your 6 applications from Referrals led to an interview; ")
    assert {r.factor: r for r in alice.call(explain, poor[0]).reasons}["source"].points < 0


def test_the_day_moves_scores_and_the_next_scoring_follows(
    alice: Person, clock: time_machine.Traveller
) -> None:
    row_id = alice.add_application(deadline="2026-11-20")
    before = stored_score(alice, row_id)
    clock.move_to(NOW + timedelta(days=20))
    assert stored_score(alice, row_id) == before
    explained = alice.call(explain, row_id)
    assert explained.was == before != explained.score
    assert stored_score(alice, row_id) == explained.score
    assert alice.call(score_all) == "0 applications scored again"


def test_scoring_all_touches_only_the_users_rows(alice: Person, bob: Person) -> None:
    row_id, his = alice.add_application(), bob.add_application()
    before = stored_score(bob, his)
    wishes(alice, weights={"excitement": 0})
    alice.call(score_all)
    assert stored_score(bob, his) == before
    assert [str(r["application_id"]) for r in alice.rows("SELECT application_id FROM priority")] == [row_id]


@pytest.mark.parametrize("missing", [True, False])
def test_a_score_that_got_lost_is_made_again(alice: Person, missing: bool) -> None:
    row_id = alice.add_application()
    right = stored_score(alice, row_id)
    alice.rows(
        "WITH gone AS (DELETE FROM priority RETURNING 1) SELECT count(*) FROM gone"
        if missing
        else "WITH spoilt AS (UPDATE priority SET score = 99 RETURNING 1) SELECT count(*) FROM spoilt"
    )
    alice.call(score_all)
    assert stored_score(alice, row_id) == right
