"""Tables as files hold them: rows of text, within limits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tracker.services.isolated_process import Unreadable
from tracker.storable_text import clean

MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 50_000, 200, 20
MAX_CHARACTERS = 40_000_000
"""Characters of all tables of a file; a workbook can repeat one long text in every row."""


@dataclass(frozen=True)
class Sheet:
    """A table of a file: its name and its rows, of different lengths; a blank row is an empty list."""

    name: str
    rows: list[list[str]]


@dataclass(frozen=True)
class Encoding:
    """An encoding that a file may have, with the lines by which it differs from the others."""

    name: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class FileContent:
    """The tables of a file; `encodings` are the readings to choose from, none where there is no doubt."""

    sheets: list[Sheet]
    encoding: str = ""
    encodings: list[Encoding] = field(default_factory=list)

    def as_plain(self) -> dict[str, Any]:
        """Return the content as JSON values."""
        return asdict(self)

    @classmethod
    def of_plain(cls, plain: Any) -> "FileContent":
        """Parse the output of an untrusted process, within the same limits; raises Unreadable."""
        plain = plain if isinstance(plain, dict) else {}
        sheets = [
            limited(_text(sheet.get("name"))[:200], _rows(sheet)) for sheet in _dicts(plain.get("sheets"))
        ]
        encodings = [
            Encoding(
                _text(choice.get("name"))[:40], [_text(line)[:500] for line in _list(choice.get("lines"))]
            )
            for choice in _dicts(plain.get("encodings"))
        ]
        return cls(sheets[:MAX_SHEETS], _text(plain.get("encoding"))[:40], encodings[:5])


def limited(name: str, rows: Iterable[Sequence[str]]) -> Sheet:
    """Return a table without empty cells and rows at its ends; raises Unreadable beyond a limit."""
    read: list[list[str]] = []
    characters = 0
    for row in rows:
        cells = [cell.strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise Unreadable(
                f"This table has {len(cells):,} columns; at most {MAX_COLUMNS} are read.".replace("  ", " ")
            )
        characters += sum(map(len, cells))
        if characters > MAX_CHARACTERS:
            raise Unreadable("This file holds far more text than a job search, so it wasn't read.")
        read.append(cells)
        if len(read) > MAX_ROWS + 1 and cells:
            raise Unreadable(f"This file has more than {MAX_ROWS:,} rows. Split it into several files.")
    while read and not read[-1]:
        read.pop()
    return Sheet(name, read)


def _rows(sheet: dict[str, Any]) -> Iterator[list[str]]:
    for row in _list(sheet.get("rows")):
        yield [_text(cell) for cell in _list(row)]


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in _list(value) if isinstance(item, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return clean(value) if isinstance(value, str) else ""
