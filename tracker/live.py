"""Change notifications: recorded during a transaction, published to every web process after commit.

A message contains table names and ids, never the user's content.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy import BinaryExpression, BindParameter, BooleanClauseList, Column, TextClause, event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql import operators

from tracker.cache import valkey
from tracker.settings import settings

MAX_IDS = 50
"""Ids listed per table; with more, the message says only that some rows changed."""

CHANGED_ROWS = "tells"
"""Execution option of raw SQL with the rows that it changes: `{table: ids}`."""

Rows = dict[str, set[str] | None]
"""Changed ids by table; None where the ids are unknown."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WRITES = re.compile(r"\b(?:INSERT\s+INTO|(?<!FOR )UPDATE|DELETE\s+FROM)\s+(\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class ChangeNotification:
    """Changed rows of one user; `tab` made the change, `is_all` means that anything may have changed."""

    user_id: str = ""
    rows: Rows = field(default_factory=dict)
    tab: str = ""
    is_all: bool = False

    def as_message(self) -> str:
        """Return the message to publish."""
        rows = {table: sorted(ids) if ids is not None else None for table, ids in self.rows.items()}
        return json.dumps({"user": self.user_id, "tab": self.tab, "rows": rows})

    @classmethod
    def of_message(cls, message: bytes | str) -> Self:
        """Parse a message; raises ValueError for an invalid one."""
        data = json.loads(message)
        try:
            rows = {table: set(ids) if ids is not None else None for table, ids in data["rows"].items()}
            return cls(str(data["user"]), rows, str(data["tab"]))
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("not a message of Pursuit") from error

    def merged_with(self, other: "ChangeNotification") -> "ChangeNotification":
        """Return both changes as one notification."""
        both = {table: set(ids) if ids is not None else None for table, ids in self.rows.items()}
        for table, ids in other.rows.items():
            _record(both, table, ids)
        tab = self.tab if self.tab == other.tab else ""
        return ChangeNotification(self.user_id, both, tab, self.is_all or other.is_all)

    def concerns(self, tables: Iterable[str], row_tables: Iterable[str], row_id: str) -> bool:
        """Return True if it changes any of `tables`, or the row `row_id` in one of `row_tables`."""
        if self.is_all or not self.rows.keys().isdisjoint(tables):
            return True
        return any(
            (ids := self.rows[table]) is None or row_id in ids for table in row_tables if table in self.rows
        )


def channel() -> str:
    """Return the Redis channel of this installation, which contains the number of its Redis database."""
    return f"pursuit:changed:{valkey().get_connection_kwargs().get('db', 0)}"


def publish(changed: ChangeNotification) -> None:
    """Publish a notification to every web process."""
    if settings().redis_url:
        valkey().publish(channel(), changed.as_message())


class ChangeTrackingSession(Session):
    """Session that records which rows its statements change."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.changed: Rows = {}
        self.is_committed: bool | None = False
        """Whether its transaction was committed; None if unknown, such as after a connection loss at commit."""


@event.listens_for(ChangeTrackingSession, "after_flush")
def _flushed(session: ChangeTrackingSession, _: Any) -> None:
    rows = [*session.new, *session.deleted, *(row for row in session.dirty if session.is_modified(row))]
    for row in rows:
        _record(session.changed, row.__tablename__, _ids(vars(row)))


@event.listens_for(ChangeTrackingSession, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    changed: Rows = state.session.changed  # type: ignore[attr-defined]
    if rows := state.execution_options.get(CHANGED_ROWS):
        for table, ids in rows.items():
            _record(changed, table, {str(row_id) for row_id in ids})
    elif isinstance(state.statement, TextClause):
        for table in _WRITES.findall(state.statement.text):
            _record(changed, table.lower(), None)
    elif state.is_insert or state.is_update or state.is_delete:
        _record(changed, state.statement.table.name, _statement_ids(state))  # type: ignore[attr-defined]


def _record(rows: Rows, table: str, ids: set[str] | None) -> None:
    recorded = rows.get(table, set())
    merged = None if recorded is None or ids is None else recorded | ids
    rows[table] = merged if merged is not None and len(merged) <= MAX_IDS else None


def _ids(row: Mapping[str, Any]) -> set[str]:
    """Return every id in a row except the user's: its own and those of its foreign keys."""
    return {
        str(value)
        for name, value in row.items()
        if (name == "id" or name.endswith("_id")) and name != "user_id" and _UUID.fullmatch(str(value))
    }


def _statement_ids(state: ORMExecuteState) -> set[str] | None:
    """Return the ids in a statement's parameters or WHERE clause; None if it has neither."""
    if parameters := state.parameters:
        rows = [parameters] if isinstance(parameters, Mapping) else parameters
        return {row_id for row in rows for row_id in _ids(row)}
    if state.is_insert:
        return None
    return {row_id for row in _equalities(state.statement.whereclause) for row_id in _ids(row)} or None  # type: ignore[attr-defined]


def _equalities(where: Any) -> Iterator[dict[str, Any]]:
    """Yield the values that AND-ed conditions compare columns with, by `=` or IN."""
    conditions = (
        where.clauses
        if isinstance(where, BooleanClauseList) and where.operator is operators.and_
        else [where]
    )
    for part in conditions:
        if not isinstance(part, BinaryExpression) or not isinstance(part.left, Column):
            continue
        if isinstance(part.right, BindParameter) and part.operator in (operators.eq, operators.in_op):
            value: Any = part.right.value
            for item in value if part.operator is operators.in_op else [value]:
                yield {part.left.name: item}
