"""Export, load, and export again: the same bytes."""

import io
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support import generation_verbs
from tests.support.people import Person, newcomer
from tests.support.simulated_searches import ALL_FACTS, BEGINNINGS, STORIES, ZONES, Story
from tracker.db import scoped
from tracker.demo.seed import add_sample
from tracker.services.actions.action_decisions import snooze
from tracker.services.applications.stage_moves import move
from tracker.services.exports.document import row_counts, write_document
from tracker.services.exports.loading import load
from tracker.services.exports.reader_process import read_isolated
from tracker.services.letters.versions import draft, edit
from tracker.services.preferences import save as save_preferences
from tracker.services.preparation.edits import add_own
from tracker.services.priority.stored_scores import score_all
from tracker.services.priority.wishes_form import save as save_wishes
from tracker.shapes.enumerations import Door


@pytest.fixture(autouse=True)
def carrier(redis_url: str) -> None:
    """Provide Redis, since loading requests jobs."""


def exported(person: Person) -> bytes:
    file = io.BytesIO()
    with scoped(person.user, is_snapshot=True) as scope:
        write_document(scope, file)
    return file.getvalue()


def loaded(document: bytes) -> Person:
    """Return a new user with the document's data."""
    person = newcomer("Other")
    person.call(load, read_isolated(document))
    return person


def test_an_empty_account_makes_a_round_trip(charlie: Person) -> None:
    document = exported(charlie)
    assert exported(loaded(document)) == document


def test_the_sample_data_makes_a_round_trip(alice: Person) -> None:
    alice.call(add_sample)
    application, interview = (
        str(alice.rows(f"SELECT id FROM {table}")[0]["id"]) for table in ("application", "interview")
    )
    version = alice.call(draft, application)
    alice.call(edit, version, "Dear team,\n\n“Ünïcode” \\u0000 </script> \u2028")
    alice.call(add_own, interview, "Why us?")
    alice.call(save_preferences, {"timezone": "Asia/Tokyo", "weekly_goal": "9", "columns": "score,tags"})
    alice.call(save_wishes, {"wanted": "Go, Rust", "salary_target": "80000", "currency": "EUR"})
    saved = alice.rows("SELECT id FROM application WHERE stage = 'saved'")[0]["id"]
    alice.call(snooze, str(saved), "apply", "2026-11-05", 3)
    writing = generation_verbs.create_rows(alice, application, "A prompt")
    alice.rows("UPDATE writing SET state = 'done' RETURNING 1")
    alice.rows("UPDATE app_user SET name = 'Zoë' WHERE id = :me RETURNING 1", me=alice.user.user_id)
    document = exported(alice)
    other = loaded(document)
    assert exported(other) == document
    assert other.call(row_counts) == alice.call(row_counts)
    assert all(count for name, count in alice.call(row_counts).items() if name != "reminders")
    assert other.row("model_call", writing.call)["is_own"] is True


def test_keys_and_scores_are_computed_again(alice: Person) -> None:
    alice.call(add_sample)
    alice.call(score_all)
    other = loaded(exported(alice))
    query = "SELECT a.id, p.score, a.posting_key, a.employer_key, a.headline FROM application a LEFT JOIN priority p ON p.application_id = a.id ORDER BY 1"
    assert other.rows(query) == alice.rows(query)
    assert {row["kind"] for row in other.rows("SELECT kind FROM job")} == {"score_all", "rebuild_snapshots"}


@settings(
    max_examples=8,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.sampled_from(ZONES), st.sampled_from(range(6)), STORIES, st.lists(ALL_FACTS, min_size=6, max_size=6)
)
def test_any_search_makes_a_round_trip(zone: str, began: int, acts: Any, facts: Any) -> None:
    story = Story(newcomer("Alice", timezone=zone), ZoneInfo(zone), BEGINNINGS[began])
    story.run(acts, facts)
    document = exported(story.person)
    assert exported(loaded(document)) == document
    assert UUID(story.pasts[0].id).hex in document.decode().replace("-", "")


def test_a_loaded_action_can_be_undone_as_before(alice: Person) -> None:
    application = alice.add_application("Linear")
    alice.call(move, [application], "offer")
    other = loaded(exported(alice))
    other.undo(alice.batch)
    assert other.row("application", application)["stage"] == "saved"


def test_a_sample_that_nothing_was_added_to_is_replaced(alice: Person) -> None:
    alice.add_application("Linear")
    document = exported(alice)
    other = newcomer("Other")
    with scoped(other.user, Door.WORKER) as scope:
        add_sample(scope)
    other.call(load, read_isolated(document))
    assert exported(other) == document
