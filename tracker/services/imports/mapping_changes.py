"""Changes of a mapping by the user, and the questions that only the user can answer."""

from dataclasses import replace

from tracker import zones
from tracker.errors import Invalid
from tracker.services.imports.mappings import APPLICATIONS, CONTACTS, SKIPPED, ImportMapping, SheetMapping
from tracker.services.imports.moments import DAY_FIRST, MONTH_FIRST
from tracker.services.imports.sheets import FileContent
from tracker.services.imports.status_words import status_choices

UNLISTED = "Choose one of the listed values."


def changed(mapping: ImportMapping, content: FileContent, changes: dict[str, str]) -> ImportMapping:
    """Return a mapping with parts changed by name; raises Invalid for an unknown part or value."""
    for name, value in changes.items():
        part, _, rest = name.partition(".")
        if part.isdecimal() and int(part) < len(mapping.sheets):
            sheets = list(mapping.sheets)
            sheets[int(part)] = _changed_sheet(sheets[int(part)], name, rest, value)
            mapping = replace(mapping, sheets=sheets)
        elif part == "statuses" and rest in mapping.statuses and value in dict(status_choices()):
            mapping = replace(mapping, statuses={**mapping.statuses, rest: value})
        elif name == "timezone" and value in zones.names():
            mapping = replace(mapping, timezone=value)
        elif name == "encoding" and value in {choice.name for choice in content.encodings}:
            mapping = replace(mapping, encoding=value)
        else:
            raise Invalid({name: UNLISTED})
    return mapping


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


def _changed_sheet(sheet: SheetMapping, name: str, part: str, value: str) -> SheetMapping:
    kind, _, place = part.partition(".")
    if part == "kind" and value in (APPLICATIONS, CONTACTS, SKIPPED):
        fields = replace(sheet, kind=value).fields
        return replace(
            sheet, kind=value, columns=[field if field in fields else "" for field in sheet.columns]
        )
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
    raise Invalid({name: UNLISTED})


def _without(orders: dict[str, str], place: str) -> dict[str, str]:
    return {column: order for column, order in orders.items() if column != place}
