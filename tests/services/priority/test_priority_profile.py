"""Profile skills in the score: the share of requirements they support, and rescoring on changes."""

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest

from tests.support.grounding.labelled import letters
from tests.support.people import Person
from tests.support.stored_scores import stored_score, wishes
from tracker.services.applications import field_edits
from tracker.services.matching.match import match
from tracker.services.matching.profile_skills import profile_skills
from tracker.services.matching.requirements import required_skills, requirements_of
from tracker.services.matching.skills import name_of
from tracker.services.priority import posting_skills
from tracker.services.priority.comparison import explain
from tracker.services.priority.stored_scores import score_all
from tracker.services.priority.technology_factor import stack
from tracker.services.profile import edits
from tracker.shapes.matching import RequirementKind
from tracker.shapes.priority import Facts, Wishes

TODAY = date(2026, 11, 3)
POSTING = (
    "Requirements\n- 3 years of Python\n- Kafka, Rust or Scala\n- PostgreSQL and Terraform\n- team player"
)


def waiting(person: Person) -> int:
    rows = person.rows("SELECT count(*) FROM job WHERE kind = 'score_all' AND state = 'waiting'")
    return int(rows[0]["count"])


def done(person: Person) -> None:
    """Mark the job as done, as the worker does after scoring everything."""
    person.call(score_all)
    person.rows("WITH gone AS (DELETE FROM job RETURNING 1) SELECT count(*) FROM gone")


def sentence(person: Person, row_id: str) -> str:
    explanation = person.call(explain, row_id)
    return next((r.sentence for r in (*explanation.reasons, *explanation.silent) if r.factor == "stack"), "")


@pytest.mark.parametrize("letter", letters(), ids=lambda letter: letter.name)
def test_the_score_sees_the_skills_that_the_application_shows(letter: Any) -> None:
    requirements = requirements_of("", letter.posting)
    names = {"|".join(sorted(set(map(name_of, words)))) for ask in requirements for words in ask.named_skills}
    assert set(required_skills(letter.posting)) == names
    mine = profile_skills(letter.profile)
    for ask in match("", letter.posting, letter.profile, TODAY).requirements:
        if ask.kind == RequirementKind.SKILL:
            assert ask.is_met == any(name_of(word) in mine for word in ask.words), ask.words


def test_a_profile_alone_gives_points_and_says_of_how_much(alice: Person) -> None:
    row_id, other = (
        alice.add_application(posting_text=POSTING),
        alice.add_application(posting_text="Requirements\n- Kafka, Java, Ruby"),
    )
    unread = alice.add_application(posting_text="We bake bread.")
    assert sentence(alice, row_id) == ""
    alice.call(edits.add_bullet, {"text": "Wrote services in Django on Postgres", "skills": "Rust"})
    assert waiting(alice) == 1
    done(alice)
    assert sentence(alice, row_id) == "Your profile supports 3 of the 4 skills it asks for."
    assert sentence(alice, other) == "Your profile supports none of the 3 skills it asks for."
    assert sentence(alice, unread) == "No skill that it asks for was recognised: counted as neutral."
    assert stored_score(alice, row_id) > stored_score(alice, unread) > stored_score(alice, other)
    assert alice.call(score_all) == "0 applications scored again"


def test_skills_that_the_profile_supports_count_like_listed_ones(alice: Person) -> None:
    wishes(alice, wanted=["Python"], known=["Cobol"])
    row_id = alice.add_application(posting_text=POSTING)
    before = stored_score(alice, row_id)
    alice.call(edits.add_bullet, {"text": "Ran PostgreSQL with Terraform"})
    done(alice)
    assert stored_score(alice, row_id) > before
    assert sentence(alice, row_id) == (
        "The posting names what you want: Python. Your profile supports 2 of the 4 skills it asks for."
    )


def test_every_change_that_may_bear_out_more_asks_for_the_scores_once(alice: Person) -> None:
    done(alice)
    first = str(alice.call(edits.add_bullet, {"text": "Wrote Go"}))
    alice.call(edits.add_bullet, {"text": "Wrote Rust"})
    job = str(alice.call(edits.add_position, {"title": "Python engineer"}))
    assert waiting(alice) == 1
    batches: list[Any] = []
    steps: list[Any] = [
        lambda: alice.call(edits.edit_bullet, first, {"skills": "Kafka"}, {}),
        lambda: alice.call(edits.edit_about, {"headline": "Java engineer"}, {}),
        lambda: alice.call(edits.remove_position, job),
        lambda: alice.undo(batches[-1]),
        lambda: alice.call(edits.remove_bullet, first),
    ]
    for number, step in enumerate(steps):
        done(alice)
        step()
        batches.append(alice.batch)
        assert waiting(alice) == 1, number
    done(alice)
    alice.call(edits.edit_about, {"languages": "German"}, {})
    assert waiting(alice) == 0


def test_a_posting_is_read_when_it_changes_and_not_on_other_changes(alice: Person) -> None:
    alice.call(edits.add_bullet, {"text": "Wrote Python"})
    alice.call(score_all)
    row_id = alice.add_application(posting_text=POSTING)
    low = stored_score(alice, row_id)
    with patch.object(posting_skills, "required_skills", side_effect=AssertionError("read again")):
        alice.call(field_edits.edit, row_id, "notes", "Ask about pay", "")
        alice.call(explain, row_id)
        alice.call(score_all)
    alice.call(field_edits.edit, row_id, "posting_text", "Requirements\n- Python", POSTING)
    assert stored_score(alice, row_id) > low
    assert alice.call(explain, row_id).was == stored_score(alice, row_id)


def test_a_large_batch_of_new_postings_is_left_to_the_job(alice: Person) -> None:
    alice.call(edits.add_bullet, {"text": "Wrote Python"})
    done(alice)
    with patch("tracker.services.priority.stored_scores.AT_ONCE", 0):
        row_id = alice.add_application(posting_text="Requirements\n- Python")
    assert waiting(alice) == 1
    before = stored_score(alice, row_id)
    alice.call(score_all)
    assert stored_score(alice, row_id) > before
    assert alice.call(posting_skills.read_batch) == 0


def test_without_a_profile_no_posting_is_read(alice: Person) -> None:
    with patch.object(posting_skills, "required_skills", side_effect=AssertionError("read")):
        alice.add_application(posting_text=POSTING)
        alice.call(score_all)
    assert alice.call(posting_skills.read_batch) == 0


@pytest.mark.parametrize(
    ("mine", "value"),
    [({"python"}, 0), ({"python", "rust"}, 50), ({"python", "rust", "sql"}, 100), ({"c"}, -50)],
)
def test_the_technology_factor_is_worth_the_share_of_covered_skills(mine: set[str], value: int) -> None:
    facts = Facts(posting_words=frozenset(), required=("python", "go|rust", "sql"))
    reason = stack(facts, Wishes(profile_skills=frozenset(mine)))
    assert reason is not None
    assert reason[0] == value
