"""The status of the user's archives, from their rows and their jobs."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from tracker.db import Row, Scope
from tracker.errors import Conflict
from tracker.models import Archive, Job, archives, jobs
from tracker.services.exports.archives import REPEAT_WINDOW
from tracker.services.exports.loading import require_loadable
from tracker.shapes.archives import ArchiveItem, ArchiveKind, YourData
from tracker.shapes.dates import day_in_words, time_of
from tracker.shapes.enumerations import JobState


def your_data(scope: Scope) -> YourData:
    """Return the user's export and upload, and whether the account is empty enough for an upload."""
    items = {row["kind"]: _item(scope, row) for row in scope.rows(_query(scope))}
    try:
        require_loadable(scope)
    except Conflict:
        is_empty = False
    else:
        is_empty = True
    return YourData(items.get(ArchiveKind.EXPORT), items.get(ArchiveKind.UPLOAD), is_empty)


def _query(scope: Scope) -> Select[Any]:
    a, own_job = archives, (jobs.user_id == archives.user_id) & (jobs.subject == archives.id)
    return (
        select(
            a.id, a.kind, a.size, a.ready_at, a.summary, a.expires_at, a.downloaded_at, a.downloaded_by,
            jobs.state, jobs.progress, jobs.reason,
        )
        .join_from(Archive, Job, own_job, isouter=True)
        .where(a.user_id == scope.user_id, a.expires_at > scope.now)
        .order_by(jobs.requested_at)
    )  # fmt: skip


def _item(scope: Scope, row: Row) -> ArchiveItem:
    is_failed = row["ready_at"] is None and row["state"] == JobState.FAILED
    return ArchiveItem(
        id=str(row["id"]),
        status=row["reason"] if is_failed else _status(scope, row),
        progress=row["progress"] or 0,
        is_working=row["ready_at"] is None and not is_failed,
        is_failed=is_failed,
        can_download=_can_download(scope, row),
    )


def _can_download(scope: Scope, row: Row) -> bool:
    if row["kind"] != ArchiveKind.EXPORT or row["ready_at"] is None:
        return False
    downloaded_at = row["downloaded_at"]
    is_own = row["downloaded_by"] == scope.who.session_id
    return downloaded_at is None or (is_own and downloaded_at + REPEAT_WINDOW > scope.now)


def _status(scope: Scope, row: Row) -> str:
    """Return the status of an archive whose job hasn't failed."""
    if row["kind"] == ArchiveKind.UPLOAD:
        return row["summary"] or "Loading the export"
    if row["ready_at"] is None:
        return "Preparing the export"
    if row["downloaded_at"] is None:
        until = _moment(scope, row["expires_at"])
        return f"Ready, {_size(row['size'])}. It can be downloaded once, until {until}"
    if _can_download(scope, row):
        until = time_of(row["downloaded_at"] + REPEAT_WINDOW, scope.who.zone, scope.who.locale)
        return f"Downloaded. If the download broke off, repeat it until {until}"
    return f"Downloaded {_moment(scope, row['downloaded_at'])}. Export everything again for another copy"


def _moment(scope: Scope, instant: datetime) -> str:
    """Return a moment within a sentence, such as `tomorrow, 07:43`."""
    zone, locale = scope.who.zone, scope.who.locale
    day = day_in_words(instant.astimezone(zone).date(), scope.today, locale)
    return f"{day}, {time_of(instant, zone, locale)}"


def _size(size: int) -> str:
    return f"{size / 1024**2:.1f} MB" if size >= 100 * 1024 else f"{max(size // 1024, 1)} kB"
