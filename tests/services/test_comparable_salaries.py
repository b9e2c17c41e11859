"""Salaries per year and converted, with rates compared with a central bank's."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.services.comparable_salaries import RATES_OF, converted, offered

ECB_DAY = date(2025, 7, 7)
FOR_A_EURO = {
    "USD": 1.173, "GBP": 0.861, "CHF": 0.935, "SEK": 11.16, "NOK": 11.88, "DKK": 7.46, "ISK": 142.4, "PLN": 4.249,
    "CZK": 24.63, "HUF": 399.7, "RON": 5.066, "BGN": 1.956, "TRY": 46.91, "ILS": 3.912, "CAD": 1.602, "MXN": 21.97,
    "BRL": 6.383, "AUD": 1.804, "NZD": 1.955, "JPY": 170.7, "CNY": 8.413, "HKD": 9.206, "SGD": 1.500, "KRW": 1604,
    "INR": 100.8, "IDR": 19060, "MYR": 4.967, "PHP": 66.45, "THB": 38.22, "ZAR": 20.82,
}  # fmt: skip
"""Reference rates of the European Central Bank on that day, to four digits."""


def test_a_salary_is_brought_to_a_year_and_a_currency() -> None:
    assert offered(Decimal(50), None, "USD", "hour") == (104_000, "USD")
    assert offered(Decimal(400), Decimal(500), "GBP", "day") == (117_000, "GBP")
    assert offered(None, Decimal(5_000), "EUR", "month") == (60_000, "EUR")
    assert offered(Decimal(1_000), None, "EUR", "week") == (52_000, "EUR")
    assert offered(Decimal(60_000), None, "EUR", None) == (60_000, "EUR")
    assert offered(Decimal(60_000), None, "EUR", "year") == (60_000, "EUR")
    assert offered(None, None, "EUR", "year") is None
    assert offered(Decimal(60_000), None, None, "year") is None
    assert converted(118, "USD", "EUR", {}) == pytest.approx(100)
    assert converted(100, "EUR", "USD", {"USD": 1.5}) == 150
    assert converted(100, "USD", "GBP", {"USD": 2.0, "GBP": 0.5}) == 25


def test_a_salary_in_the_users_currency_needs_no_rate_and_any_other_two() -> None:
    assert converted(100, "XTS", "XTS", {}) == 100
    assert converted(100, "XTS", "EUR", {}) is None
    assert converted(100, "EUR", "XTS", {}) is None
    assert converted(100, "XTS", "EUR", {"XTS": 4.0}) == 25


@pytest.mark.parametrize("code", FOR_A_EURO)
def test_a_bundled_rate_is_near_the_central_banks(code: str) -> None:
    assert converted(1, "EUR", code, {}) == pytest.approx(FOR_A_EURO[code], rel=0.015)


def test_the_dirham_is_pegged_to_the_dollar() -> None:
    assert converted(1, "USD", "AED", {}) == pytest.approx(3.6725, rel=0.01)


def test_the_bundled_rates_are_of_the_week_they_are_dated() -> None:
    assert 0 <= (ECB_DAY - RATES_OF).days < 7
