"""Search as you type: what it finds, what it forgives, and what it ignores."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.people import Person
from tracker.services.applications.application_list import board_columns, page
from tracker.shapes.filters import Filters


def companies_matching(person: Person, words: str) -> list[str]:
    return sorted(card.company for card in person.does(page, Filters(q=words)).cards)


@pytest.fixture
def searcher(alice: Person) -> Person:
    alice.adds("Nestlé", "Ingénieur logiciel", location="Zürich")
    alice.adds("O’Reilly", "C++ developer", location="Sebastopol")
    alice.adds("Anthropic", "Site reliability engineer", notes="asked Małgorzata about Kubernetes")
    alice.adds("Node.js Ltd", "Designer", posting_text="We value kindness. 100% remote_first")
    return alice


@pytest.mark.parametrize(
    ("words", "companies"),
    [
        ("nestle", ["Nestlé"]),
        ("NESTLÉ", ["Nestlé"]),
        ("zurich", ["Nestlé"]),
        ("ingenieur logic", ["Nestlé"]),
        ("inge logic", ["Nestlé"]),
        ("relia kube", ["Anthropic"]),
        ("logiciel nestle", ["Nestlé"]),
        ("o'reilly", ["O’Reilly"]),
        ("o’reilly", ["O’Reilly"]),
        ("c++", ["O’Reilly"]),
        ("kubern", ["Anthropic"]),
        ("malgorzata", ["Anthropic"]),
        ("kindness", ["Node.js Ltd"]),
        ("node.js", ["Node.js Ltd"]),
        ("thropic", ["Anthropic"]),
        ("anthropic kubernetes", ["Anthropic"]),
        ("antropic", ["Anthropic"]),
        ("relaibility enginer", ["Anthropic"]),
        ("xqzwvkj", []),
        ("%", []),
        ("___", []),
        ("   ", ["Anthropic", "Nestlé", "Node.js Ltd", "O’Reilly"]),
    ],
)
def test_a_search_finds_similar_words(searcher: Person, words: str, companies: list[str]) -> None:
    assert companies_matching(searcher, words) == companies


def test_a_typo_is_tolerated_and_reported(searcher: Person) -> None:
    assert searcher.does(page, Filters(q="antropic")).is_similar
    assert not searcher.does(page, Filters(q="anthropic")).is_similar


def test_the_board_and_its_counts_search_in_the_same_way(searcher: Person) -> None:
    columns = searcher.does(board_columns, Filters(q="nestle"), {})
    assert [card.company for column in columns for card in column.cards] == ["Nestlé"]
    assert {column.stage: column.count for column in columns if column.count} == {"saved": 1}


def test_the_board_forgives_typing_errors_as_the_table_does(searcher: Person) -> None:
    columns = searcher.does(board_columns, Filters(q="antropic"), {})
    assert [card.company for column in columns for card in column.cards] == ["Anthropic"]


def test_no_other_users_rows_are_searched(searcher: Person, bob: Person) -> None:
    assert companies_matching(bob, "nestle") == companies_matching(bob, "antropic") == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40) | st.text(alphabet="'\"\\&|!()<>:*%_ ’‘ŉ＇＼％ab", max_size=20))
def test_nothing_anyone_types_breaks_it(alice: Person, words: str) -> None:
    alice.does(page, Filters(q=words))
