"""Types of the API's input: text without control characters, days, and their form as typed text."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from tracker import zones
from tracker.services.applications.application_fields import as_typed

_LINE = r"[^\x00-\x1f\x7f]"
_LINES = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


class Input(BaseModel):
    """A body; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


def line(limit: int) -> StringConstraints:
    """Return the constraints of a text of one line."""
    return StringConstraints(max_length=limit, pattern=f"^{_LINE}*$")


def required_line(limit: int) -> StringConstraints:
    """Return the constraints of a text of one line that isn't blank."""
    pattern = rf"^{_LINE}*[^\x00-\x20\x7f]{_LINE}*$"
    return StringConstraints(min_length=1, max_length=limit, pattern=pattern)


def lines(limit: int) -> StringConstraints:
    """Return the constraints of a text that may have several lines."""
    return StringConstraints(max_length=limit, pattern=f"^{_LINES}*$")


def number(low: int, high: int) -> Any:
    """Return the constraints of a whole number in a range."""
    return Field(ge=low, le=high, strict=True)


def _day(value: Any) -> Any:
    """Return a day of an ISO date; other values, such as timestamps, stay for the validator to refuse."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise ValueError("use a date such as 2026-11-03")
    return date.fromisoformat(value)


_MAX_AMOUNT = 9_999_999_999


def _amount(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("use a number")  # noqa: TRY004
    if abs(value) > _MAX_AMOUNT:
        raise ValueError("use a smaller number")
    amount = Decimal(str(value))
    if amount.is_finite() and amount != round(amount, 2):
        raise ValueError("use at most two decimals")
    return amount


Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}),
]
"""A day as an ISO date."""
Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    Field(ge=0),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": _MAX_AMOUNT}),
]
"""An amount of money with at most two decimals."""
Moment = Annotated[
    str,
    StringConstraints(
        pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?$",
    ),
    Field(description="With a UTC offset an instant; without, a time on the clock of `time_zone`"),
]
"""A date and time."""
Tag = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f,]+$")]
"""A tag; commas separate tags elsewhere."""


def typed(values: Mapping[str, Any]) -> dict[str, str]:
    """Return values as the text that a form's fields would hold."""
    return {name: _typed(value) for name, value in values.items()}


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return as_typed(value)


def local_time(moment: str, zone: str) -> dict[str, str]:
    """Return a moment as the form's fields of a local time: an instant is put on the zone's clock.

    Text that isn't a time, or a zone that doesn't exist, stays for the fields' own parsers to refuse.
    """
    try:
        instant = datetime.fromisoformat(moment)
    except ValueError:
        return {"starts_at": moment, "zone": zone}
    if instant.tzinfo is None or zone not in zones.names():
        return {"starts_at": f"{instant:%Y-%m-%dT%H:%M}", "zone": zone}
    try:
        local = instant.astimezone(zones.named(zone))
    except OverflowError:  # Of the first and last days that have a date.
        return {"starts_at": moment, "zone": zone}
    is_repeated = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    fold = str(local.fold) if is_repeated else ""
    return {"starts_at": f"{local:%Y-%m-%dT%H:%M}", "zone": zone, "fold": fold}
