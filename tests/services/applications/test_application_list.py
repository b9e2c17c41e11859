"""The list and the board: filters, order, pages."""

import pytest

from tests.support.long_list import a_long_list
from tests.support.people import Person
from tests.support.statements import statements
from tracker.errors import NotFound
from tracker.services.applications.application_list import page
from tracker.services.applications.board import board_columns
from tracker.services.applications.deletion import remove
from tracker.services.applications.field_edits import edit
from tracker.services.applications.stage_moves import move
from tracker.services.filter_choices import sources_and_tags
from tracker.services.interviews.scheduling import schedule
from tracker.services.pages import applications as pages
from tracker.shapes.application_list import ListView
from tracker.shapes.applications import BoardCard
from tracker.shapes.enumerations import Stage
from tracker.shapes.filters import DUE, SORTS, Filters


def companies(person: Person, **filters: str) -> list[str]:
    return sorted(card.company for card in person.call(page, Filters(**filters)).cards)


@pytest.mark.parametrize("order", ["up", "down"])
@pytest.mark.parametrize("sort", list(SORTS))
def test_paging_shows_every_row_once_and_in_order(alice: Person, sort: str, order: str) -> None:
    every, whole = a_long_list(alice), Filters(sort=sort, order=order)
    seen: list[str] = []
    after = ""
    while True:
        part = alice.call(page, whole, after, 20)
        seen += [card.id for card in part.cards]
        after = part.after
        if not after:
            break
        assert len(part.cards) == 20
    assert set(seen) == every
    assert len(seen) == len(every)
    assert seen == [card.id for card in alice.call(page, whole, "", 500).cards]


@pytest.mark.parametrize("after", ["nonsense", "bm90IGpzb24=", "W10=", "WyJ4IiwieSJd", "é"])
def test_a_page_that_never_was_is_not_found(alice: Person, after: str) -> None:
    with pytest.raises(NotFound):
        alice.call(page, Filters(), after)


def test_a_page_of_another_order_is_not_found(alice: Person) -> None:
    a_long_list(alice, 30)
    by_company = alice.call(page, Filters(sort="company"), "", 10).after
    with pytest.raises(NotFound):
        alice.call(page, Filters(sort="touched"), by_company)


def test_filters_narrow_the_list(alice: Person) -> None:
    alice.add_application("Saved", tags="python", source="LinkedIn", workplace="remote")
    alice.add_application("Offered", stage="offer")
    closed = alice.add_application("Closed")
    alice.call(move, [closed], "closed", "rejected")
    assert companies(alice) == ["Closed", "Offered", "Saved"]
    assert companies(alice, stage="open") == ["Offered", "Saved"]
    assert companies(alice, stage="offer") == ["Offered"]
    assert companies(alice, outcome="rejected") == ["Closed"]
    assert companies(alice, tag="python") == companies(alice, source="LinkedIn") == ["Saved"]
    assert companies(alice, workplace="remote", tag="nothing") == []


def test_the_due_filter_follows_the_users_day_and_week(alice: Person) -> None:
    for company, deadline in (("Late", "2026-11-02"), ("Today", "2026-11-03"), ("Sunday", "2026-11-08")):
        alice.add_application(company, deadline=deadline)
    alice.add_application("Monday", deadline="2026-11-09")
    assert companies(alice, due="late") == ["Late"]
    assert companies(alice, due="today") == ["Late", "Today"]
    assert companies(alice, due="week") == ["Late", "Sunday", "Today"]
    assert companies(alice.with_settings(week_start=7), due="week") == ["Late", "Today"]
    assert companies(alice.with_settings(timezone="Pacific/Kiritimati"), due="late") == ["Late", "Today"]
    assert companies(alice.with_settings(timezone="Pacific/Pago_Pago"), due="late") == []
    assert set(DUE) == {"today", "week", "late"}


