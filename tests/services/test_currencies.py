"""Currencies by code, sign or everyday name."""

import pytest

from tracker.services.currencies import currency
from tracker.services.field_parsers import InvalidField


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("EUR", "EUR"), ("eur", "EUR"), ("€", "EUR"), ("euro", "EUR"), ("Euros", "EUR"), ("$", "USD"), ("US$", "USD"), ("dollars", "USD"),
        ("US Dollar", "USD"), ("£", "GBP"), ("￡", "GBP"), ("pounds sterling", "GBP"), ("British pound", "GBP"), ("CHF", "CHF"),
        ("Fr.", "CHF"), ("Swiss francs", "CHF"), ("¥", "JPY"), ("yen", "JPY"), ("zł", "PLN"), ("Kč", "CZK"), ("₹", "INR"), ("A$", "AUD"),
        ("kr", "SEK"), (" ", None),
    ],
)  # fmt: skip
def test_a_currency_is_accepted_by_code_sign_or_name(typed: str, code: str | None) -> None:
    assert currency(typed) == code


@pytest.mark.parametrize(("own", "code"), [("CAD", "CAD"), ("EUR", "USD")])
def test_a_sign_that_several_currencies_share_is_the_users_own(own: str, code: str) -> None:
    assert currency("$", own) == code


@pytest.mark.parametrize("typed", ["bitcoin", "EURO zone", "XXY", "1"])
def test_an_unknown_currency_is_rejected(typed: str) -> None:
    with pytest.raises(InvalidField, match="Use a currency's code, name or sign"):
        currency(typed)
