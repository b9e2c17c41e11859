"""Limits of applications: how many at once, how long back, how similar."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.support.clock import NOW
from tests.support.due_actions import Clock
from tests.support.people import Person
from tracker.errors import Invalid, NotFound, TooMany
from tracker.services.applications.application_fields import PARSERS, as_typed, check_salary
from tracker.services.applications.creation import possible_duplicates
from tracker.services.applications.deletion import purge, remove
from tracker.services.applications.stage_moves import follow_up, move
from tracker.services.field_parsers import InvalidField


@pytest.mark.parametrize(("seconds", "furthest"), [(600, "applied"), (601, "screening")])
def test_a_move_back_within_ten_minutes_is_a_slip(
    alice: Person, clock: Clock, seconds: int, furthest: str
) -> None:
    row_id = alice.add_application(stage="applied")
    alice.call(move, [row_id], "screening")
    clock.shift(timedelta(seconds=seconds))
    alice.call(move, [row_id], "applied")
    assert alice.row("application", row_id)["furthest"] == furthest


def test_a_slip_restores_the_day_of_applying_and_the_follow_up(alice: Person, clock: Clock) -> None:
    row_id = alice.add_application(follow_up_on="2026-12-01")
    before = alice.row("application", row_id)
    alice.call(move, [row_id], "applied")
    clock.shift(timedelta(minutes=1))
    alice.call(move, [row_id], "screening")
    clock.shift(timedelta(minutes=1))
    alice.call(move, [row_id], "saved")
    after = alice.row("application", row_id)
    names = ("stage", "furthest", "applied_on", "follow_up_on", "applied_at", "screening_at")
    assert [after[name] for name in names] == [before[name] for name in names]


@pytest.mark.parametrize(("number", "error"), [(500, NotFound), (501, TooMany)])
def test_five_hundred_applications_are_moved_at_once_and_no_more(
    alice: Person, number: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        alice.call(move, [str(uuid4()) for _ in range(number)], "applied")


def test_three_possible_duplicates_are_shown_the_same_posting_first(alice: Person, clock: Clock) -> None:
    address = "https://example.com/jobs/1"
    alice.add_application("Linear", "Cook", posting_url=address)
    for number in range(4):
        clock.shift(timedelta(minutes=1))
        alice.add_application("Linear", f"Engineer {number}")
    names = [match.name for match in alice.call(possible_duplicates, "Linear", "Engineer", address)]
    assert names == ["Cook at Linear", "Engineer 3 at Linear", "Engineer 2 at Linear"]


def test_only_similar_roles_of_a_company_are_possible_duplicates(alice: Person) -> None:
    for role in ("Senior Backend Engineer", "Cook"):
        alice.add_application("Linear", role)
    alice.add_application("Other", "Backend Engineer")
    matches = alice.call(possible_duplicates, "Linear", "Backend Engineer", "")
    assert [match.name for match in matches] == ["Senior Backend Engineer at Linear"]
    assert matches[0].standing == "Saved, added today"


@pytest.mark.parametrize(
    ("stage", "days"), [("saved", [7, None]), ("applied", [7, None]), ("screening", [3, None])]
)
def test_a_logged_follow_up_asks_for_the_next_until_there_were_two(
    alice: Person, stage: str, days: list[int | None]
) -> None:
    row_id = alice.add_application(stage=stage)
    seen = []
    for _ in days:
        alice.call(follow_up, row_id)
        on = alice.row("application", row_id)["follow_up_on"]
        with alice.scope() as scope:
            seen.append((on - scope.today).days if on else None)
    assert seen == days


@pytest.mark.parametrize(
    ("field", "longest"),
    [
        ("company", 200), ("role", 200), ("location", 200), ("source", 100), ("industry", 100),
        ("posting_text", 100_000), ("notes", 100_000),
    ],
)  # fmt: skip
def test_a_text_has_its_longest_length(field: str, longest: int) -> None:
    assert len(PARSERS[field]("x" * longest)) == longest
    with pytest.raises(InvalidField):
        PARSERS[field]("x" * (longest + 1))


@pytest.mark.parametrize("field", ["posting_text", "notes"])
def test_long_texts_keep_their_lines(field: str) -> None:
    assert PARSERS[field]("One\n\nTwo") == "One\n\nTwo"


def test_an_application_has_up_to_thirty_tags_of_forty_characters() -> None:
    tags = [f"{number:02}".ljust(40, "x") for number in range(30)]
    assert PARSERS["tags"](", ".join(tags)) == tags


@pytest.mark.parametrize(("typed", "tag"), [("Ｇｏ", "go"), ("İstanbul", "istanbul"), ("ﬁle", "file")])
def test_a_tag_is_the_same_however_its_letters_are_written(typed: str, tag: str) -> None:
    assert PARSERS["tags"](typed) == [tag]


@pytest.mark.parametrize(
    ("day", "is_valid"),
    [("1989-12-31", False), ("1990-01-01", True), ("2100-12-31", True), ("2101-01-01", False)],
)
def test_a_date_lies_between_1990_and_2100(day: str, is_valid: bool) -> None:
    if is_valid:
        assert PARSERS["deadline"](day).isoformat() == day
    else:
        with pytest.raises(InvalidField, match="Enter a year from 1990 to 2100"):
            PARSERS["deadline"](day)


@pytest.mark.parametrize(("low", "high"), [(50_000, 50_000), (None, 50_000), (50_000, None), (None, None)])
def test_a_salary_may_have_one_amount_or_one_end(low: int | None, high: int | None) -> None:
    check_salary(*[None if amount is None else Decimal(amount) for amount in (low, high)])


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("salary_to", "The maximum can't be less than the minimum."),
        ("salary_from", "The minimum can't exceed the maximum."),
    ],
)
def test_a_range_is_refused_beside_the_end_that_was_edited(field: str, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_salary(Decimal(50_001), Decimal(50_000), field)
    assert refused.value.fields == {field: message}


@pytest.mark.parametrize(
    ("amount", "raw"), [("65000", "65000"), ("42.50", "42.5"), ("100.00", "100"), ("0.5", "0.5"), ("0", "0")]
)
def test_an_amount_is_typed_without_trailing_zeros(amount: str, raw: str) -> None:
    assert as_typed(Decimal(amount)) == raw


def test_an_application_sent_today_was_not_sent_in_the_future(alice: Person) -> None:
    row_id = alice.add_application(stage="applied", applied_on="2026-11-03")
    assert str(alice.row("application", row_id)["applied_on"]) == "2026-11-03"


@pytest.mark.parametrize(
    ("field", "raw", "currency", "period"),
    [("salary_from", "60000", "USD", "year"), ("salary_to", "60000", "USD", "year"), ("location", "Bonn", None, None)],
)  # fmt: skip
def test_a_salary_alone_gets_a_currency_and_a_period(
    alice: Person, field: str, raw: str, currency: str | None, period: str | None
) -> None:
    row = alice.row("application", alice.add_application(**{field: raw}))
    assert (row["currency"], row["salary_period"]) == (currency, period)


def test_fields_stated_on_adding_replace_the_defaults(alice: Person) -> None:
    row = alice.row(
        "application",
        alice.add_application(
            stage="screening", applied_on="2026-10-01", follow_up_on="2026-11-20", source="Friend",
            salary_to="500", currency="GBP", salary_period="day", posting_url="https://jobs.lever.co/linear/1",
        ),
    )  # fmt: skip
    assert (row["stage"], row["furthest"]) == ("screening", "screening")
    assert (row["screening_at"], row["applied_at"]) == (row["stage_since"], None)
    assert (str(row["applied_on"]), str(row["follow_up_on"])) == ("2026-10-01", "2026-11-20")
    assert (row["source"], row["currency"], row["salary_period"]) == ("Friend", "GBP", "day")


@pytest.mark.parametrize("stage", ["nonsense", "closed", ""])
def test_an_application_is_saved_when_it_cannot_begin_in_a_stage(alice: Person, stage: str) -> None:
    row = alice.row("application", alice.add_application(stage=stage))
    assert (row["stage"], row["applied_on"], row["follow_up_on"]) == ("saved", None, None)


def test_deleting_names_one_application_and_counts_several(alice: Person) -> None:
    ids = [alice.add_application(f"Company {number}") for number in range(3)]
    assert alice.call(remove, ids[:1]) == "Engineer at Company 0 deleted"
    assert alice.call(remove, ids[1:]) == "2 applications deleted"


@pytest.mark.parametrize(("seconds", "is_purged"), [(0, False), (1, True)])
def test_undo_of_a_deletion_is_possible_for_thirty_days(alice: Person, seconds: int, is_purged: bool) -> None:
    row_id = alice.add_application()
    alice.call(remove, [row_id])
    deleted_at = NOW - timedelta(days=30, seconds=seconds)
    alice.rows("UPDATE application SET deleted_at = :at WHERE id = :id RETURNING 1", at=deleted_at, id=row_id)
    purge()
    assert (alice.rows("SELECT 1 FROM application WHERE id = :id", id=row_id) == []) == is_purged
