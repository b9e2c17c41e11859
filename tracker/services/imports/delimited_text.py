"""CSV and its relatives, whose delimiter is recognized by the lines."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from tracker.services.isolated_process import Unreadable
from tracker.services.spreadsheet_cells import unescape_cell

DELIMITERS = ",;\t|"
MAX_CELL = 1_000_000
"""Characters of one cell; the standard limit is shorter than some postings."""
SAMPLE = 64 * 1024


def rows_of(text: str) -> Iterator[list[str]]:
    """Yield the rows of delimited text; raises Unreadable for a cell that never ends."""
    delimiter, body = _declared(text)
    delimiter = delimiter or delimiter_of(body)
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, doublequote=True)
    try:
        yield from ([unescape_cell(cell) for cell in row] for row in reader)
    except csv.Error:
        raise Unreadable(
            f"Line {reader.line_num:,} can't be read: a quotation mark may not be closed. Correct it, and try again."
        ) from None


def delimiter_of(text: str) -> str:
    """Return the delimiter that splits most lines into the same number of cells; a comma for one column."""
    return max(DELIMITERS, key=lambda delimiter: _regularity(text[:SAMPLE], delimiter))


def _declared(text: str) -> tuple[str, str]:
    """Return the delimiter of a first line such as `sep=;`, and the text without it."""
    match = re.match(r'"?sep=(.)"?\r?\n', text, re.I)
    return (match[1], text[match.end() :]) if match else ("", text)


def _regularity(sample: str, delimiter: str) -> tuple[int, int]:
    """Return how many lines have the usual number of cells, and that number; zero for a single cell."""
    try:
        lengths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)]
    except csv.Error:
        return 0, 0
    usual = Counter(length for length in lengths if length > 1).most_common(1)
    return (usual[0][1], usual[0][0]) if usual else (0, 0)
