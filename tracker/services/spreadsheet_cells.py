"""Cells of tables for spreadsheets: values as text, and text that no spreadsheet evaluates."""

import re
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | Decimal | date | datetime | None
"""A value of an exported table. A `datetime` has a time zone; None is an empty cell."""
_FORMULA = re.compile(r"'*(\s*[=+\-@＝＋－＠]|[\t\r\n])")
"""The beginning of a text that a spreadsheet may evaluate, after any number of apostrophes."""


def escape_cell(text: str) -> str:
    """Return the text with an apostrophe before it if a spreadsheet might take it for a formula.

    A text that would be escaped without its leading apostrophes is escaped too, so that `unescape_cell` is exact.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unescape_cell(text: str) -> str:
    """Return the text that `escape_cell` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def cell_text(value: Cell) -> str:
    """Return a value as a CSV file holds it: ISO 8601 dates, amounts without trailing zeros, no formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return escape_cell(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return str(value)
