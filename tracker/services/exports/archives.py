"""Archives: requested or uploaded, carried out by a job, downloaded once, and deleted after a day."""

from collections.abc import Iterator
from datetime import timedelta
from typing import IO, Any
from uuid import UUID

from sqlalchemy import delete, func, insert, or_, select, update

from tracker import clock
from tracker.db import Scope, as_uuid, upkeep
from tracker.errors import Invalid, NotFound
from tracker.models import Archive, ArchivePart, archive_parts, archives, users
from tracker.models.archive import PART_BYTES
from tracker.services import audit, freshness, jobs
from tracker.services.exports.archive_reader import MAX_UPLOAD_BYTES
from tracker.services.exports.loading import require_loadable
from tracker.shapes.archives import ArchiveKind
from tracker.shapes.audit import AuditKind
from tracker.shapes.enumerations import JobKind

LIFETIME = timedelta(hours=24)
REPEAT_WINDOW = timedelta(minutes=10)
"""Time in which the session that began a download can repeat it, should the connection break."""
PROBLEMS = {
    "no_file": "Choose an export: a ZIP file, or the data.json in it.",
    "too_large": f"An export of more than {MAX_UPLOAD_BYTES // 1024**2} MB can't be loaded.",
    "not_empty": "An export can only be loaded into an empty account.",
}
"""Reasons why an upload is refused at once, by the name that its page gets."""


def request_export(scope: Scope) -> str:
    """Request an export of everything, replacing an earlier one; return a sentence for the notice.

    Raises NotFresh without a fresh sign-in.
    """
    freshness.require_fresh(scope)
    archive_id = _replace(scope, ArchiveKind.EXPORT)
    jobs.request(scope, JobKind.EXPORT_EVERYTHING, archive_id)
    audit.note(scope, AuditKind.EXPORT_REQUESTED)
    return "Preparing the export"


def store_upload(scope: Scope, file: IO[bytes]) -> str:
    """Store an uploaded export for a job to load, replacing an earlier one; return its id.

    Raises Invalid for an empty or too large file, and Conflict unless the account is empty.
    """
    require_loadable(scope)
    archive_id = _replace(scope, ArchiveKind.UPLOAD)
    size = _store_parts(scope, archive_id, file)
    if not 0 < size <= MAX_UPLOAD_BYTES:
        raise Invalid({"file": PROBLEMS["too_large" if size else "no_file"]})
    _update(scope, archive_id, size=size)
    jobs.request(scope, JobKind.LOAD_EXPORT, archive_id)
    return str(archive_id)


def _replace(scope: Scope, kind: ArchiveKind) -> UUID:
    """Delete the user's archive of this kind, and return the id of a new one."""
    # Two requests at once: the second waits, and replaces what the first added.
    scope.session.execute(select(users.id).where(users.id == scope.user_id).with_for_update(key_share=True))
    own = (archives.user_id == scope.user_id, archives.kind == kind.value)
    scope.session.execute(delete(Archive).where(*own))
    row = Archive(kind=kind.value, created_at=scope.now, expires_at=scope.now + LIFETIME)
    return scope.add(row).id


def _store_parts(scope: Scope, archive_id: UUID, file: IO[bytes]) -> int:
    """Store a file from its beginning, and return its size in bytes."""
    file.seek(0)
    size = number = 0
    while content := file.read(PART_BYTES):
        values = {"user_id": scope.user_id, "archive_id": archive_id, "number": number, "content": content}
        scope.session.execute(insert(ArchivePart).values(values))
        size, number = size + len(content), number + 1
    return size


def store_export(scope: Scope, archive_id: UUID | None, file: IO[bytes]) -> None:
    """Store the file of an export, which can be downloaded from now on.

    Raises NotFound when it was replaced or has expired.
    """
    row = own_archive(scope, archive_id)
    size = _store_parts(scope, row.id, file)
    _update(scope, row.id, size=size, ready_at=scope.now, expires_at=scope.now + LIFETIME)


def finish_upload(scope: Scope, archive_id: UUID | None, summary: str) -> None:
    """Store that an upload was loaded, and delete its file."""
    row = own_archive(scope, archive_id)
    own_parts = (archive_parts.user_id == scope.user_id, archive_parts.archive_id == row.id)
    scope.session.execute(delete(ArchivePart).where(*own_parts))
    _update(scope, row.id, ready_at=scope.now, summary=summary[:500])
    audit.note(scope, AuditKind.EXPORT_LOADED)


def begin_download(scope: Scope, archive_id: str) -> int:
    """Claim the one download of an export, and return its size in bytes; raises NotFresh or NotFound.

    The session that began the download can repeat it for ten minutes. Then the export is gone.
    """
    freshness.require_fresh(scope)
    a, session_id = archives, scope.who.session_id
    is_repeated = (a.downloaded_by.is_not_distinct_from(session_id)) & (
        a.downloaded_at > scope.now - REPEAT_WINDOW
    )
    claim = (
        update(Archive)
        .where(
            a.user_id == scope.user_id, a.id == _uuid(archive_id), a.kind == ArchiveKind.EXPORT.value,
            a.ready_at.is_not(None), a.expires_at > scope.now, or_(a.downloaded_at.is_(None), is_repeated),
        )
        .values(downloaded_at=func.coalesce(a.downloaded_at, scope.now), downloaded_by=session_id)
        .returning(a.size)
    )  # fmt: skip
    size = scope.session.execute(claim).scalar_one_or_none()
    if size is None:
        raise NotFound("export")
    audit.note(scope, AuditKind.EXPORT_DOWNLOADED)
    return int(size)


def parts(scope: Scope, archive_id: UUID | str | None) -> Iterator[bytes]:
    """Yield an archive's file in parts of at most a megabyte; raises NotFound."""
    row_id, number = own_archive(scope, archive_id).id, 0
    query = select(archive_parts.content).where(
        archive_parts.user_id == scope.user_id, archive_parts.archive_id == row_id
    )
    while content := scope.session.scalar(query.where(archive_parts.number == number)):
        yield content
        number += 1


def own_archive(scope: Scope, archive_id: UUID | str | None) -> Archive:
    """Return an archive; raises NotFound when it was replaced, has expired or is another user's."""
    own = (archives.user_id == scope.user_id, archives.id == _uuid(archive_id))
    row = scope.session.scalars(select(Archive).where(*own, archives.expires_at > scope.now)).one_or_none()
    if row is None:
        raise NotFound("export")
    return row


def _uuid(archive_id: UUID | str | None) -> UUID:
    try:
        return as_uuid(archive_id or "")
    except NotFound:
        raise NotFound("export") from None


def _update(scope: Scope, archive_id: UUID, **values: Any) -> None:
    own = (archives.user_id == scope.user_id, archives.id == archive_id)
    scope.session.execute(update(Archive).where(*own).values(**values))


def expire() -> int:
    """Delete expired archives of all users, and return their number."""
    with upkeep() as session:
        table = Archive.__table__  # type: ignore[attr-defined]
        result: Any = session.execute(delete(table).where(archives.expires_at < clock.now()))
        return int(result.rowcount)
