"""Imports: stored as a file or text, read by a job, mapped by the user, applied by a job."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from tracker.db import Scope
from tracker.errors import Conflict, Invalid, NotFound, Sorry
from tracker.models import DataImport, Job, data_imports
from tracker.models import jobs as job_columns
from tracker.models.data_import import MAX_IMPORT_BYTES
from tracker.services import jobs
from tracker.services.imports.comparison import plan
from tracker.services.imports.mapping_changes import changed, open_questions
from tracker.services.imports.mappings import ImportMapping, completed, proposed
from tracker.services.imports.reader_process import read_isolated
from tracker.services.imports.sheets import FileContent
from tracker.services.imports.stored_json import packed, unpacked
from tracker.shapes.enumerations import JobKind
from tracker.shapes.imports import DataImportState
from tracker.storable_text import clean

MAX_CHARACTERS = 2_000_000
PROBLEMS = {
    "no_file": "Choose a file first.",
    "too_large": "This file is larger than 20 MB. Split it, or leave out what isn't needed.",
    "empty": "This file is empty.",
}
"""Problems found before a file is read, by a key that an address can contain."""
PENDING = (DataImportState.READING, DataImportState.READY, DataImportState.FAILED)
"""States of an import that has changed nothing yet."""
Step = Callable[[], AbstractContextManager[Scope]]


def store_file(scope: Scope, content: bytes, name: str) -> str:
    """Store a file for a job to read, replacing an import that wasn't applied; return the import's id.

    Raises Invalid for a file that is empty or larger than 20 MB.
    """
    problem = "too_large" if len(content) > MAX_IMPORT_BYTES else "" if content.strip() else "empty"
    if problem:
        raise Invalid({"file": PROBLEMS[problem]})
    pending = [state.value for state in PENDING]
    scope.session.execute(
        delete(DataImport).where(data_imports.user_id == scope.user_id, data_imports.state.in_(pending))
    )
    named = " ".join(clean(name).split())[-200:] or "a file"
    row = scope.add(DataImport(name=named, content=content, created_at=scope.now))
    jobs.request(scope, JobKind.READ_IMPORT, row.id)
    return str(row.id)


def store_text(scope: Scope, text: str) -> str:
    """Store a pasted table for a job to read and return the import's id; may raise Invalid."""
    typed = clean(text)
    if not typed.strip():
        raise Invalid({"text": "Paste a table with its headers."})
    if len(typed) > MAX_CHARACTERS:
        raise Invalid(
            {
                "text": f"At most {MAX_CHARACTERS:,} characters; this has {len(typed):,}. Upload a file instead."
            }
        )
    return store_file(scope, typed.encode(), "Pasted table")


def data_import(scope: Scope, import_id: UUID | str | None, *, lock: bool = False) -> DataImport:
    """Return an import; raises NotFound when it was discarded or is another user's."""
    if import_id is None:
        raise NotFound("import")
    try:
        return scope.get(DataImport, import_id, lock=lock)
    except NotFound:
        raise NotFound("import") from None


def content_of(row: DataImport) -> FileContent:
    """Return the tables of an import."""
    return FileContent.of_plain({**row.encodings, **(unpacked(row.sheets) or {})})


def read(step: Step, finishing: Step, import_id: UUID | None) -> None:
    """Read an import's file unless it was read, and check its rows; a file that can't be read is refused.

    Raises NotFound when it was discarded, and Unreadable.
    """
    with step() as scope:
        row = data_import(scope, import_id)
        content, encoding = (row.content if row.sheets is None else None), row.mapping.get("encoding", "")
    if content is not None:
        try:
            tables = read_isolated(content, encoding)
        except Sorry as sorry:
            with step() as scope:
                _refuse(scope, import_id, sorry.message)
            raise
        with step() as scope:
            save_tables(scope, import_id, tables, encoding)
    with finishing() as scope:
        check(scope, import_id)


def save_tables(scope: Scope, import_id: UUID | None, content: FileContent, encoding: str = "") -> None:
    """Store the tables of an import and propose a mapping, unless another encoding was chosen meanwhile."""
    row = data_import(scope, import_id, lock=True)
    if row.mapping.get("encoding", "") != encoding or row.state != DataImportState.READING:
        return
    plain = content.as_plain()
    row.sheets = packed({"sheets": plain.pop("sheets")})
    row.encodings = plain
    mapping = proposed(content, row.mapping.get("timezone") or scope.who.timezone)
    row.mapping = {**mapping.as_plain(), "encoding": encoding}


def check(scope: Scope, import_id: UUID | None) -> None:
    """Compare an import's rows with what is stored, and make it ready to apply."""
    row = data_import(scope, import_id, lock=True)
    if row.state != DataImportState.READING or row.sheets is None:
        return
    result = plan(scope, content_of(row), ImportMapping.of_plain(row.mapping))
    row.checked = packed([vars(checked) for checked in result.rows])
    row.counts, row.state, row.reason = result.counts, DataImportState.READY.value, ""


def change(scope: Scope, import_id: UUID | str, changes: dict[str, str]) -> None:
    """Change parts of a mapping by name, such as `0.columns.3` or `statuses.on hold`, and check again.

    Raises Invalid for an unknown part or value, and Conflict once the import was applied.
    """
    row = _pending(scope, import_id)
    content, before = content_of(row), ImportMapping.of_plain(row.mapping)
    after = completed(content, changed(before, content, changes))
    row.mapping, row.state, row.reason = after.as_plain(), DataImportState.READING.value, ""
    if after.encoding != before.encoding:
        row.sheets = None
    jobs.request(scope, JobKind.READ_IMPORT, row.id)


def request_apply(scope: Scope, import_id: UUID | str) -> str:
    """Request that an import is applied; raises Invalid while questions are open, and Conflict.

    A conflict is an import whose rows are still being checked, or that was applied already.
    """
    row = _pending(scope, import_id)
    if row.state != DataImportState.READY:
        raise Conflict("The rows are still being checked.")
    if questions := open_questions(content_of(row), ImportMapping.of_plain(row.mapping)):
        raise Invalid(dict.fromkeys(questions, "Choose what is meant."))
    row.state = DataImportState.APPLYING.value
    jobs.request(scope, JobKind.APPLY_IMPORT, row.id)
    return f"Importing {row.name}"


def discard(scope: Scope, import_id: UUID | str) -> str:
    """Discard an import that wasn't applied; raises Conflict once it was."""
    row = _pending(scope, import_id)
    scope.session.delete(row)
    scope.session.flush()
    return "Import discarded. Nothing was changed"


def _pending(scope: Scope, import_id: UUID | str) -> DataImport:
    row = data_import(scope, import_id, lock=True)
    if row.state in set(PENDING) or (row.state == DataImportState.APPLYING and _has_failed(scope, row.id)):
        return row
    raise Conflict("This import is being applied, or has been applied, so it can't be changed.")


def _has_failed(scope: Scope, import_id: UUID) -> bool:
    """Return whether no job applies an import any more, although it isn't applied."""
    running = select(Job).where(
        job_columns.user_id == scope.user_id,
        job_columns.kind == JobKind.APPLY_IMPORT.value,
        job_columns.subject == import_id,
        job_columns.next_try_at.is_not(None),
    )
    return scope.session.scalars(running).first() is None


def _refuse(scope: Scope, import_id: UUID | None, reason: str) -> None:
    """Store why an import can't be read, and delete its file."""
    row: Any = data_import(scope, import_id, lock=True)
    row.state, row.reason, row.content = DataImportState.FAILED.value, reason[:500], None
