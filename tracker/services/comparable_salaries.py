"""Comparable salaries: per year, and converted by a table of rates that users see and change."""

from datetime import date
from decimal import Decimal

PER_YEAR = {"year": 1, "month": 12, "week": 52, "day": 260, "hour": 2080}
"""Periods in a year of 52 weeks of 5 days of 8 hours, holidays paid."""

RATES_OF = date(2025, 7, 1)
RATES: dict[str, float] = {
    "EUR": 1, "USD": 1.18, "GBP": 0.86, "CHF": 0.935, "SEK": 11.15, "NOK": 11.9, "DKK": 7.46, "ISK": 142,
    "PLN": 4.25, "CZK": 24.7, "HUF": 400, "RON": 5.07, "BGN": 1.956, "UAH": 49.2, "TRY": 46.9, "ILS": 3.97,
    "CAD": 1.61, "MXN": 22.1, "BRL": 6.4, "AUD": 1.79, "NZD": 1.94, "JPY": 170, "CNY": 8.44, "HKD": 9.25,
    "SGD": 1.5, "KRW": 1600, "INR": 101, "IDR": 19150, "MYR": 4.96, "PHP": 66.5, "THB": 38.2, "AED": 4.33,
    "ZAR": 20.8,
}  # fmt: skip
"""Units of a currency per euro, roughly, around that day; not official, and never updated online."""


def yearly(amount: Decimal, period: str | None) -> float:
    """Return an amount for a period as an amount per year."""
    return float(amount) * PER_YEAR[period or "year"]


def converted(amount: float, currency: str, into: str, own: dict[str, float]) -> float | None:
    """Return an amount in another currency; None without a rate."""
    if currency == into:
        return amount
    rates = {**RATES, **own} if own else RATES
    if currency not in rates or into not in rates:
        return None
    return amount / rates[currency] * rates[into]


def offered(
    low: Decimal | None, high: Decimal | None, currency: str | None, period: str | None
) -> tuple[float, str] | None:
    """Return a posting's yearly pay, the middle of a range, and its currency; None where it names none."""
    figures = [float(amount) for amount in (low, high) if amount is not None]
    if not figures or not currency:
        return None
    return sum(figures) / len(figures) * PER_YEAR[period or "year"], currency