def test_a_deadline_that_was_met_is_no_longer_late(alice: Person) -> None:
    met = alice.add_application("Met", deadline="2026-11-01")
    assert alice.call(page, Filters()).cards[0].is_late
    alice.call(move, [met], "applied")
    card = alice.call(page, Filters()).cards[0]
    assert (card.is_late, card.deadline, companies(alice, due="late")) == (False, "", [])
    alice.call(move, [met], "offer")
    assert companies(alice, due="late") == ["Met"]


def test_a_closed_application_is_never_due(alice: Person) -> None:
    ended = alice.add_application("Ended", deadline="2026-11-01", follow_up_on="2026-11-01")
    alice.call(move, [ended], "closed", "withdrawn")
    assert companies(alice, due="today") == []


def test_deleted_applications_are_nowhere(alice: Person) -> None:
    alice.call(remove, [alice.add_application("Gone", tags="gone", source="Gone")])
    assert companies(alice) == []
    columns = alice.call(board_columns, Filters(), {})
    assert not any(column.cards or column.count for column in columns)
    assert alice.call(sources_and_tags) == ([], [])


def test_the_board_holds_each_stage_with_its_count_in_one_statement(alice: Person) -> None:
    for number in range(4):
        alice.add_application(f"Saved {number}")
    alice.add_application("Offered", stage="offer")
    with statements() as sent:
        columns = alice.call(board_columns, Filters(view="board"), {"saved": 3})
    assert len(sent) == 1
    assert [column.stage for column in columns] == [
        "saved", "applied", "screening", "interviewing", "offer", "closed",
    ]  # fmt: skip
    assert (columns[0].count, len(columns[0].cards), columns[0].has_more) == (4, 3, True)
    assert (columns[4].count, len(columns[4].cards), columns[4].has_more) == (1, 1, False)


def test_the_board_shows_what_was_touched_last_on_top(alice: Person, clock: object) -> None:
    first, _ = alice.add_application("First"), alice.add_application("Second")
    alice.call(edit, first, "location", "Berlin", "")
    with alice.scope() as scope:
        from sqlalchemy import text

        scope.session.execute(
            text("UPDATE application SET touched_at = now() + interval '1 year' WHERE id = :id"),
            {"id": first},
        )
    column = alice.call(board_columns, Filters(), {})[0]
    assert [card.company for card in column.cards] == ["First", "Second"]


def test_a_board_read_in_the_transaction_of_a_change_shows_it(alice: Person) -> None:
    moves = alice.add_application("Moves")
    with alice.scope() as scope:
        before = board_columns(scope, Filters(), {})
        move(scope, [moves], "offer")
        scope.reread()
        after = board_columns(scope, Filters(), {})
    assert [column.count for column in before] == [1, 0, 0, 0, 0, 0]
    assert [column.count for column in after] == [0, 0, 0, 0, 1, 0]
    assert [column.stage for column, was in zip(after, before, strict=True) if column != was] == [
        "saved",
        "offer",
    ]


def test_the_board_of_a_filter_shows_that_stage_only(alice: Person) -> None:
    alice.add_application()
    assert [c.stage for c in alice.call(board_columns, Filters(stage="offer"), {})] == ["offer"]
    assert "closed" not in [c.stage for c in alice.call(board_columns, Filters(stage="open"), {})]


def test_the_filters_offer_what_is_in_use_most_used_first(alice: Person) -> None:
    alice.add_application(source="LinkedIn", tags="python")
    alice.add_application(source="LinkedIn", tags="python, remote")
    alice.add_application(source="Referral")
    assert alice.call(sources_and_tags) == (["LinkedIn", "Referral"], ["python", "remote"])


def test_a_user_without_data_sees_empty_lists(charlie: Person, alice: Person) -> None:
    alice.add_application()
    assert charlie.call(page, Filters()).cards == []
    assert not any(column.count for column in charlie.call(board_columns, Filters(), {}))
    assert charlie.call(sources_and_tags) == ([], [])


