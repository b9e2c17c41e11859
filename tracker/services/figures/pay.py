"""Yearly pay in the currency in which the user compares salaries."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Float, case, cast, func, select

from tracker.db import Scope
from tracker.models import wishes
from tracker.services.comparable_salaries import PER_YEAR, RATES

UNKNOWN, UNRATED = -1, -2
"""Placeholders for unknown pay, and for pay in a currency without a known rate."""


@dataclass(frozen=True)
class Money:
    """The currency that pay is converted to, and the user's own rates per euro."""

    into: str
    own: tuple[tuple[str, float], ...] = ()

    @property
    def rates(self) -> dict[str, float]:
        """The bundled rates, overridden by the user's own."""
        return {**RATES, **dict(self.own)}


def money(scope: Scope) -> Money:
    """Return how the user's priorities compare salaries."""
    rows = scope.rows(select(wishes.currency, wishes.rates).where(wishes.user_id == scope.user_id))
    return money_of(scope, rows[0]["currency"], rows[0]["rates"]) if rows else money_of(scope)


def money_of(scope: Scope, currency: str | None = None, rates: dict[str, Any] | None = None) -> Money:
    """Return the same from the values of a wishes row; the user's currency where none was chosen."""
    own = sorted((name, float(rate)) for name, rate in (rates or {}).items())
    return Money(currency or scope.who.currency, tuple(own))


def yearly_pay(on: Any, of: Money) -> ColumnElement[float]:
    """Return the yearly pay, the middle of a range, converted; null if it is unknown or has no rate."""
    low, high = func.coalesce(on.salary_from, on.salary_to), func.coalesce(on.salary_to, on.salary_from)
    amount = (cast(low, Float) + cast(high, Float)) / 2 * case(PER_YEAR, value=on.salary_period)
    pay: ColumnElement[float] = _converted(amount, on, of)
    return pay


def yearly(on: Any, of: Money) -> ColumnElement[int]:
    """Return the yearly pay, converted, to two digits: 68000; -1 if unknown, -2 without a rate."""
    figure, low = yearly_pay(on, of), func.coalesce(on.salary_from, on.salary_to)
    step = func.power(10, func.floor(func.log(func.greatest(figure, 10))) - 1)
    return cast(
        case(
            (low.is_(None) | on.currency.is_(None), UNKNOWN),
            (figure.is_(None), UNRATED),
            else_=func.floor(figure / step) * step,
        ),
        BigInteger,
    )


def _converted(amount: Any, on: Any, of: Money) -> Any:
    """Return an amount in the user's currency, computed as priorities do; null without a rate."""
    rates, is_own = of.rates, on.currency == of.into
    if of.into not in rates:
        return case((is_own, amount))
    rate = cast(
        case({name: float(rate_of_currency) for name, rate_of_currency in rates.items()}, value=on.currency),
        Float,
    )
    return case((is_own, amount), else_=amount / rate * float(rates[of.into]))
