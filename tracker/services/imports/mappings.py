"""The mapping of a file's tables: proposed by recognition, changed by the user, stored as JSON."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from tracker.services.imports.columns import APPLICATION_FIELDS, CONTACT_FIELDS, DATE_FIELDS
from tracker.services.imports.moments import DAY_FIRST, MONTH_FIRST, order_of
from tracker.services.imports.sheets import FileContent, Sheet
from tracker.services.imports.sources import columns_of, header_row, source_of
from tracker.services.imports.status_words import folded_status, status_of
from tracker.zones import names

APPLICATIONS, CONTACTS, SKIPPED = "applications", "contacts", "skipped"
SAMPLE = 100
"""Texts of a column by which it is recognized."""
YES_OR_NO = frozenset(
    {"yes", "no", "y", "n", "true", "false", "x", "✓", "✅", "ja", "nein", "oui", "non", "sí"}
)
MAX_WORDS = 200
"""Different words that a column of statuses may hold; one with more isn't a status."""


@dataclass(frozen=True)
class SheetMapping:
    """The reading of one table: its kind, its header row, and the field of each column.

    `orders` holds the order of day and month by column; it is empty until the user has chosen it. `status` applies to rows without one.
    """

    kind: str
    source: str = ""
    header: int = 0
    columns: list[str] = field(default_factory=list)
    orders: dict[str, str] = field(default_factory=dict)
    status: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """The fields that a column can be imported as, with labels."""
        return CONTACT_FIELDS if self.kind == CONTACTS else APPLICATION_FIELDS


@dataclass(frozen=True)
class ImportMapping:
    """The reading of a whole file: its tables, status words, time zone and encoding."""

    sheets: list[SheetMapping]
    statuses: dict[str, str] = field(default_factory=dict)
    timezone: str = "UTC"
    encoding: str = ""

    def as_plain(self) -> dict[str, Any]:
        """Return the mapping as JSON values."""
        return asdict(self)

    @classmethod
    def of_plain(cls, plain: dict[str, Any]) -> "ImportMapping":
        """Parse a stored mapping."""
        return cls(**{**plain, "sheets": [SheetMapping(**sheet) for sheet in plain.get("sheets", [])]})


def proposed(content: FileContent, timezone: str) -> ImportMapping:
    """Return the mapping that recognition proposes; what it can't decide is left empty."""
    sheets = [_proposed_sheet(sheet) for sheet in content.sheets]
    mapping = ImportMapping(sheets, {}, timezone if timezone in names() else "UTC")
    return completed(content, mapping)


def completed(content: FileContent, mapping: ImportMapping) -> ImportMapping:
    """Return a mapping with the date orders and status words of its columns, where they are certain."""
    pairs = list(zip(content.sheets, mapping.sheets, strict=True))
    sheets = [_with_orders(sheet, sheet_mapping) for sheet, sheet_mapping in pairs]
    words = dict.fromkeys(
        word for sheet, sheet_mapping in pairs for word in _status_words(sheet, sheet_mapping)
    )
    statuses = {word: mapping.statuses.get(word) or status_of(word) for word in words}
    return ImportMapping(sheets, statuses, mapping.timezone, mapping.encoding)


def body(sheet: Sheet, mapping: SheetMapping) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the headers that aren't blank, with their numbers in the file."""
    for number, row in enumerate(sheet.rows[mapping.header + 1 :], mapping.header + 2):
        if any(row):
            yield number, row


def values_in(sheet: Sheet, mapping: SheetMapping, place: int) -> Iterator[str]:
    """Yield a column's texts, without empty ones."""
    return (row[place] for _, row in body(sheet, mapping) if place < len(row) and row[place])


def _proposed_sheet(sheet: Sheet) -> SheetMapping:
    header = header_row(sheet.rows)
    headers = sheet.rows[header] if sheet.rows else []
    source = source_of(headers)
    columns = columns_of(source, _without_false_dates(sheet, header, columns_of(source, headers)))
    kind = CONTACTS if source.is_contacts else APPLICATIONS
    has_subject = "company" in columns or "role" in columns or "posting_url" in columns
    if kind == APPLICATIONS and not has_subject:
        kind = SKIPPED
    orders = {
        str(place): source.order for place, name in enumerate(columns) if name in DATE_FIELDS and source.order
    }
    return SheetMapping(kind, source.label, header, columns, orders, source.status)


def _without_false_dates(sheet: Sheet, header: int, columns: list[str]) -> list[str]:
    """Return the headers, empty where a column named like a date holds yes and no."""
    headers = list(sheet.rows[header]) if sheet.rows else []
    for place, name in enumerate(columns):
        texts = [row[place] for row in sheet.rows[header + 1 :] if place < len(row) and row[place]][:SAMPLE]
        if name in DATE_FIELDS and texts and YES_OR_NO.issuperset(map(str.casefold, texts)):
            headers[place] = ""
    return headers


def _with_orders(sheet: Sheet, mapping: SheetMapping) -> SheetMapping:
    orders = {}
    for place, name in enumerate(mapping.columns):
        if name in DATE_FIELDS and mapping.kind != SKIPPED:
            chosen = mapping.orders.get(str(place), "")
            is_chosen = chosen in (DAY_FIRST, MONTH_FIRST)
            orders[str(place)] = chosen if is_chosen else order_of(values_in(sheet, mapping, place))
    return SheetMapping(mapping.kind, mapping.source, mapping.header, mapping.columns, orders, mapping.status)


def _status_words(sheet: Sheet, mapping: SheetMapping) -> list[str]:
    if mapping.kind != APPLICATIONS or "status" not in mapping.columns:
        return []
    place = mapping.columns.index("status")
    words = dict.fromkeys(folded_status(text)[:100] for text in values_in(sheet, mapping, place))
    return list(words)[:MAX_WORDS]
