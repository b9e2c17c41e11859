"""The command palette finds all rows of the user."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.people import Person
from tests.support.statements import statements
from tracker.services.applications.deletion import remove
from tracker.services.contacts.contact_changes import add
from tracker.services.interviews.scheduling import schedule
from tracker.services.palette import matches_command, search


@pytest.fixture
def seeker(alice: Person) -> Person:
    row_id = alice.add_application("Nestlé", "Cook")
    alice.call(
        schedule, row_id, {"kind": "system_design", "starts_at": "2026-11-05T09:00", "interviewers": "Bo"}
    )
    alice.call(add, {"name": "Zoë Ruiz", "company": "Nestlé"})
    return alice


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("nestle", ["Cook at Nestlé", "Zoë Ruiz", "System design, Cook at Nestlé"]),
        ("system design", ["System design, Cook at Nestlé"]),
        ("zoe", ["Zoë Ruiz"]),
        ("bo", ["System design, Cook at Nestlé"]),
        ("nestel", ["Cook at Nestlé", "Zoë Ruiz", "System design, Cook at Nestlé"]),
        ("Ruzi", ["Zoë Ruiz"]),
        ("xqzw", []),
        ("", ["Cook at Nestlé", "Zoë Ruiz", "System design, Cook at Nestlé"]),
    ],
)
def test_words_find_applications_contacts_and_interviews(
    seeker: Person, words: str, titles: list[str]
) -> None:
    seen = seeker.call(search, words)
    every = [*seen.applications, *seen.contacts, *seen.interviews]
    assert [result.title for result in every] == titles
    assert seen.is_empty is (not titles)
    assert all(result.address.startswith("/") for result in every)


def test_the_name_of_a_language_is_a_word_of_its_own(alice: Person) -> None:
    for role in ("R developer", "Rust developer", "R&D lead"):
        alice.call(schedule, alice.add_application("Acme", role), {"starts_at": "2026-11-05T09:00"})
        alice.call(add, {"name": f"Ann, {role}"})
    seen = alice.call(search, "R")
    assert [result.title for result in seen.applications] == ["R developer at Acme"]
    assert [result.title for result in seen.contacts] == ["Ann, R developer"]
    assert [result.title for result in seen.interviews] == ["Other, R developer at Acme"]


def test_a_search_shows_few_results_in_at_most_four_statements(seeker: Person) -> None:
    row_id = ""
    for number in range(9):
        row_id = seeker.add_application(f"Nestlé {number}")
        seeker.call(add, {"name": f"Nestlé {number}"})
    for day in range(10, 17):
        seeker.call(schedule, row_id, {"starts_at": f"2026-11-{day}T09:00"})
    for words in ("nestle", "nestel", ""):
        with statements() as sent:
            seen = seeker.call(search, words)
        assert len(sent) <= 4
        assert (len(seen.applications), len(seen.contacts) <= 5, len(seen.interviews) <= 5) == (8, True, True)


def test_rows_of_others_and_deleted_rows_are_not_found(seeker: Person, bob: Person) -> None:
    assert bob.call(search, "nestle").is_empty
    seeker.call(remove, [result.id for result in seeker.call(search, "nestle").applications])
    seen = seeker.call(search, "nestle")
    assert (seen.applications, seen.interviews) == ([], [])


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=30))
def test_any_search_text_is_accepted(alice: Person, words: str) -> None:
    alice.call(search, words)


@pytest.mark.parametrize(
    ("words", "name", "matches"),
    [
        ("", "Add contact", True),
        ("sched", "Schedule an interview", True),
        ("sint", "Schedule an interview", True),
        ("int sch", "Schedule an interview", True),
        ("offer", "Move to Offer", True),
        ("mvof", "Move to Offer", True),
        ("REJ", "Close as rejected", True),
        ("rejx", "Close as rejected", False),
        ("tcatnoc", "Add contact", False),
    ],
)
def test_a_command_is_found_by_a_few_letters_in_order(words: str, name: str, matches: bool) -> None:
    assert matches_command(words, name) is matches


def test_words_narrow_the_commands_as_well(seeker: Person) -> None:
    assert seeker.call(search, "cook").commands == []
    assert "Close as rejected" in seeker.call(search, "close").commands
