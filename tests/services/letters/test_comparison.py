"""Comparison of two versions of a letter: which ones, their order, and the summary."""

import pytest
import time_machine

from tests.support.people import Person
from tracker.errors import NotFound, Sorry
from tracker.services.letters.comparison import compare
from tracker.services.letters.versions import draft, edit, remove, send
from tracker.services.profile.edits import add_bullet

Clock = time_machine.Traveller


@pytest.fixture
def versions(alice: Person, clock: Clock) -> list[str]:
    """Return a draft, an edited version and another draft, a minute apart."""
    alice.call(add_bullet, {"text": "Moved 40 services to PostgreSQL"})
    of = alice.add_application("Brightwater", "Backend engineer")
    first = alice.call(draft, of)
    clock.shift(60)
    second = alice.call(edit, first, "Dear Brightwater team,\n\nHire me.")
    clock.shift(60)
    return [first, second, alice.call(draft, of, "warm", "short")]


def test_a_version_is_compared_with_the_previous_one_and_the_first_with_the_next(
    alice: Person, versions: list[str]
) -> None:
    first, second, third = versions
    for shown, other in ((third, second), (second, first), (first, second)):
        two = alice.call(compare, shown)
        assert (two.shown, two.other) == (shown, other)
        assert (two.earlier.is_shown, two.later.is_shown) == (two.earlier.id == shown, two.later.id == shown)


def test_the_earlier_one_comes_first_whichever_is_shown(alice: Person, versions: list[str]) -> None:
    first, _, third = versions
    for shown, other in ((first, third), (third, first)):
        two = alice.call(compare, shown, other)
        assert (two.earlier.id, two.later.id) == (first, third)


def test_a_comparison_counts_the_differences_and_names_the_versions(
    alice: Person, versions: list[str]
) -> None:
    first, second, third = versions
    alice.call(send, first)
    two = alice.call(compare, second, third)
    assert two.summary == f"{sum(not row.is_same for row in two.rows)} of {len(two.rows)} paragraphs differ."
    assert {(side.label, side.when) for side in two.others} == {
        ("Drafted from your bullets, plain and medium", "just now, sent Tue 3 Nov 2026"),
        ("Drafted from your bullets, warm and short", "just now"),
    }


def test_sending_an_old_version_makes_it_no_later_one(
    alice: Person, versions: list[str], clock: Clock
) -> None:
    first, second, _ = versions
    clock.shift(60)
    alice.call(send, first)
    two = alice.call(compare, second)
    assert (two.earlier.id, two.later.id) == (first, second)


def test_two_equal_drafts_are_reported_as_the_same(alice: Person) -> None:
    alice.call(add_bullet, {"text": "Moved 40 services to PostgreSQL"})
    of = alice.add_application("Brightwater", "Backend engineer")
    alice.call(draft, of)
    assert alice.call(compare, alice.call(draft, of)).summary == "The two are the same."


def test_a_missing_version_or_one_of_another_application_is_not_compared(
    alice: Person, versions: list[str]
) -> None:
    elsewhere = alice.call(draft, alice.add_application("Halcyon", "Engineer"))
    with pytest.raises(NotFound):
        alice.call(compare, versions[0], elsewhere)
    with pytest.raises(NotFound):
        alice.call(compare, versions[0], versions[0])
    with pytest.raises(Sorry, match="no other version"):
        alice.call(compare, elsewhere)
    alice.call(remove, versions[1])
    with pytest.raises(NotFound):
        alice.call(compare, versions[0], versions[1])


def test_another_user_cannot_compare_her_versions(alice: Person, bob: Person, versions: list[str]) -> None:
    with pytest.raises(NotFound):
        bob.call(compare, versions[0], versions[1])
