"""Applying an import: everything it adds and fills, in one transaction."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import func, select

from tracker.db import Scope
from tracker.services import jobs
from tracker.services.imports.application_changes import add_applications, update_applications
from tracker.services.imports.comparison import plan
from tracker.services.imports.contact_changes import add_contacts, update_contacts
from tracker.services.imports.data_imports import content_of, data_import
from tracker.services.imports.mappings import ImportMapping
from tracker.services.imports.stored_json import packed
from tracker.services.priority.stored_scores import rescore
from tracker.shapes.enumerations import Door, JobKind
from tracker.shapes.imports import DataImportState

_LOCK = 7_787_423_014
"""Number of the advisory lock of a user's imports."""
MAX_SCORED = 500
"""Most applications that are scored within the transaction; a job scores more of them faster, together."""


def apply(scope: Scope, import_id: UUID | None, advance: Callable[[int], None]) -> None:
    """Write all that an import adds to what is stored now; a second run changes nothing.

    `advance` gets the progress in percent. Raises NotFound.
    """
    scope.session.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(str(scope.user_id), _LOCK)))
    )
    row = data_import(scope, import_id, lock=True)
    if row.state != DataImportState.APPLYING:
        return
    scope.door = Door.IMPORT
    result = plan(scope, content_of(row), ImportMapping.of_plain(row.mapping))
    advance(20)
    added = [target for target in result.applications if target.id is None]
    add_applications(scope, added, lambda number: advance(20 + 60 * number // len(added)))
    update_applications(scope, [target for target in result.applications if target.id])
    add_contacts(scope, [target for target in result.contacts if target.id is None])
    update_contacts(scope, [target for target in result.contacts if target.id])
    _score(scope)
    advance(85)
    row.checked = packed([vars(checked) for checked in result.rows])
    row.counts, row.state, row.reason = result.counts, DataImportState.APPLIED.value, ""
    row.batch, row.applied_at, row.content, row.sheets = scope.batch, scope.now, None, None


def _score(scope: Scope) -> None:
    """Leave the scores of a large import to a job."""
    if len(scope.deferred.get(rescore, ())) > MAX_SCORED:
        del scope.deferred[rescore]
        jobs.request(scope, JobKind.SCORE_ALL)
