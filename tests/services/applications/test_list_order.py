"""The list's default order, and how many applications it counts."""

import pytest

from tests.support.long_list import a_long_list
from tests.support.people import Person
from tests.support.statements import statements
from tracker.services.applications import application_list
from tracker.services.applications.application_list import page
from tracker.services.applications.board import board_columns
from tracker.services.applications.stage_moves import move
from tracker.services.applications.text_search import search_steps
from tracker.shapes.applications import Count
from tracker.shapes.filters import Filters


def test_a_page_is_read_in_one_statement_and_only_the_first_counts(alice: Person) -> None:
    a_long_list(alice, 60)
    with statements() as first_sent:
        first = alice.call(page, Filters())
    with statements() as second_sent:
        alice.call(page, Filters(), first.after)
    whole = alice.call(page, Filters(), "", 60)
    assert (len(first_sent), len(second_sent)) == (1, 1)
    assert "count(*)" in str(first_sent[0])
    assert "count(*)" not in str(second_sent[0])
    assert (first.count.label, whole.count.label) == ("60 applications", "60 applications")
    assert (len(first.cards), len(whole.cards)) == (50, 60)


def test_a_count_is_exact_up_to_a_thousand(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    a_long_list(alice, 60)
    closed = alice.call(page, Filters(stage="closed"))
    monkeypatch.setattr(application_list, "MAX_COUNTED", len(closed.cards))
    assert alice.call(page, Filters(stage="closed"), "", 1).count == Count(len(closed.cards))
    assert alice.call(page, Filters()).count == Count(len(closed.cards), is_exact=False)


def test_a_thousand_and_one_are_more_than_a_thousand(alice: Person) -> None:
    a_long_list(alice, 1000)
    assert alice.call(page, Filters()).count == Count(1000)
    alice.add_application()
    assert alice.call(page, Filters()).count == Count(1000, is_exact=False)


def test_a_count_behind_a_figure_is_exact(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application_list, "MAX_COUNTED", 1)
    a_long_list(alice, 60)
    sent = alice.call(page, Filters(since="2026-10-01"), "", 60)
    assert len(sent.cards) > 2
    assert alice.call(page, Filters(since="2026-10-01"), "", 2).count == Count(len(sent.cards))


def test_matches_of_a_search_are_counted_if_they_fit_a_page(alice: Person) -> None:
    for number in range(3):
        alice.add_application(f"Tern {number}")
    assert alice.call(page, Filters(q="tern")).count.label == "3 applications"
    assert alice.call(page, Filters(q="tern 1")).count.label == "1 application"
    assert alice.call(page, Filters(q="tern"), "", 2).count.label == "2+ applications"


def test_closed_applications_come_after_the_open_ones(alice: Person) -> None:
    alice.add_application("Earlier")
    closed = alice.add_application("Closed")
    alice.add_application("Later")
    alice.call(move, [closed], "closed", "rejected")

    def order(**filters: str) -> list[str]:
        return [card.company for card in alice.call(page, Filters(**filters)).cards]

    assert order() == order(workplace="") == ["Later", "Earlier", "Closed"]
    assert order(order="up") == ["Earlier", "Closed", "Later"]
    assert order(q="engineer") == ["Later", "Closed", "Earlier"]


def test_pages_go_on_from_the_open_to_the_closed_applications(alice: Person) -> None:
    ids = [alice.add_application(f"Company {number}") for number in range(4)]
    alice.call(move, [ids[1], ids[3]], "closed", "rejected")
    seen, after = [], ""
    for _ in range(4):
        part = alice.call(page, Filters(), after, 1)
        seen += [card.id for card in part.cards]
        after = part.after
    assert seen[:2] == [ids[2], ids[0]]
    assert set(seen[2:]) == {ids[1], ids[3]}
    assert after == ""


def test_a_filtered_search_shows_matches_that_were_not_touched_lately(alice: Person) -> None:
    for number in range(5):
        alice.add_application(f"Searched {number}", stage="applied" if number < 2 else "saved")
    first = alice.call(page, Filters(q="searched", stage="applied"), "", 1)
    assert (len(first.cards), bool(first.after)) == (1, True)
    second = alice.call(page, Filters(q="searched", stage="applied"), first.after, 1)
    assert {card.company for card in (*first.cards, *second.cards)} == {"Searched 0", "Searched 1"}
    assert second.after == ""


def test_a_page_that_holds_all_has_no_other_after_it(alice: Person) -> None:
    for number in range(3):
        alice.add_application(f"Searched {number}")
    for filters in (Filters(), Filters(q="searched")):
        whole = alice.call(page, filters, "", 3)
        assert (len(whole.cards), whole.after, whole.count) == (3, "", Count(3))
        part = alice.call(page, filters, "", 2)
        assert (len(part.cards), bool(part.after)) == (2, True)
        rest = alice.call(page, filters, part.after, 2)
        assert (len(rest.cards), rest.after, rest.count) == (1, "", Count(1))


@pytest.mark.parametrize(
    ("search", "kinds"),
    [
        ("", [""]),
        ("linear", ["words", "similar"]),
        ("linear app", ["words", "words", "similar"]),
        ("Go", ["words"]),
        ("go", ["words", "words"]),
    ],
)
def test_a_search_takes_no_more_steps_than_its_words_need(search: str, kinds: list[str]) -> None:
    assert [step.kind for step in search_steps(search)] == kinds


def test_a_search_with_the_name_of_a_language_looks_for_no_part_of_a_headline() -> None:
    assert next(search_steps("Go Berlin")).parameters["part"] is None
    assert next(search_steps("Gone Berlin")).parameters["part"] == "%Gone Berlin%"


@pytest.mark.parametrize(("shown", "cards", "has_more"), [(2, 2, True), (3, 3, False), (4, 3, False)])
def test_a_column_shows_as_many_cards_as_are_requested_and_counts_all(
    alice: Person, shown: int, cards: int, has_more: bool
) -> None:
    for number in range(3):
        alice.add_application(f"Saved {number}")
    columns = {column.stage: column for column in alice.call(board_columns, Filters(), {"saved": shown})}
    saved, applied = columns["saved"], columns["applied"]
    assert (len(saved.cards), saved.count, saved.has_more) == (cards, 3, has_more)
    assert (len(applied.cards), applied.count, applied.has_more) == (0, 0, False)


@pytest.mark.parametrize(
    ("stage", "only", "stages"),
    [
        ("", None, ["saved", "applied", "screening", "interviewing", "offer", "closed"]),
        ("open", None, ["saved", "applied", "screening", "interviewing", "offer"]),
        ("closed", None, ["closed"]),
        ("applied", None, ["applied"]),
        ("", ["applied", "closed"], ["applied", "closed"]),
        ("open", ["applied", "closed"], ["applied"]),
        ("saved", ["applied"], []),
    ],
)
def test_the_board_has_the_columns_of_the_filter(
    alice: Person, stage: str, only: list[str] | None, stages: list[str]
) -> None:
    args = [only] if only else []
    columns = alice.call(board_columns, Filters(stage=stage), {}, *args)
    assert [column.stage for column in columns] == stages
