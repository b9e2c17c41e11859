"""Cards of the table and of the board, as of Tuesday, 3 November 2026."""

from decimal import Decimal
from typing import Any

import pytest

from tests.support.people import Person
from tracker.services.applications.application_list import page
from tracker.services.applications.board import board_columns
from tracker.services.applications.cards import mark, salary_text, short_salary
from tracker.services.applications.stage_moves import move
from tracker.services.interviews.scheduling import schedule
from tracker.services.interviews.state_changes import cancel
from tracker.shapes.applications import BoardCard, Card
from tracker.shapes.filters import Filters


def table_card(person: Person) -> Card:
    (card,) = person.call(page, Filters()).cards
    return card  # type: ignore[no-any-return]


def board_card(person: Person) -> BoardCard:
    (card,) = [card for column in person.call(board_columns, Filters(), {}) for card in column.cards]
    return card


def test_a_card_shows_each_field_as_text(alice: Person) -> None:
    alice.add_application(
        "Acme", "Cook", "applied", location="Berlin", workplace="remote", salary_from="72000", salary_to="84000",
        currency="EUR", salary_period="year", source="LinkedIn", excitement="4", tags="b, a",
        applied_on="2026-10-30", deadline="2026-11-05", follow_up_on="2026-11-06",
    )  # fmt: skip
    alice.rows("UPDATE priority SET score = 77 RETURNING 1")
    card = table_card(alice)
    assert (card.company, card.role, card.mark, card.stage) == ("Acme", "Cook", "A", "applied")
    assert (card.standing, card.outcome, card.score, card.excitement) == ("Applied", "", 77, 4)
    assert (card.location, card.workplace, card.source, card.tags) == (
        "Berlin", "Remote", "LinkedIn", ["b", "a"],
    )  # fmt: skip
    assert (card.salary, card.pay) == ("€72,000 – €84,000 a year", "€72–84k")
    assert (card.applied, card.applied_exact) == ("4 days ago", "Fri 30 Oct 2026")
    assert (card.deadline, card.deadline_exact) == ("", "Thu 5 Nov 2026")  # met by applying
    assert (card.follow_up, card.interview, card.touched) == ("in 3 days", "", "today")
    assert card.facts == "Berlin · €72–84k"
    on_board = board_card(alice)
    assert (on_board.company, on_board.role, on_board.mark, on_board.outcome) == ("Acme", "Cook", "A", "")
    assert (on_board.facts, on_board.score, on_board.touched) == ("Berlin · €72–84k", 77, "today")


def test_a_card_of_an_application_with_nothing_but_a_name_is_empty(alice: Person) -> None:
    alice.add_application()
    alice.rows("DELETE FROM priority RETURNING 1")
    card = table_card(alice)
    texts = (
        card.outcome, card.location, card.workplace, card.salary, card.pay, card.source, card.applied,
        card.applied_exact, card.deadline, card.deadline_exact, card.follow_up, card.interview, card.facts,
    )  # fmt: skip
    assert set(texts) == {""}
    assert (card.excitement, card.score, card.tags, card.is_late, card.is_due) == (0, 0, [], False, False)
    on_board = board_card(alice)
    assert {on_board.outcome, on_board.facts, on_board.next, on_board.next_exact} == {""}
    assert (on_board.score, on_board.has_interview, on_board.is_late) == (0, False, False)


def test_a_workplace_stands_for_a_location_that_is_not_known(alice: Person) -> None:
    alice.add_application(workplace="hybrid")
    assert (table_card(alice).facts, board_card(alice).facts) == ("Hybrid", "Hybrid")


def test_a_closed_application_shows_its_outcome_and_no_dates_to_act_on(alice: Person) -> None:
    row_id = alice.add_application(deadline="2026-11-01", follow_up_on="2026-11-01")
    alice.call(move, [row_id], "closed", "rejected")
    card, on_board = table_card(alice), board_card(alice)
    assert (card.standing, card.outcome, on_board.outcome) == ("Rejected", "rejected", "rejected")
    assert (card.deadline, card.follow_up, card.is_late, card.is_due) == ("", "", False, False)
    assert (on_board.next, on_board.is_late) == ("", False)


