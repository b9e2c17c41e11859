"""The page of an import, and the list of earlier ones."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker.db import Scope
from tracker.models import DataImport, data_imports, jobs
from tracker.services.imports.data_imports import content_of, data_import
from tracker.services.imports.mapping_changes import open_questions
from tracker.services.imports.mapping_items import date_questions, encoding_items, sheet_items, status_items
from tracker.services.imports.mappings import ImportMapping
from tracker.services.imports.status_words import status_choices
from tracker.services.imports.stored_json import unpacked
from tracker.services.plurals import counted
from tracker.shapes.dates import moment_in_words
from tracker.shapes.enumerations import JobKind, JobState
from tracker.shapes.imports import (
    ROWS_PER_PAGE,
    CheckedRow,
    Choice,
    DataImportState,
    ImportItem,
    ImportPage,
    Verdict,
)

MAX_PAST = 50
_NOUNS = {
    Verdict.NEW: "new",
    Verdict.UPDATE: "updated",
    Verdict.SAME: "unchanged",
    Verdict.PROBLEM: "not imported",
}


def import_page(scope: Scope, import_id: UUID | str, verdict: str = "", number: int = 1) -> ImportPage:
    """Return an import with one page of its rows, of one verdict or all; raises NotFound."""
    row = data_import(scope, import_id)
    job = _job(scope, row)
    broken = row.state in _WORKING and job["state"] == JobState.FAILED and job["next_try_at"] is None
    rows = [CheckedRow(**plain) for plain in unpacked(row.checked) or []]
    shown = [checked for checked in rows if verdict in ("", checked.verdict)]
    last = max(1, -(-len(shown) // ROWS_PER_PAGE))
    number = min(max(1, number), last)
    return ImportPage(
        id=str(row.id),
        name=row.name,
        state=DataImportState.FAILED.value if broken else row.state,
        reason=row.reason or (job["reason"] if broken else ""),
        progress=job["progress"],
        summary=_summary(row.counts),
        counts={name: f"{count:,}" for name, count in row.counts.items()},
        rows=shown[(number - 1) * ROWS_PER_PAGE : number * ROWS_PER_PAGE],
        verdict=verdict,
        number=number,
        last=last,
        can_undo=row.state == DataImportState.APPLIED,
        **_mapping(scope, row),
    )


def past_imports(scope: Scope) -> list[ImportItem]:
    """Return the user's imports, the latest first, at most 50."""
    query = select(DataImport).where(data_imports.user_id == scope.user_id)
    return [
        ImportItem(
            id=str(row.id),
            name=row.name,
            state=row.state,
            summary=_STATES.get(row.state, "") or _summary(row.counts),
            when=moment_in_words(
                row.applied_at or row.created_at, scope.who.zone, scope.today, scope.who.locale
            ),
            can_undo=row.state == DataImportState.APPLIED,
        )
        for row in scope.session.scalars(query.order_by(data_imports.id.desc()).limit(MAX_PAST))
    ]


_WORKING = {DataImportState.READING: JobKind.READ_IMPORT, DataImportState.APPLYING: JobKind.APPLY_IMPORT}
_STATES = {
    DataImportState.READING.value: "Being read",
    DataImportState.READY.value: "Not imported yet",
    DataImportState.APPLYING.value: "Being imported",
    DataImportState.FAILED.value: "Couldn't be read",
    DataImportState.UNDONE.value: "Undone",
}


def _mapping(scope: Scope, row: DataImport) -> dict[str, Any]:
    """Return the fields of the page that show the mapping; none before it is known or once it is applied."""
    if row.sheets is None or not row.mapping.get("sheets"):
        return {}
    content, mapping = content_of(row), ImportMapping.of_plain(row.mapping)
    questions = open_questions(content, mapping)
    return {
        "sheets": sheet_items(content, mapping),
        "date_questions": date_questions(content, mapping, scope.who.locale),
        "statuses": status_items(mapping),
        "status_choices": [Choice(*choice) for choice in status_choices()],
        "encodings": encoding_items(content),
        "encoding": mapping.encoding,
        "timezone": mapping.timezone,
        "open_questions": counted(len(questions), "question") if questions else "",
        "can_apply": row.state == DataImportState.READY
        and not questions
        and bool(row.counts.get(Verdict.NEW) or row.counts.get(Verdict.UPDATE)),
    }


def _job(scope: Scope, row: DataImport) -> dict[str, Any]:
    """Return the state of the import's current job."""
    kind = _WORKING.get(DataImportState(row.state), JobKind.APPLY_IMPORT)
    query = select(jobs.state, jobs.progress, jobs.reason, jobs.next_try_at).where(
        jobs.user_id == scope.user_id, jobs.kind == kind.value, jobs.subject == row.id
    )
    latest = scope.rows(query.order_by(jobs.requested_at.desc(), jobs.id.desc()).limit(1))
    return dict(latest[0]) if latest else {"state": "", "progress": 0, "reason": "", "next_try_at": None}


def _summary(counts: dict[str, int]) -> str:
    """Return the numbers of rows by verdict as a line."""
    return ", ".join(f"{counts[verdict]:,} {noun}" for verdict, noun in _NOUNS.items() if counts.get(verdict))