def test_a_search_is_paged_like_any_list(alice: Person) -> None:
    for number in range(7):
        alice.add_application("Searched", f"Engineer {number}")
    seen, after = [], ""
    while len(seen) < 7:
        part = alice.call(page, Filters(q="searched engineer"), after, 3)
        seen += [card.role for card in part.cards]
        after = part.after
    assert sorted(seen) == [f"Engineer {number}" for number in range(7)]
    assert after == ""
    whole = alice.call(page, Filters(q="searched", sort="company"), "", 50)
    assert len(whole.cards) == 7


def test_a_card_on_the_board_says_what_comes_next(alice: Person) -> None:
    alice.add_application("Deadline", deadline="2026-11-05")
    alice.add_application("Late", deadline="2026-11-02", follow_up_on="2026-11-20")
    alice.add_application("Due", deadline="2026-11-05", follow_up_on="2026-11-03")
    alice.add_application("Nothing")
    meets = alice.add_application("Meets", follow_up_on="2026-11-01")
    alice.call(schedule, meets, {"starts_at": "2026-11-04T09:00"})
    columns = alice.call(board_columns, Filters(), {})
    next_steps = {card.company: (card.next, card.is_late) for column in columns for card in column.cards}
    assert next_steps == {
        "Deadline": ("Deadline in 2 days", False),
        "Late": ("Deadline yesterday", True),
        "Due": ("Follow-up today", True),
        "Nothing": ("", False),
        "Meets": ("Tomorrow, 09:00", False),
    }


def test_a_search_with_a_typing_error_is_paged_like_any_list(alice: Person) -> None:
    for number in range(7):
        alice.add_application("Anthropic", f"Engineer {number}")
    first = alice.call(page, Filters(q="antropic"), "", 3)
    assert (first.is_similar, len(first.cards), bool(first.after)) == (True, 3, True)
    assert [card.role for card in first.cards] == ["Engineer 6", "Engineer 5", "Engineer 4"]
    second = alice.call(page, Filters(q="antropic"), first.after, 3)
    assert [card.role for card in second.cards] == ["Engineer 3", "Engineer 2", "Engineer 1"]
    assert len(alice.call(page, Filters(q="antropic"), "", 50).cards) == 7


def test_a_move_reads_the_columns_it_changed_and_no_others(alice: Person) -> None:
    row_id, _ = alice.add_application("Acme", stage="applied"), alice.add_application("Globex")
    board = ListView(Filters(view="board"))
    before = alice.call(pages.page, board).columns
    moved = alice.call(pages.move, board, [row_id], "offer", "").page.columns
    whole = alice.call(pages.page, board).columns
    assert set(moved) == {"applied", "offer"} == {stage for stage in Stage if before[stage] != whole[stage]}
    assert moved == {stage: whole[stage] for stage in moved}


def test_single_columns_of_the_board_equal_those_of_the_whole(alice: Person) -> None:
    alice.add_application("Acme", stage="applied"), alice.add_application("Globex")
    whole = {column.stage: column for column in alice.call(board_columns, Filters(), {})}
    for only in ({"applied", "offer"}, {"saved"}, set[str]()):
        part = alice.call(board_columns, Filters(), {}, only)
        assert {column.stage: column for column in part} == {stage: whole[stage] for stage in only}


def test_a_card_of_the_board_is_rendered_again_after_each_change(alice: Person) -> None:
    row_id = alice.add_application("Acme", salary_from="50000", currency="EUR", salary_period="year")

    def card() -> BoardCard:
        return alice.call(board_columns, Filters(), {})[0].cards[0]

    first = card()
    assert card() is first
    alice.call(edit, row_id, "location", "Bergen", "")
    assert card().facts.startswith("Bergen")
    alice.call(edit, row_id, "company", "Globex", "Acme")
    assert (card().company, card().mark, first.company) == ("Globex", "G", "Acme")
