"""Cells for spreadsheets: no formula, and nothing lost."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.services.spreadsheet_cells import cell_text, escape_cell, unescape_cell

FORMULAS = ["=1+1", "+49 170", "-", "@SUM(A1)", " =1", "\t=1", "\rx", "\nx", "＝1", "'=1", "''=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text: str) -> None:
    assert escape_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Linear", "'tis", "''", "O'Neill", "a=b", "1-2", "5 + 5", "“=1”"])
def test_other_text_is_unchanged(text: str) -> None:
    assert escape_cell(text) == unescape_cell(text) == text


@given(st.text(st.sampled_from("'=+-@ \t\r\na＝"), max_size=6) | st.text())
@example("'=1")
def test_an_escaped_text_is_read_back_exactly(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text
    assert escape_cell(text).lstrip()[:1] not in set("=+-@")


def test_values_are_text_that_programs_read() -> None:
    values = [
        None,
        3,
        Decimal("70000.00"),
        Decimal("12.50"),
        date(2026, 11, 3),
        datetime(2026, 11, 3, 9, tzinfo=UTC),
    ]
    assert [cell_text(value) for value in values] == [
        "", "3", "70000", "12.5", "2026-11-03", "2026-11-03T09:00:00+00:00",
    ]  # fmt: skip
