"""Each part of a pasted salary goes to the field that it belongs to, and contradicts none."""

from decimal import Decimal
from typing import Any

import pytest

from tracker.errors import Invalid
from tracker.models import Application
from tracker.services.applications.salary_fields import salary_changes, spread_salary

FIELDS = ("salary_from", "salary_to", "currency", "salary_period")


def spread(own: str = "USD", **typed: str) -> tuple[str, ...]:
    fields = spread_salary(typed, own)
    return tuple(fields.get(name, "") for name in FIELDS)


@pytest.mark.parametrize(
    ("typed", "own", "fields"),
    [
        ({"salary_from": "60k"}, "USD", ("60000", "", "", "")),
        ({"salary_to": "70k"}, "USD", ("", "70000", "", "")),
        ({"salary_from": "$60k"}, "CAD", ("60000", "", "CAD", "")),
        ({"salary_from": "$60k"}, "EUR", ("60000", "", "USD", "")),
        ({"salary_from": "$60k", "currency": "CAD"}, "USD", ("60000", "", "CAD", "")),
        ({"salary_from": "60k", "currency": "$"}, "CAD", ("60000", "", "CAD", "")),
        ({"salary_from": "$60k", "currency": "dollars"}, "AUD", ("60000", "", "AUD", "")),
        ({"salary_from": "€60k", "currency": "euro"}, "USD", ("60000", "", "EUR", "")),
        ({"salary_from": "$60k", "salary_to": "$70k"}, "AUD", ("60000", "70000", "AUD", "")),
        ({"salary_from": "60k a year", "salary_period": "year"}, "USD", ("60000", "", "", "year")),
        ({"salary_from": "up to 70k", "salary_to": "70,000"}, "USD", ("", "70000", "", "")),
        ({"salary_from": "lots", "salary_to": "70k"}, "USD", ("lots", "70000", "", "")),
        ({"salary_from": "60k", "currency": "gold"}, "USD", ("60000", "", "gold", "")),
        ({}, "USD", ("", "", "", "")),
    ],
)
def test_a_salary_is_spread_over_the_fields_of_a_form(
    typed: dict[str, str], own: str, fields: tuple[str, ...]
) -> None:
    assert spread(own, **typed) == fields


def test_a_currency_that_cannot_be_read_is_refused_beside_a_stated_one() -> None:
    with pytest.raises(Invalid) as wrong:
        spread(salary_from="€60k", currency="gold")
    assert list(wrong.value.fields) == ["currency"]


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"salary_from": "60k–70k", "salary_to": "80k"}, {"salary_to": "The other salary field says 70000. Change one of them."}),
        ({"salary_from": "60k a year", "salary_period": "month"}, {"salary_period": "The other salary field says year. Change one of them."}),
    ],
)  # fmt: skip
def test_a_contradiction_is_said_beside_its_field(typed: dict[str, str], fields: dict[str, str]) -> None:
    with pytest.raises(Invalid) as wrong:
        spread(**typed)
    assert wrong.value.fields == fields


def test_a_form_without_a_stated_currency_and_period_keeps_its_own() -> None:
    form = {"currency": "EUR", "salary_period": "year", "low": "60k", "high": "$70k a month"}
    unchanged = spread_salary({**form, "high": "70k"}, "EUR", ("low", "high"), replaces=True)
    assert (unchanged["currency"], unchanged["salary_period"]) == ("EUR", "year")
    stated = spread_salary(form, "EUR", ("low", "high"), replaces=True)
    assert (stated["currency"], stated["salary_period"], stated["low"]) == ("USD", "month", "60000")


def test_ends_of_any_name_agree_by_their_amounts() -> None:
    agreed = spread_salary({"low": "60k–70k", "high": "70,000"}, "EUR", ("low", "high"))
    assert (agreed["low"], agreed["high"]) == ("60000", "70000")


def changes(field: str, raw: str, own: str = "EUR", **row: Any) -> dict[str, Any]:
    stored = {"salary_from": None, "salary_to": None, "currency": "EUR", "salary_period": "year"} | row
    return salary_changes(Application(**stored), field, raw, own)


@pytest.mark.parametrize(
    ("field", "raw", "values"),
    [
        ("salary_from", "60k", {"salary_from": Decimal(60_000)}),
        ("salary_to", "70k", {"salary_to": Decimal(70_000)}),
        ("salary_to", "up to 70k", {"salary_to": Decimal(70_000)}),
        ("salary_from", "up to 70k", {"salary_from": None, "salary_to": Decimal(70_000)}),
        ("salary_from", "60k–70k", {"salary_from": Decimal(60_000), "salary_to": Decimal(70_000)}),
        ("salary_to", "60k–70k", {"salary_from": Decimal(60_000), "salary_to": Decimal(70_000)}),
        ("salary_from", "", {"salary_from": None}),
        ("salary_from", "£500 a day", {"salary_from": Decimal(500), "currency": "GBP", "salary_period": "day"}),
    ],
)  # fmt: skip
def test_an_edit_of_one_end_sets_what_it_states(field: str, raw: str, values: dict[str, Any]) -> None:
    assert changes(field, raw) == values


@pytest.mark.parametrize(
    ("currency", "own", "code"),
    [("CAD", "EUR", "CAD"), ("EUR", "AUD", "AUD"), ("EUR", "EUR", "USD"), (None, "AUD", "AUD")],
)
def test_a_shared_sign_keeps_the_rows_currency_or_is_the_users_own(
    currency: str | None, own: str, code: str
) -> None:
    assert changes("salary_from", "$60k", own, currency=currency)["currency"] == code


@pytest.mark.parametrize(
    ("field", "raw", "row", "part"),
    [
        ("salary_from", "£60k", {"salary_to": Decimal(1)}, "currency"),
        ("salary_to", "£60k", {"salary_from": Decimal(1)}, "currency"),
        ("salary_from", "60 an hour", {"salary_to": Decimal(1)}, "period"),
    ],
)
def test_an_end_in_another_currency_or_period_than_the_other_end_is_refused(
    field: str, raw: str, row: dict[str, Any], part: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        changes(field, raw, **row)
    assert wrong.value.fields == {
        field: f"The other salary field uses a different {part}. Enter both, such as 60k–70k."
    }


@pytest.mark.parametrize(
    ("raw", "row"),
    [
        ("60k", {"salary_to": Decimal(1)}),
        ("€60k a year", {"salary_to": Decimal(1)}),
        ("£60k", {"salary_to": Decimal(1), "currency": None}),
        ("£60k a day", {}),
        ("£60k–70k a day", {"salary_to": Decimal(1)}),
        ("up to £70k a day", {"salary_to": Decimal(1)}),
    ],
)
def test_an_end_that_agrees_or_replaces_the_other_is_taken(raw: str, row: dict[str, Any]) -> None:
    assert changes("salary_from", raw, **row)
