"""Salaries pasted into one field of a form or of an application."""

from decimal import Decimal
from typing import Any

import pytest

from tests.support.people import Person
from tracker.errors import Invalid
from tracker.services.applications.field_edits import edit
from tracker.services.applications.salary_fields import spread_salary

WISHED = ("salary_floor", "salary_target")


def salary(person: Person, row_id: str) -> tuple[Any, ...]:
    row = person.row("application", row_id)
    return row["salary_from"], row["salary_to"], row["currency"], row["salary_period"]


def test_a_maximum_in_the_field_of_the_lower_end_sets_the_higher_one(alice: Person) -> None:
    row_id = alice.add_application(salary_from="60000", currency="EUR", salary_period="year")
    alice.call(edit, row_id, "salary_from", "up to 70k", "60000")
    assert salary(alice, row_id) == (None, Decimal(70_000), "EUR", "year")


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
