"""Salaries pasted into one field of a form or of an application."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.people import Person
from tracker.errors import Conflict, Invalid
from tracker.services.applications.field_edits import edit
from tracker.services.applications.salary_fields import salary_as_typed, spread_salary
from tracker.services.salaries import Salary, read_salary
from tracker.shapes.enumerations import Period

WISHED = ("salary_floor", "salary_target")


def salary(person: Person, row_id: str) -> tuple[Any, ...]:
    row = person.row("application", row_id)
    return row["salary_from"], row["salary_to"], row["currency"], row["salary_period"]


def test_a_maximum_in_the_field_of_the_lower_end_sets_the_higher_one(alice: Person) -> None:
    row_id = alice.add_application(salary_from="60000", currency="EUR", salary_period="year")
    alice.call(edit, row_id, "salary_from", "up to 70k", "60000")
    assert salary(alice, row_id) == (None, Decimal(70_000), "EUR", "year")


@pytest.mark.parametrize(
    ("raw", "saved"),
    [
        ("80k", (80_000, None, "EUR", "year")),
        ("up to 80k", (None, 80_000, "EUR", "year")),
        ("$3,000–4,000 a month", (3_000, 4_000, "USD", "month")),
        ("65–70k", (65_000, 70_000, "EUR", "year")),
        ("", (None, None, "EUR", "year")),
    ],
)
def test_a_whole_salary_is_edited_in_one_field(alice: Person, raw: str, saved: tuple[Any, ...]) -> None:
    row_id = alice.add_application(salary_from="60k–70k", currency="EUR", salary_period="year")
    alice.call(edit, row_id, "salary", raw, "60000–70000 EUR per year")
    assert salary(alice, row_id) == saved


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("lots", "Use an amount, such as 65000, 65k or €60k–70k a year."),
        ("80k–70k", "The minimum can't exceed the maximum."),
    ],
)
def test_an_invalid_salary_is_refused_beside_its_field(alice: Person, raw: str, message: str) -> None:
    row_id = alice.add_application()
    with pytest.raises(Invalid) as invalid:
        alice.call(edit, row_id, "salary", raw, "")
    assert invalid.value.fields == {"salary": message}


def test_an_edit_of_a_salary_that_was_changed_elsewhere_is_a_conflict(alice: Person) -> None:
    row_id = alice.add_application(salary_from="60k", currency="EUR", salary_period="hour")
    with pytest.raises(Conflict) as conflict:
        alice.call(edit, row_id, "salary", "80k", "50000 EUR per hour")
    assert (conflict.value.mine, conflict.value.theirs) == ("80k", "60000 EUR per hour")


@pytest.mark.parametrize("period", list(Period))
@pytest.mark.parametrize("code", ["EUR", "JPY", "INR", "CHF", "SEK", "USD", "XOF"])
@pytest.mark.parametrize("ends", [("60000", None), (None, "60000.50"), ("6", "7.25"), ("1200000", "1200000")])
def test_a_salary_is_read_back_from_its_editable_text(
    ends: tuple[str | None, str | None], code: str, period: Period
) -> None:
    low, high = (Decimal(end) if end else None for end in ends)
    row = SimpleNamespace(salary_from=low, salary_to=high, currency=code, salary_period=period.value)
    assert read_salary(salary_as_typed(row)) == Salary(low, high, (code,), period)


@pytest.mark.parametrize(
    ("typed", "stated"),
    [
        ({"salary_target": "$3,000-4,000 a month"}, ("3000", "4000", "USD", "month")),
        ({"salary_target": "$4,000"}, ("", "4000", "USD", "year")),
        ({"salary_target": "4,000 a month"}, ("", "4000", "EUR", "month")),
        ({"salary_target": "4,000"}, ("", "4000", "EUR", "year")),
        ({"salary_floor": "$3,000 a month", "salary_target": "4,000"}, ("3000", "4000", "USD", "month")),
    ],
)
def test_a_form_whose_currency_and_period_are_always_set_takes_the_stated_ones(
    typed: dict[str, str], stated: tuple[str, ...]
) -> None:
    form = {"currency": "EUR", "salary_period": "year", **typed}
    fields = spread_salary(form, "EUR", WISHED, replaces=True)
    names = (*WISHED, "currency", "salary_period")
    assert tuple(fields.get(name, "") for name in names) == stated


def test_two_salaries_in_two_currencies_contradict_each_other() -> None:
    form = {"currency": "EUR", "salary_period": "year", "salary_floor": "$3,000", "salary_target": "£4,000"}
    with pytest.raises(Invalid) as refused:
        spread_salary(form, "EUR", WISHED, replaces=True)
    assert refused.value.fields == {"currency": "The other salary field says GBP. Change one of them."}
