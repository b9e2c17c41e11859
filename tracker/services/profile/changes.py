"""How a change of the profile is made: one at a time, noted in the event log as a whole, and taken back as a whole."""

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
from tracker.shapes.words import EventKind, JobKind

_TABLES: dict[str, Any] = {"profile": Profile, "position": Position, "bullet": Bullet}
"""In an order in which rows can be put back."""
CHANGED_SINCE = "It was changed again since, so it was left as it is."
Key = tuple[str, str]


def about(scope: Scope) -> Profile:
    """The head of the person's profile, made when there is none, and held: whoever changes a profile does it alone."""
    made = insert(Profile).values(user_id=scope.user_id).on_conflict_do_nothing()
    scope.session.execute(made)
    held = select(Profile).where(profiles.user_id == scope.user_id).with_for_update()
    return scope.session.scalars(held).one()


@contextmanager
def recorded(scope: Scope, said: str) -> Iterator[None]:
    """A change of the profile, which the log keeps with all that it takes to undo it; one that changes nothing isn't kept."""
    about(scope)
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
        timeline.record(scope, EventKind.PROFILE_CHANGED, None, name=said, rows=changed)
        _note_deleted(scope, [table for table, row_id in before if (table, row_id) not in after])
        _score(scope, before, after)


def _note_deleted(scope: Scope, tables: list[str]) -> None:
    for what in (Deletable.POSITION, Deletable.BULLET):
        if number := tables.count(what):
            audit.deleted(scope, what, number)


def put_back(scope: Scope, _: Any, facts: dict[str, Any]) -> None:
    """Undo one change; Conflict, and nothing done, when any row it touched was changed since."""
    about(scope)
    now = _rows(scope)
    changed: dict[Key, dict[str, Any]] = {(one["table"], one["id"]): one for one in facts["rows"]}
    if any(_digest(now.get(key)) != one["after"] for key, one in changed.items()):
        raise Conflict(CHANGED_SINCE)
    gone = {
        row_id for (table, row_id), one in changed.items() if table == "position" and one["before"] is None
    }
    if any(row.get("position_id") in gone for key, row in now.items() if key not in changed):
        raise Conflict(CHANGED_SINCE)
    for table, model in _TABLES.items():
        for (of, row_id), one in changed.items():
            if of == table:
                _set(scope, model, row_id, one["before"])
    scope.session.expire_all()
    _score(scope, now, _rows(scope))


def _score(scope: Scope, before: dict[Key, Any], after: dict[Key, Any]) -> None:
    """Ask for all scores to be renewed where the profile may bear out other skills than before."""
    if _speaking(before) != _speaking(after):
        jobs.request(scope, JobKind.SCORE_ALL)


def _speaking(rows: dict[Key, Any]) -> list[str]:
    names = ("headline", "title", "text", "skills")
    return sorted(json.dumps([row.get(name) for name in names]) for row in rows.values())


def _set(scope: Scope, model: Any, row_id: str, row: dict[str, Any] | None) -> None:
    own = columns_of(model)
    if row is None:
        scope.session.execute(delete(model).where(own.user_id == scope.user_id, own.id == UUID(row_id)))
        return
    values = {"user_id": scope.user_id, **{name: _kept(own[name].type, value) for name, value in row.items()}}
    keys = [column.name for column in own if column.primary_key]
    made = insert(model).values(**values)
    scope.session.execute(made.on_conflict_do_update(index_elements=keys, set_=values))


def _rows(scope: Scope) -> dict[Key, dict[str, Any]]:
    """Every row of the profile as the log can hold it."""
    found = {}
    for table, model in _TABLES.items():
        own = columns_of(model)
        for row in scope.rows(select(*own).where(own.user_id == scope.user_id)):
            plain = {name: _plain(value) for name, value in row.items() if name != "user_id"}
            found[table, plain.get("id", "")] = plain
    return found


def _digest(row: dict[str, Any] | None) -> str:
    return "" if row is None else hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _kept(column_type: Any, plain: Any) -> Any:
    try:
        kind = column_type.python_type
    except NotImplementedError:
        return plain
    if plain is None or kind not in (datetime, UUID):
        return plain
    return datetime.fromisoformat(plain) if kind is datetime else UUID(plain)
