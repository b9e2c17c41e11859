"""Changes of the profile: serialized by a lock, recorded in the event log, and undone as a whole."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope
from tracker.errors import Conflict
from tracker.models import Bullet, Position, Profile, columns_of, profiles
from tracker.services import audit, jobs, timeline
from tracker.shapes.audit import Deletable
from tracker.shapes.enumerations import EventKind, JobKind

_TABLES: dict[str, Any] = {"profile": Profile, "position": Position, "bullet": Bullet}
"""In the order in which rows can be restored under foreign keys."""
CHANGED_SINCE = "It has changed since, so it can't be undone."
Key = tuple[str, str]


def locked_profile(scope: Scope) -> Profile:
    """Return the head of the profile, created if missing and locked: only one edit runs at a time."""
    insertion = insert(Profile).values(user_id=scope.user_id).on_conflict_do_nothing()
    scope.session.execute(insertion)
    locked = select(Profile).where(profiles.user_id == scope.user_id).with_for_update()
    return scope.session.scalars(locked).one()


@contextmanager
def recorded(scope: Scope, description: str) -> Iterator[None]:
    """Record a change in the event log with what undo needs; one without effect isn't recorded."""
    locked_profile(scope)
    before = _rows(scope)
    yield
    scope.session.flush()
    after = _rows(scope)
    changed = [
        {"table": table, "id": row_id, "before": before.get((table, row_id)), "after": _digest(after.get((table, row_id)))}
        for table, row_id in dict.fromkeys([*before, *after])
        if before.get((table, row_id)) != after.get((table, row_id))
    ]  # fmt: skip
    if changed:
        timeline.record(scope, EventKind.PROFILE_CHANGED, None, name=description, rows=changed)
        _note_deleted(scope, [table for table, row_id in before if (table, row_id) not in after])
        _rescore(scope, before, after)


def _note_deleted(scope: Scope, tables: list[str]) -> None:
    for kind in (Deletable.POSITION, Deletable.BULLET):
        if number := tables.count(kind):
            audit.note_deletion(scope, kind, number)


def undo_change(scope: Scope, _: Any, particulars: dict[str, Any]) -> None:
    """Undo a change; raises Conflict when a row of it has changed since."""
    locked_profile(scope)
    now = _rows(scope)
    changed: dict[Key, dict[str, Any]] = {
        (entry["table"], entry["id"]): entry for entry in particulars["rows"]
    }
    if any(_digest(now.get(key)) != entry["after"] for key, entry in changed.items()):
        raise Conflict(CHANGED_SINCE)
    added_positions = {
        row_id
        for (table, row_id), entry in changed.items()
        if table == "position" and entry["before"] is None
    }
    if any(row.get("position_id") in added_positions for key, row in now.items() if key not in changed):
        raise Conflict(CHANGED_SINCE)
    for table, model in _TABLES.items():
        for (of, row_id), entry in changed.items():
            if of == table:
                _restore_row(scope, model, row_id, entry["before"])
    scope.session.expire_all()
    _rescore(scope, now, _rows(scope))


def _rescore(scope: Scope, before: dict[Key, Any], after: dict[Key, Any]) -> None:
    """Request new scores where the profile may support other skills than before."""
    if _skill_texts(before) != _skill_texts(after):
        jobs.request(scope, JobKind.SCORE_ALL)


def _skill_texts(rows: dict[Key, Any]) -> list[str]:
    names = ("headline", "title", "text", "skills")
    return sorted(json.dumps([row.get(name) for name in names]) for row in rows.values())


def _restore_row(scope: Scope, model: Any, row_id: str, row: dict[str, Any] | None) -> None:
    own = columns_of(model)
    if row is None:
        scope.session.execute(delete(model).where(own.user_id == scope.user_id, own.id == UUID(row_id)))
        return
    values = {
        "user_id": scope.user_id,
        **{name: _restored(own[name].type, value) for name, value in row.items()},
    }
    keys = [column.name for column in own if column.primary_key]
    insertion = insert(model).values(**values)
    scope.session.execute(insertion.on_conflict_do_update(index_elements=keys, set_=values))


def _rows(scope: Scope) -> dict[Key, dict[str, Any]]:
    """Return every row of the profile as the event log stores it."""
    rows = {}
    for table, model in _TABLES.items():
        own = columns_of(model)
        for row in scope.rows(select(*own).where(own.user_id == scope.user_id)):
            plain = {name: _plain(value) for name, value in row.items() if name != "user_id"}
            rows[table, plain.get("id", "")] = plain
    return rows


def _digest(row: dict[str, Any] | None) -> str:
    return "" if row is None else hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _restored(column_type: Any, plain: Any) -> Any:
    try:
        kind = column_type.python_type
    except NotImplementedError:
        return plain
    if plain is None or kind not in (datetime, UUID):
        return plain
    return datetime.fromisoformat(plain) if kind is datetime else UUID(plain)
