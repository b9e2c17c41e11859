"""Tables written to files: as CSV, and as workbooks of typed cells without formulas or links."""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.services.exports.tables import (
    ExportTable,
    applications_table,
    contacts_table,
    interviews_table,
)
from tracker.services.spreadsheet_cells import Cell, cell_text
from tracker.shapes.filters import Filters

MAX_TEXT = 32_767
"""Characters that a workbook's cell can hold; a longer text is cut there, but not in a CSV file."""
_WIDTHS = {"company": 24, "role": 28, "name": 24, "email": 28, "notes": 48, "posting_text": 48, "posting_url": 32,
           "preparation": 48, "debrief": 48}  # fmt: skip
"""Widths of columns in characters, where the default doesn't suit."""
_DEFAULT_WIDTH = 16
_FORMATS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm", Decimal: "0.00"}

TABLES: dict[str, Callable[[Scope, Mapping[str, str]], ExportTable]] = {
    "applications": lambda scope, query: applications_table(scope, Filters.of_query(dict(query))),
    "contacts": lambda scope, query: contacts_table(scope, query.get("q", "")),
    "interviews": lambda scope, _: interviews_table(scope),
}
"""The table of each list, given the query parameters of the list's address."""


def write_table(scope: Scope, name: str, kind: str, query: Mapping[str, str], file: IO[bytes]) -> None:
    """Write a list as `csv` or `xlsx`; raises NotFound for an unknown list or kind."""
    if name not in TABLES or kind not in WRITERS:
        raise NotFound("file")
    WRITERS[kind](TABLES[name](scope, query), file)


def write_csv(table: ExportTable, file: IO[bytes]) -> None:
    """Write a table as CSV in UTF-8, with a byte order mark by which spreadsheets recognize it."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    lines = csv.writer(text)
    lines.writerow(table.heads)
    lines.writerows([cell_text(cell) for cell in row] for row in table.rows)
    text.detach()


def write_workbook(table: ExportTable, file: IO[bytes]) -> None:
    """Write a table as the only sheet of a workbook, by way of temporary files."""
    from xlsxwriter import Workbook  # Five megabytes, which only an export needs.

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as workbook:
        sheet, bold = workbook.add_worksheet(), workbook.add_format({"bold": True})
        formats = {kind: workbook.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(table.heads):
            sheet.set_column(column, column, _WIDTHS.get(head, _DEFAULT_WIDTH))
            sheet.write_string(0, column, head, bold)
        for number, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                _write_cell(sheet, number, column, cell, formats)


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, formats: Mapping[type, Any]) -> None:
    if isinstance(cell, str):
        if cell:
            sheet.write_string(row, column, cell[:MAX_TEXT])
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell.replace(tzinfo=None, microsecond=0), formats[datetime])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats[date])
    elif cell is not None:
        sheet.write_number(row, column, cell, formats.get(type(cell)))


WRITERS: dict[str, Callable[[ExportTable, IO[bytes]], None]] = {"csv": write_csv, "xlsx": write_workbook}
"""The writer of each kind of file."""
