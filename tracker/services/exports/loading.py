"""Loading of an export into an empty account."""

import json
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import exists, select, text, update
from sqlalchemy.exc import DataError, IntegrityError

from tracker.db import Scope
from tracker.errors import Conflict, Sorry
from tracker.models import Event, User, events, preferences, users
from tracker.services import first_steps, jobs, timeline
from tracker.services.employers import employer_key
from tracker.services.exports.reader_process import UploadedExport
from tracker.services.exports.sections import SECTIONS, Section
from tracker.services.plurals import counted
from tracker.services.postings import posting_key
from tracker.services.priority import stored_scores
from tracker.shapes.enumerations import Door, JobKind

BATCH = 500
"""Rows that are inserted at once."""
CONTENT = ("profile", "positions", "bullets", "wishes", "applications", "contacts")
"""Sections of what a user entered; while they are empty, so are all others."""
NOT_EMPTY = (
    "An export can only be loaded into an empty account. Sign in with a new account, or delete this one first, "
    "and load the export there."
)
HAS_SAMPLE = "This account holds the sample data and more. Remove the sample data in Today first, and load the export again."


def load(scope: Scope, export: UploadedExport) -> str:
    """Insert everything in an export with its ids, and return a sentence about it.

    Sample data that nothing was added to is removed first. Raises Conflict for an account that isn't empty, and Sorry for rows that the
    database refuses; then nothing is changed.
    """
    _require_empty(scope)
    own = users.id == scope.user_id
    scope.session.execute(update(User).where(own).values(name=export.account_name))
    for section in SECTIONS:
        _load_section(scope, section, export.rows[section.name])
    stored_scores.score_all(scope)
    jobs.request(scope, JobKind.SCORE_ALL)
    jobs.request(scope, JobKind.REBUILD_SNAPSHOTS)
    counts = {section.name: len(export.rows[section.name]) for section in SECTIONS}
    parts = [counted(counts[f"{noun}s"], noun) for noun in ("application", "interview", "contact")]
    return f"{parts[0]}, {parts[1]} and {parts[2]} loaded"


def require_loadable(scope: Scope) -> None:
    """Raise Conflict unless the account is empty, or holds the sample data alone."""
    if _has_content(scope) and not _is_sample_alone(scope):
        raise Conflict(HAS_SAMPLE if _has_sample(scope) else NOT_EMPTY)


def _require_empty(scope: Scope) -> None:
    require_loadable(scope)
    if _has_sample(scope):
        first_steps.remove_sample(scope)


def _has_content(scope: Scope) -> bool:
    queries = [section.query(scope.user_id).order_by(None) for section in SECTIONS if section.name in CONTENT]
    return any(scope.session.execute(query.limit(1)).first() for query in queries)


def _has_sample(scope: Scope) -> bool:
    own = preferences.user_id == scope.user_id
    return bool(scope.session.execute(select(preferences.has_sample).where(own)).scalar_one())


def _is_sample_alone(scope: Scope) -> bool:
    """Return whether the worker, which adds the sample data, recorded every event."""
    other = exists().where(events.user_id == scope.user_id, events.door != Door.WORKER.value)
    return _has_sample(scope) and not scope.session.execute(select(other)).scalar_one()


def _load_section(scope: Scope, section: Section, lines: Sequence[bytes]) -> None:
    remaining, derive = iter(lines), _DERIVED.get(section.name, _nothing)
    statement = text(_insertion(section))
    while batch := list(islice(remaining, BATCH)):
        rows = [json.loads(line) for line in batch]
        if section.model is Event:
            _require_readable(scope, rows)
        values = [{"user_id": str(scope.user_id), **row, **derive(row)} for row in rows]
        try:
            scope.session.execute(statement, {"rows": json.dumps(values, ensure_ascii=False)})
        except (DataError, IntegrityError) as error:
            raise Sorry(_refusal(section, error)) from None


def _insertion(section: Section) -> str:
    """Return the statement that inserts JSON rows, many times faster than one row at a time."""
    table = section.model.__tablename__
    names = [f'"{name}"' for name in section.columns]
    columns = ", ".join(
        ['"user_id"', *names, *(f'"{name}"' for name in _DERIVED_COLUMNS.get(section.name, ()))]
    )
    rows = f'jsonb_populate_recordset(NULL::"{table}", CAST(:rows AS jsonb))'
    replaced = ", ".join(f"{name} = excluded.{name}" for name in names)
    conflict = f" ON CONFLICT (user_id) DO UPDATE SET {replaced}" if section.is_single else ""
    return f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {rows}{conflict}"


def _refusal(section: Section, error: Any) -> str:
    rule = error.orig.diag.constraint_name or error.orig.diag.message_primary
    return f"The export isn't valid. /{section.name}: a row contradicts itself or another one ({rule}). Nothing was loaded."


def _require_readable(scope: Scope, rows: list[dict[str, Any]]) -> None:
    """Raise Sorry unless every event has the particulars that its sentence needs."""
    try:
        timeline.log_days(scope, rows)
    except (KeyError, ValueError, TypeError, AttributeError):
        raise Sorry(
            "The export isn't valid. /events: an event lacks particulars of its kind. Nothing was loaded."
        ) from None


def _nothing(row: dict[str, Any]) -> dict[str, Any]:
    return {}


def _application_keys(row: dict[str, Any]) -> dict[str, Any]:
    return {"posting_key": posting_key(row["posting_url"]), "employer_key": employer_key(row["company"])}


def _own_call(row: dict[str, Any]) -> dict[str, Any]:
    """Return that a call was to the user's own service: it used nothing of this installation's."""
    return {"is_own": True}


_DERIVED: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "applications": _application_keys,
    "model_calls": _own_call,
}
"""Values of columns that aren't exported, computed from the exported ones."""
_DERIVED_COLUMNS = {"applications": ("posting_key", "employer_key"), "model_calls": ("is_own",)}
