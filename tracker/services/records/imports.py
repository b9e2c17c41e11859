"""Imports of files as records."""

from uuid import UUID

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.models import DataImport, data_imports
from tracker.services.imports.data_imports import content_of, data_import
from tracker.services.imports.mapping_changes import open_questions
from tracker.services.imports.mappings import ImportMapping
from tracker.services.imports.stored_json import unpacked
from tracker.services.records.conversion import as_record
from tracker.shapes.imports import DataImportState
from tracker.shapes.records import ImportRecord, ImportRowRecord, Page

MAX_LISTED = 50
"""Maximum number of imports that are listed."""


def read(scope: Scope, import_id: UUID | str, *, lock: bool = False) -> ImportRecord:
    """Return an import, with its row locked on request."""
    return _record(data_import(scope, import_id, lock=lock))


def latest(scope: Scope) -> Page[ImportRecord]:
    """Return the latest 50 imports."""
    query = select(DataImport).where(data_imports.user_id == scope.user_id)
    rows = scope.session.scalars(query.order_by(data_imports.id.desc()).limit(MAX_LISTED))
    return Page([_record(row) for row in rows], None)


def rows(scope: Scope, import_id: UUID | str, verdict: str, after: str, size: int) -> Page[ImportRowRecord]:
    """Return at most `size` checked rows, of one verdict or all; `after` is the number of those before.

    Raises NotFound for a cursor that isn't a number.
    """
    if after and not after.isdecimal():
        raise NotFound("page")
    plain = unpacked(data_import(scope, import_id).checked) or []
    matches = [row for row in plain if verdict in ("", row["verdict"])]
    first = int(after or 0)
    last = first + size
    items = [
        as_record(ImportRowRecord, row, id=f"{row['sheet']}:{row['number']}") for row in matches[first:last]
    ]
    return Page(items, str(last) if last < len(matches) else None)


def _record(row: DataImport) -> ImportRecord:
    questions: list[str] = []
    if row.sheets is not None and row.mapping.get("sheets"):
        questions = open_questions(content_of(row), ImportMapping.of_plain(row.mapping))
    return as_record(
        ImportRecord, row, open_questions=questions, can_undo=row.state == DataImportState.APPLIED.value
    )