@pytest.mark.parametrize(
    ("stage", "deadline", "follow_up", "in_table", "on_board"),
    [
        # in the table: (deadline, is_late, follow_up, is_due); on the board: (next, next_exact, is_late)
        ("saved", "2026-11-04", "", ("tomorrow", False, "", False), ("Deadline tomorrow", "Wed 4 Nov 2026", False)),
        ("saved", "2026-11-03", "", ("today", False, "", False), ("Deadline today", "Tue 3 Nov 2026", False)),
        ("saved", "2026-11-02", "", ("yesterday", True, "", False), ("Deadline yesterday", "Mon 2 Nov 2026", True)),
        ("offer", "2026-11-02", "", ("yesterday", True, "", False), ("Deadline yesterday", "Mon 2 Nov 2026", True)),
        ("applied", "2026-11-02", "2026-11-04", ("", False, "tomorrow", False), ("Follow-up tomorrow", "", False)),
        ("saved", "", "2026-11-04", ("", False, "tomorrow", False), ("Follow-up tomorrow", "", False)),
        ("saved", "", "2026-11-03", ("", False, "today", True), ("Follow-up today", "", True)),
        ("saved", "2026-11-05", "2026-11-03", ("in 2 days", False, "today", True), ("Follow-up today", "", True)),
        ("saved", "2026-11-05", "2026-11-04", ("in 2 days", False, "tomorrow", False), ("Deadline in 2 days", "Thu 5 Nov 2026", False)),
    ],
)  # fmt: skip
def test_a_date_is_late_after_its_day_and_a_follow_up_due_on_its_day(
    alice: Person,
    stage: str,
    deadline: str,
    follow_up: str,
    in_table: tuple[Any, ...],
    on_board: tuple[Any, ...],
) -> None:
    alice.add_application(stage=stage, deadline=deadline, follow_up_on=follow_up)
    card = table_card(alice)
    assert (card.deadline, card.is_late, card.follow_up, card.is_due) == in_table
    there = board_card(alice)
    assert (there.next, there.next_exact, there.is_late) == on_board


def test_a_card_shows_the_next_scheduled_interview_of_its_own(alice: Person) -> None:
    row_id = alice.add_application("Mine", stage="interviewing", follow_up_on="2026-11-01")
    other = alice.add_application("Other", stage="interviewing")
    for starts_at in ("2026-11-03T11:00", "2026-11-06T09:00", "2026-11-05T09:00"):  # the first begins now
        alice.call(schedule, row_id, {"starts_at": starts_at})
    alice.call(cancel, alice.call(schedule, row_id, {"starts_at": "2026-11-04T08:00"}))
    alice.call(schedule, other, {"starts_at": "2026-11-04T07:00"})
    cards = {card.company: card.interview for card in alice.call(page, Filters()).cards}
    assert cards == {"Mine": "Thu 5 Nov, 09:00", "Other": "Tomorrow, 07:00"}
    columns = alice.call(board_columns, Filters(), {})
    mine = next(card for column in columns for card in column.cards if card.company == "Mine")
    assert (mine.next, mine.has_interview, mine.is_late) == ("Thu 5 Nov, 09:00", True, False)


@pytest.mark.parametrize(
    ("company", "letters"),
    [("Acme", "A"), ("acme rockets", "AR"), ("Acme Rockets Lab", "AR"), ("(Acme) Rockets", "R"), ("…x", "…")],
)
def test_a_mark_has_the_first_letters_of_at_most_two_words(company: str, letters: str) -> None:
    assert mark(company) == letters


@pytest.mark.parametrize(
    ("low", "high", "currency", "period", "whole", "short"),
    [
        ("72000", "84000", "EUR", "year", "€72,000 – €84,000 a year", "€72–84k"),
        ("72000", "72000", "EUR", "year", "€72,000 a year", "€72k"),
        ("72100", "72400", "EUR", "year", "€72,100 – €72,400 a year", "€72k"),
        ("72600", None, "EUR", "year", "from €72,600 a year", "from €73k"),
        (None, "84000", "EUR", "year", "up to €84,000 a year", "up to €84k"),
        ("1000", None, "EUR", "year", "from €1,000 a year", "from €1k"),
        ("999", "2000", "EUR", "year", "€999 – €2,000 a year", "€999 – €2,000 a year"),
        ("5000", "6000", "GBP", "month", "£5,000 – £6,000 a month", "£5,000 – £6,000 a month"),
        ("42.5", None, "GBP", "hour", "from £42.50 an hour", "from £42.50 an hour"),
        ("65000", "65000", None, None, "US$65,000 a year", "US$65,000 a year"),
        ("65000", "65000", None, "year", "US$65,000 a year", "US$65k"),
        (None, None, "EUR", "year", "", ""),
    ],
)
def test_a_salary_is_shown_whole_and_in_short(
    low: str | None, high: str | None, currency: str | None, period: str | None, whole: str, short: str
) -> None:
    ends = [Decimal(amount) if amount else None for amount in (low, high)]
    assert salary_text(*ends, currency, period, "en-GB") == whole
    assert short_salary(*ends, currency, period, "en-GB") == short
