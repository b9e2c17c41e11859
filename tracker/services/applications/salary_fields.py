"""Salaries pasted into one field: each part goes to the field that it belongs to."""

from collections.abc import Mapping
from typing import Any

from tracker.errors import Invalid
from tracker.models import Application
from tracker.services.applications.application_fields import PARSERS, as_typed, parsed
from tracker.services.currencies import currencies_named, currency
from tracker.services.field_parsers import InvalidField
from tracker.services.salaries import Salary, read_salary

SALARY = "salary"
"""Name of the field of a whole salary: both ends, the currency and the period."""
ENDS = ("salary_from", "salary_to")


def spread_salary(
    typed: Mapping[str, str], own_currency: str, ends: tuple[str, str] = ENDS, *, replaces: bool = False
) -> dict[str, str]:
    """Return a form's fields with each part of a pasted salary in the field that it belongs to.

    `ends` are the fields of the lower and the higher amount. With `replaces`, a stated currency or period replaces the
    form's, for forms where each always has a value. Text that can't be read stays for its parser to reject. Raises Invalid
    where two fields contradict each other.
    """
    fields = {**typed, **_own_sign(typed, own_currency)}
    preferred = fields.get("currency") or own_currency
    salaries = {field: salary for field in ends if (salary := _salary(str(typed.get(field, ""))))}
    if replaces and any(salary.currencies for salary in salaries.values()):
        fields["currency"] = ""
    if replaces and any(salary.period for salary in salaries.values()):
        fields["salary_period"] = ""
    for field, salary in salaries.items():
        _spread_ends(fields, field, salary, ends)
        _fill(fields, "currency", _code(salary, fields.get("currency", ""), preferred))
        _fill(fields, "salary_period", salary.period or "")
    return fields


def salary_as_typed(row: Any) -> str:
    """Return a row's salary as editable text, such as `60000–70000 EUR per year`."""
    low, high = row.salary_from, row.salary_to
    if low is None and high is None:
        return ""
    amounts = "–".join(as_typed(amount) for amount in (low, high) if amount is not None)
    return f"{'' if low is not None else 'up to '}{amounts} {row.currency} per {row.salary_period}"


def whole_salary(row: Application, raw: str, own_currency: str) -> dict[str, Any]:
    """Return the values that an edit of a whole salary sets; raises Invalid.

    Empty text clears both ends. A currency or period that isn't stated stays as it is.
    """
    if not raw.strip():
        return dict.fromkeys(ENDS)
    try:
        salary = read_salary(raw)
    except InvalidField as error:
        raise Invalid({SALARY: str(error)}) from None
    return {"salary_from": salary.low, "salary_to": salary.high, **_stated(salary, row, own_currency)}


def salary_changes(row: Application, field: str, raw: str, own_currency: str) -> dict[str, Any]:
    """Return the values that editing one end of a salary sets. Raises Invalid, beside that field.

    A stated currency or period replaces the row's, unless the other end, which is in it, stays.
    """
    typed_value = parsed({field: raw})[field]
    salary = read_salary(raw)
    values: dict[str, Any] = {field: typed_value}
    if salary.low is not None and salary.high is not None:
        values = {"salary_from": salary.low, "salary_to": salary.high}
    elif salary.high is not None and field == "salary_from":
        values = {"salary_from": None, "salary_to": salary.high}
    values |= _stated(salary, row, own_currency)
    _check_other_end(row, field, values)
    return values


def _stated(salary: Salary, row: Application, own_currency: str) -> dict[str, str]:
    """Return the currency and the period that a salary states."""
    parts = {
        "currency": _code(salary, row.currency or "", own_currency),
        "salary_period": salary.period.value if salary.period else "",
    }
    return {name: part for name, part in parts.items() if part}


def _check_other_end(row: Application, field: str, values: dict[str, Any]) -> None:
    other = next(end for end in ENDS if end != field)
    if other in values or getattr(row, other) is None:
        return
    for part, words in (("currency", "currency"), ("salary_period", "period")):
        stated, current = values.get(part), getattr(row, part)
        if stated and current and stated != current:
            raise Invalid(
                {field: f"The other salary field uses a different {words}. Enter both, such as 60k–70k."}
            )


def _salary(raw: str) -> Salary | None:
    try:
        return read_salary(raw) if raw.strip() else None
    except InvalidField:
        return None


def _own_sign(typed: Mapping[str, str], own_currency: str) -> dict[str, str]:
    """Return the currency field with a sign that several currencies share as the user's own."""
    raw = typed.get("currency", "")
    return {"currency": currency(raw, own_currency) or ""} if currencies_named(raw) else {}


def _spread_ends(fields: dict[str, str], field: str, salary: Salary, ends: tuple[str, str]) -> None:
    """Put one amount into its field, unless it is a maximum, and both ends of a range into both."""
    if salary.high is None:
        fields[field] = as_typed(salary.low)
        return
    fields[field] = ""
    for end, amount in zip(ends, (salary.low, salary.high), strict=True):
        _fill(fields, end, as_typed(amount))


def _fill(fields: dict[str, str], field: str, value: str) -> None:
    """Set an empty field. Raises Invalid beside it when it holds something else."""
    current = fields.get(field, "").strip()
    if not value or not current:
        fields[field] = current or value
        return
    if _value(field, current) != _value(field, value):
        raise Invalid({field: f"The other salary field says {value}. Change one of them."})


def _value(field: str, text: str) -> Any:
    """Return a field's value; every amount is read like the lower end of a salary."""
    name = field if field in ("currency", "salary_period") else ENDS[0]
    try:
        return PARSERS[name](text)
    except InvalidField as error:
        raise Invalid({field: str(error)}) from None


def _code(salary: Salary, current: str, own_currency: str) -> str:
    """Return the stated currency's code; for a shared sign the one already chosen, or the user's own."""
    for code in (current, own_currency):
        if code in salary.currencies:
            return code
    return salary.currencies[0] if salary.currencies else ""
