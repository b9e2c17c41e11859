"""Spreadsheets (XLSX, XLSM, XLSB, XLS, ODS), refused before they unpack to too much."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from tracker.services.imports.sheets import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, Sheet, limited
from tracker.services.isolated_process import Unreadable

MAX_PARTS, MAX_UNPACKED, MAX_RATIO = 500, 100 * 1024 * 1024, 200
HARMLESS = 1024 * 1024
"""Unpacked bytes below which a part may be packed as tightly as it likes."""
BOMB = "This file unpacks to far more than a job search needs, so it wasn't opened."
DAMAGED = "This spreadsheet is damaged, or locked with a password. Save it again without one, and try again."
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_CHUNK = 1024 * 1024


def sheets_of(content: bytes) -> list[Sheet]:
    """Return every visible table of a workbook; raises Unreadable with the reason."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    if content.startswith(b"PK"):
        _check_archive(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        return [limited(name, _rows(workbook.get_sheet_by_name(name))) for name in names[:MAX_SHEETS]]
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(DAMAGED) from error


def preload() -> None:
    """Load the reader, since the isolated process has no file system."""
    import python_calamine  # noqa: F401


def check_entry(entry: zipfile.ZipInfo) -> None:
    """Raise Unreadable for an entry of an archive that unpacks to far more than its size."""
    is_large = entry.file_size > HARMLESS
    if entry.file_size > MAX_UNPACKED or (
        is_large and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
    ):
        raise Unreadable(BOMB)


def _check_archive(content: bytes) -> None:
    """Raise Unreadable for too many or too large parts, and for a cell beyond the limits.

    The reader allocates the whole rectangle up to the last cell, so that one cell in the last column and row ends the process.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Unreadable(BOMB)
            for part in parts:
                check_entry(part)
            for part in parts:
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part.filename):
                    _check_cells(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Unreadable(DAMAGED) from error


def _check_cells(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as stream:
        rest = b""
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            for letters, number in _CELL.findall(text):
                if _column(letters) > MAX_COLUMNS or int(number) > MAX_ROWS + 1:
                    raise Unreadable(
                        f"A cell of this spreadsheet is at {letters.decode()}{number.decode()}; at most {MAX_COLUMNS} columns and "
                        f"{MAX_ROWS:,} rows are read. Copy the table alone into a new spreadsheet."
                    )
            rest = text[-200:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        yield [_cell(value) for value in row]


def _cell(value: Any) -> str:
    """Return a cell as text: whole numbers without decimals, dates as ISO 8601."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == time()
            else value.isoformat(sep=" ", timespec="seconds")
        )
    return value.isoformat() if isinstance(value, date | time) else str(value)
