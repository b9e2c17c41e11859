"""Steps of an import without its jobs: read, mapped, checked, applied."""

from typing import Any

from tests.support.people import Person
from tracker.services.imports.apply_import import apply
from tracker.services.imports.data_imports import change, check, request_apply, save_tables, store_file
from tracker.services.imports.file_content import content_of
from tracker.services.imports.stored_json import unpacked


def checked_import(person: Person, content: bytes | str, **changes: str) -> str:
    """Store, read and check a file, with changes of its mapping (`__` for a dot); return the import's id."""
    data = content.encode() if isinstance(content, str) else content
    import_id: str = person.call(store_file, data, "jobs.csv")
    person.call(save_tables, import_id, content_of(data))
    person.call(check, import_id)
    if changes:
        person.call(change, import_id, {name.replace("__", "."): value for name, value in changes.items()})
        person.call(check, import_id)
    return import_id


def apply_import(person: Person, import_id: str) -> None:
    """Apply a checked import."""
    person.call(request_apply, import_id)
    person.call(apply, import_id, lambda percent: None)


def imported(person: Person, content: bytes | str, **changes: str) -> str:
    """Read, check and apply a file; return the import's id."""
    import_id = checked_import(person, content, **changes)
    apply_import(person, import_id)
    return import_id


def checked_rows(person: Person, import_id: str) -> list[dict[str, Any]]:
    """Return the verdicts on the rows of an import."""
    rows: list[dict[str, Any]] = unpacked(person.row("data_import", import_id)["checked"])
    return rows


def verdicts(person: Person, import_id: str) -> list[tuple[str, str]]:
    """Return the verdict on each row, with its detail."""
    return [(row["verdict"], row["detail"]) for row in checked_rows(person, import_id)]
