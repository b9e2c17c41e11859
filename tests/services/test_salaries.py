"""Salaries as people paste them."""

from decimal import Decimal

import pytest

from tracker.services.field_parsers import InvalidField
from tracker.services.salaries import read_salary


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period"),
    [
        ("65.000 €", 65_000, None, "EUR", None),
        ("€65k", 65_000, None, "EUR", None),
        ("60k–70k", 60_000, 70_000, "", None),
        ("19,19 €/Std.", "19.19", None, "EUR", "hour"),
        ("12,00,000", 1_200_000, None, "", None),
        ("₹12,00,000.50", "1200000.50", None, "INR", None),
        ("12 LPA", 1_200_000, None, "INR", "year"),
        ("CHF 120'000.–", 120_000, None, "CHF", None),
        ("CHF 120’000.--", 120_000, None, "CHF", None),
        ("$120,000-$150,000 a year", 120_000, 150_000, "USD", "year"),
        ("$100,000.00 - $120,000.00 /year", 100_000, 120_000, "USD", "year"),
        ("£45k pa", 45_000, None, "GBP", "year"),
        ("£30,000 to £35,000 per annum plus benefits", 30_000, 35_000, "GBP", "year"),
        ("3.500 € brutto/Monat", 3_500, None, "EUR", "month"),
        ("3.500-4.000 Euro p. m.", 3_500, 4_000, "EUR", "month"),
        ("120K USD", 120_000, None, "USD", None),
        ("A$120k + super", 120_000, None, "AUD", None),
        ("$120k CAD", 120_000, None, "CAD", None),
        ("60-70k", 60_000, 70_000, "", None),
        ("60 bis 70 Tsd. €", 60_000, 70_000, "EUR", None),
        ("between 60k and 70k", 60_000, 70_000, "", None),
        ("up to $150k", None, 150_000, "USD", None),
        ("bis zu 90.000 €", None, 90_000, "EUR", None),
        ("ab 60k", 60_000, None, "", None),
        ("100k+", 100_000, None, "", None),
        ("€65k + 10% bonus", 65_000, None, "EUR", None),
        ("65 000,50 €", "65000.50", None, "EUR", None),
        ("45 000 € par an", 45_000, None, "EUR", "year"),
        ("2.500 € al mes", 2_500, None, "EUR", "month"),
        ("R$ 8.000,00", 8_000, None, "BRL", None),
        ("R 45 000 pm", 45_000, None, "ZAR", "month"),
        ("15 000 zł", 15_000, None, "PLN", None),
        ("kr 550 000", 550_000, None, "SEK", None),
        ("¥6,000,000", 6_000_000, None, "JPY", None),
        ("年収600万円", 6_000_000, None, "JPY", "year"),
        ("１２０，０００", 120_000, None, "", None),
        ("65 TEUR", 65_000, None, "EUR", None),
        ("1,5 Mio", 1_500_000, None, "", None),
        ("1.125M", 1_125_000, None, "", None),
        ("$45.50 per hour", "45.50", None, "USD", "hour"),
        ("£500 p/d", 500, None, "GBP", "day"),
        ("$3.5k/week", 3_500, None, "USD", "week"),
        ("65,000.50", "65000.50", None, "", None),
        ("1.200,50", "1200.50", None, "", None),
        ("0.5k", 500, None, "", None),
        ("0", 0, None, "", None),
        ("60k-70", 60_000, 70_000, "", None),
        ("1000-70k", 1_000, 70_000, "", None),
        ("999-999k", 999_000, 999_000, "", None),
        ("65k per year.", 65_000, None, "", "year"),
        ("500 € daily.", 500, None, "EUR", "day"),
        (f"65000{' ' * 195}", 65_000, None, "", None),
        (" ", None, None, "", None),
    ],
)
def test_amounts_currency_and_period_are_read(
    text: str, low: int | str | None, high: int | None, currency: str, period: str | None
) -> None:
    salary = read_salary(text)
    amounts = tuple(None if amount is None else Decimal(amount) for amount in (low, high))
    assert (salary.low, salary.high) == amounts
    assert ((*salary.currencies, "")[0], salary.period) == (currency, period)


@pytest.mark.parametrize(
    "text",
    ["lots", "competitive", "nan", "1e9", "E13", "Level 5", "5000 x 14", "65k 70k 80k", "€60k ($70k)", "€60 £70", "1,2,3", "12.345.6",
     "70k per year per month", "€", "k", "9" * 201, "10%", "65k foo", f"65000{' ' * 196}", f"65000{' ' * 194}x"],
)  # fmt: skip
def test_text_that_is_no_single_salary_is_rejected(text: str) -> None:
    with pytest.raises(InvalidField, match=r"Use an amount, such as 65000, 65k or €60k–70k a year\."):
        read_salary(text)


@pytest.mark.parametrize("text", ["-5", "−5 €", "9999999999.999", "9999999.999999k", "99999 Mio", "9" * 60])
def test_amounts_that_cannot_be_stored_are_rejected(text: str) -> None:
    with pytest.raises(InvalidField, match="Use a number from 0 to 9,999,999,999"):
        read_salary(text)
