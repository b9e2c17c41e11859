"""The ZIP file of an export: the document with its schema, the lists, and letters as files."""

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on

from tracker.db import Row, Scope
from tracker.errors import Sorry
from tracker.models import Application, Letter, applications, audit_entries, letters
from tracker.services.exports.archive_reader import DOCUMENT_NAME
from tracker.services.exports.document import write_document
from tracker.services.exports.schema import json_schema
from tracker.services.exports.streams import stream
from tracker.services.exports.table_files import TABLES, write_csv, write_table
from tracker.services.exports.tables import ExportTable
from tracker.services.letters.docx_export import as_docx
from tracker.services.letters.pdf_export import as_pdf

README = """\
Everything that your Pursuit account holds.

data.json            All data. Load this file, or the whole ZIP file, into an empty account in Settings.
schema.json          The JSON Schema of data.json.
applications.csv     Applications, contacts and interviews as tables for spreadsheets.
contacts.csv         A text that a spreadsheet might run has an apostrophe before it.
interviews.csv
account-history.csv  Sign-ins and other entries of the account history. They aren't loaded.
letters/             The sent version of each cover letter, or else the latest, as text, Word document and PDF.
"""
Progress = Callable[[int], None]
"""Called with the progress in percent."""


def write_archive(scope: Scope, file: IO[bytes], report: Progress) -> None:
    """Write the ZIP file; the transaction must be a snapshot, so that its files agree with each other."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README)
        archive.writestr("schema.json", json.dumps(json_schema(), indent=1))
        with archive.open(DOCUMENT_NAME, "w", force_zip64=True) as part:
            write_document(scope, part)
        report(40)
        for name in TABLES:
            with archive.open(f"{name}.csv", "w", force_zip64=True) as part:
                write_table(scope, name, "csv", {}, part)
        with archive.open("account-history.csv", "w") as part:
            write_csv(_account_history(scope), part)
        report(60)
        for name, content in _letter_files(scope, report):
            archive.writestr(name, content)


def _account_history(scope: Scope) -> ExportTable:
    heads = ("created_at", "kind", "detail", "browser", "address", "number")
    query = select(*(audit_entries[head] for head in heads)).where(audit_entries.user_id == scope.user_id)
    rows = stream(scope, query.order_by(audit_entries.id))
    return ExportTable(heads, (tuple(row.values()) for row in rows))


def _letter_files(scope: Scope, report: Progress) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each letter's files; a PDF that its font can't show is left out."""
    rows = scope.rows(_letters_query(scope))
    for number, row in enumerate(rows):
        name = f"letters/{_slug(row['company'])}-{_slug(row['role'])}-{str(row['application_id'])[-8:]}"
        paragraphs = [paragraph["text"] for paragraph in row["paragraphs"]]
        yield f"{name}.txt", "\n\n".join(paragraphs).encode()
        yield f"{name}.docx", as_docx(paragraphs)
        yield from _pdf(scope, f"{name}.pdf", row, paragraphs)
        report(60 + 35 * (number + 1) // len(rows))


def _letters_query(scope: Scope) -> Select[Any]:
    """Return the query of one letter for each application: the sent version, or else the latest."""
    a = applications
    own_application = (a.user_id == letters.user_id) & (a.id == letters.application_id)
    return (
        select(letters.application_id, letters.paragraphs, a.company, a.role)
        .join_from(Letter, Application, own_application)
        .where(letters.user_id == scope.user_id, a.deleted_at.is_(None))
        .ext(distinct_on(letters.application_id))
        .order_by(letters.application_id, letters.sent_on.is_(None), letters.id.desc())
    )


def _pdf(scope: Scope, name: str, row: Row, paragraphs: list[str]) -> Iterable[tuple[str, bytes]]:
    try:
        title = f"Cover letter: {row['role']}"
        return [(name, as_pdf(paragraphs, title=title, author=scope.who.name, locale=scope.who.locale))]
    except Sorry:
        return []


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text)[:40].strip("-").lower() or "letter"
