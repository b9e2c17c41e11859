"""Versions of cover letters as records."""

from uuid import UUID

from sqlalchemy import select

from tracker.db import Scope
from tracker.models import Letter, letters
from tracker.services.letters.letter_page import version_with_application
from tracker.services.letters.versions import text_of
from tracker.services.records import applications, keyset
from tracker.services.records.conversion import as_record
from tracker.shapes.records import LetterRecord, Page


def read(scope: Scope, letter_id: UUID | str, *, lock: bool = False) -> LetterRecord:
    """Return a version, with its row locked on request."""
    if lock:
        scope.get(Letter, letter_id, lock=True)
    return _record(version_with_application(scope, str(letter_id))[0])


def page(scope: Scope, application_id: UUID | str, after: str, size: int) -> Page[LetterRecord]:
    """Return at most `size` versions of an application's letter, the latest first."""
    application = applications.read(scope, application_id)
    query = select(*letters).where(letters.user_id == scope.user_id, letters.application_id == application.id)
    return keyset.page(
        scope, query, [letters.touched_at, letters.id], after, size,
        lambda row: _record(Letter(**row)), newest_first=True,
    )  # fmt: skip


def _record(row: Letter) -> LetterRecord:
    return as_record(LetterRecord, row, text=text_of(row))
