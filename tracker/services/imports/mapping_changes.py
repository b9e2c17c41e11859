"""Changes of a mapping by the user, and the questions that only the user can answer."""

from dataclasses import replace

from tracker import zones
from tracker.errors import Invalid
from tracker.services.imports.columns import fields_of
from tracker.services.imports.mappings import APPLICATIONS, CONTACTS, SKIPPED, ImportMapping, SheetMapping
from tracker.services.imports.moments import DAY_FIRST, MONTH_FIRST
from tracker.services.imports.sheets import FileContent, Sheet
from tracker.services.imports.status_words import status_choices

UNLISTED = "Choose one of the listed values."


def changed(mapping: ImportMapping, content: FileContent, changes: dict[str, str]) -> ImportMapping:
    """Return a mapping with parts changed by name; raises Invalid for an unknown part or value."""
    for name, value in changes.items():
        after = _with_part(mapping, content, name, value)
        if after is None:
            raise Invalid({name: UNLISTED})
        mapping = after
    return mapping


def _with_part(mapping: ImportMapping, content: FileContent, name: str, value: str) -> ImportMapping | None:
    part, _, rest = name.partition(".")
    if part.isdecimal() and int(part) < len(mapping.sheets):
        number = int(part)
        sheet = _changed_sheet(content.sheets[number], mapping.sheets[number], rest, value)
        sheets = [*mapping.sheets[:number], sheet, *mapping.sheets[number + 1 :]] if sheet else []
        return replace(mapping, sheets=sheets) if sheets else None
    if part == "statuses" and rest in mapping.statuses and value in dict(status_choices()):
        return replace(mapping, statuses={**mapping.statuses, rest: value})
    if name == "timezone" and value in zones.names():
        return replace(mapping, timezone=value)
    if name == "encoding" and value in {choice.name for choice in content.encodings}:
        return replace(mapping, encoding=value)
    return None


def open_questions(content: FileContent, mapping: ImportMapping) -> list[str]:
    """Return the names of the parts that have to be chosen before the import can be applied."""
    orders = [
        f"{number}.orders.{place}"
        for number, sheet in enumerate(mapping.sheets)
        for place, order in sheet.orders.items()
        if not order and sheet.kind != SKIPPED
    ]
    statuses = [f"statuses.{word}" for word, status in mapping.statuses.items() if not status]
    return [*(["encoding"] if content.encodings and not mapping.encoding else []), *orders, *statuses]


def _changed_sheet(table: Sheet, sheet: SheetMapping, part: str, value: str) -> SheetMapping | None:
    kind, _, place = part.partition(".")
    if part == "kind" and value in (APPLICATIONS, CONTACTS, SKIPPED):
        columns = fields_of(table.rows[sheet.header], of_contacts=value == CONTACTS) if table.rows else []
        return replace(sheet, kind=value, columns=columns, orders={})
    if (
        kind == "columns"
        and place.isdecimal()
        and int(place) < len(sheet.columns)
        and value in ("", *sheet.fields)
    ):
        columns = ["" if field == value else field for field in sheet.columns]
        columns[int(place)] = value
        return replace(sheet, columns=columns, orders=_without(sheet.orders, place))
    if kind == "orders" and place in sheet.orders and value in (DAY_FIRST, MONTH_FIRST):
        return replace(sheet, orders={**sheet.orders, place: value})
    return None


def _without(orders: dict[str, str], place: str) -> dict[str, str]:
    return {column: order for column, order in orders.items() if column != place}
