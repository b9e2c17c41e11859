"""A mapping as its page shows it: columns with samples, and questions with what each answer means."""

from itertools import islice

from tracker.services.imports.mappings import (
    APPLICATIONS,
    CONTACTS,
    SKIPPED,
    ImportMapping,
    SheetMapping,
    values_in,
)
from tracker.services.imports.moments import DAY_FIRST, MONTH_FIRST, order_of, read_moment
from tracker.services.imports.sheets import FileContent, Sheet
from tracker.shapes.dates import exact_day
from tracker.shapes.imports import Choice, ColumnItem, DateQuestion, EncodingItem, SheetItem, StatusItem

SAMPLES = 3
MAX_SAMPLE = 60
_ENCODINGS = {
    "cp1252": "Western European (Windows)",
    "cp1250": "Central European (Windows)",
    "utf-8": "Unicode (UTF-8)",
}
KINDS = [Choice(APPLICATIONS, "Applications"), Choice(CONTACTS, "Contacts"), Choice(SKIPPED, "Don't import")]


def sheet_items(content: FileContent, mapping: ImportMapping) -> list[SheetItem]:
    """Return the tables of a file with the fields of their columns."""
    return [
        SheetItem(
            name=f"{number}.kind",
            title=sheet_mapping.source or sheet.name or "Table",
            kind=sheet_mapping.kind,
            columns=_columns(number, sheet, sheet_mapping) if sheet_mapping.kind != SKIPPED else [],
            choices=[Choice("", "Don't import"), *(Choice(*field) for field in sheet_mapping.fields.items())],
        )
        for number, (sheet, sheet_mapping) in enumerate(zip(content.sheets, mapping.sheets, strict=True))
    ]


def date_questions(content: FileContent, mapping: ImportMapping, locale: str) -> list[DateQuestion]:
    """Return the columns whose dates don't decide the order of day and month, with both readings."""
    return [
        DateQuestion(
            f"{number}.orders.{place}",
            sheet.rows[sheet_mapping.header][int(place)],
            order,
            *(
                _readings(sheet, sheet_mapping, int(place), reading, locale)
                for reading in (DAY_FIRST, MONTH_FIRST)
            ),
        )
        for number, (sheet, sheet_mapping) in enumerate(zip(content.sheets, mapping.sheets, strict=True))
        for place, order in sheet_mapping.orders.items()
        if not sheet_mapping.source.startswith("LinkedIn")
        and not order_of(values_in(sheet, sheet_mapping, int(place)))
    ]


def status_items(mapping: ImportMapping) -> list[StatusItem]:
    """Return the status words of a file, those without a meaning first."""
    items = [StatusItem(f"statuses.{word}", word, status) for word, status in mapping.statuses.items()]
    return sorted(items, key=lambda item: item.status != "")


def encoding_items(content: FileContent) -> list[EncodingItem]:
    """Return the encodings that a file may have."""
    return [
        EncodingItem(choice.name, _ENCODINGS.get(choice.name, choice.name), choice.lines)
        for choice in content.encodings
    ]


def _columns(number: int, sheet: Sheet, mapping: SheetMapping) -> list[ColumnItem]:
    headers = sheet.rows[mapping.header] if sheet.rows else []
    return [
        ColumnItem(
            f"{number}.columns.{place}",
            header or f"Column {place + 1}",
            field,
            _samples(sheet, mapping, place),
        )
        for place, (header, field) in enumerate(zip(headers, mapping.columns, strict=True))
    ]


def _samples(sheet: Sheet, mapping: SheetMapping, place: int) -> str:
    texts = islice(values_in(sheet, mapping, place), SAMPLES)
    return " · ".join(text[:MAX_SAMPLE] + ("…" if len(text) > MAX_SAMPLE else "") for text in texts)


def _readings(sheet: Sheet, mapping: SheetMapping, place: int, order: str, locale: str) -> list[str]:
    """Return the first dates that two orders read differently, as one of them reads them."""
    texts = (
        text
        for text in values_in(sheet, mapping, place)
        if read_moment(text, DAY_FIRST) != read_moment(text, MONTH_FIRST)
    )
    return [f"{text[:MAX_SAMPLE]} is {_day(text, order, locale)}" for text in islice(texts, SAMPLES)]


def _day(text: str, order: str, locale: str) -> str:
    moment = read_moment(text, order)
    return exact_day(moment.day, locale) if moment else "no date"
