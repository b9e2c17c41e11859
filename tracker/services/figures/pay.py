"""Pay made comparable: what a year pays, in the currency in which the person compares salaries."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Float, case, cast, func, select

from tracker.db import Scope
from tracker.models import wishes
from tracker.services.priority.money import PER_YEAR, RATES

UNKNOWN, UNRATED = -1, -2
"""What stands for pay that isn't known, and for pay in a currency of which no rate is known."""


@dataclass(frozen=True)
class Money:
    """The currency that pay is converted to, and the person's own rates: how many of each currency make one euro."""

    into: str
    own: tuple[tuple[str, float], ...] = ()

    @property
    def rates(self) -> dict[str, float]:
        """The bundled rates with the person's own in their place."""
        return {**RATES, **dict(self.own)}


def money(scope: Scope) -> Money:
    """How the person's priorities compare salaries."""
    found = scope.rows(select(wishes.currency, wishes.rates).where(wishes.user_id == scope.user_id))
    return money_of(scope, found[0]["currency"], found[0]["rates"]) if found else money_of(scope)


def money_of(scope: Scope, currency: str | None = None, rates: dict[str, Any] | None = None) -> Money:
    """The same of what a row of wishes holds; the person's own currency where they chose none."""
    own = sorted((name, float(rate)) for name, rate in (rates or {}).items())
    return Money(currency or scope.who.currency, tuple(own))


def yearly(on: Any, of: Money) -> ColumnElement[int]:
    """What a year pays, converted, to two digits: 68000; -1 when unknown, -2 when no rate is."""
    low, high = func.coalesce(on.salary_from, on.salary_to), func.coalesce(on.salary_to, on.salary_from)
    figure = _converted(
        (cast(low, Float) + cast(high, Float)) / 2 * case(PER_YEAR, value=on.salary_period), on, of
    )
    step = func.power(10, func.floor(func.log(func.greatest(figure, 10))) - 1)
    return cast(
        case(
            (low.is_(None) | on.currency.is_(None), UNKNOWN),
            (figure.is_(None), UNRATED),
            else_=func.floor(figure / step) * step,
        ),
        BigInteger,
    )


def _converted(named: Any, on: Any, of: Money) -> Any:
    """An amount in the currency compared in, worked out as priorities do; null when a rate is missing."""
    rates, is_own = of.rates, on.currency == of.into
    if of.into not in rates:
        return case((is_own, named))
    rate = cast(case({name: float(one) for name, one in rates.items()}, value=on.currency), Float)
    return case((is_own, named), else_=named / rate * float(rates[of.into]))
