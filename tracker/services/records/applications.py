"""Applications as records."""

from uuid import UUID

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.models import Application, applications
from tracker.services.applications.application_list import page_ids
from tracker.services.applications.stage_moves import locked_applications
from tracker.services.records.conversion import as_record
from tracker.shapes.filters import Filters
from tracker.shapes.records import ApplicationRecord, Page


def read(scope: Scope, application_id: UUID | str, *, lock: bool = False) -> ApplicationRecord:
    """Return an application, with its row locked on request."""
    if lock:
        return _record(locked_applications(scope, [str(application_id)])[0])
    row = scope.get(Application, application_id)
    if row.deleted_at is not None:
        raise NotFound("application")
    return _record(row)


def page(scope: Scope, filters: Filters, after: str, size: int) -> Page[ApplicationRecord]:
    """Return at most `size` applications as the list shows them; `after` is the previous page's cursor."""
    ids, cursor = page_ids(scope, filters, after, size)
    query = select(Application).where(applications.user_id == scope.user_id, applications.id.in_(ids))
    rows = {row.id: row for row in scope.session.scalars(query)}
    return Page([_record(rows[row_id]) for row_id in ids], cursor or None)


def _record(row: Application) -> ApplicationRecord:
    return as_record(ApplicationRecord, row)
