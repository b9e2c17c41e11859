"""What changed of whose: noticed in a person's transaction, told to every web process once it is kept.

The message names tables and identifiers, never a word of the person's.
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

AT_MOST = 50
"""Identifiers of one table that are told one by one; of more it is only said that some changed."""

TELLS = "tells"
"""The option by which a statement in words says which identifiers of a table it changes: `{table: ids}`."""

Rows = dict[str, set[str] | None]
"""What changed, by table: the identifiers, or None where it isn't known which."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WRITES = re.compile(r"\b(?:INSERT\s+INTO|(?<!FOR )UPDATE|DELETE\s+FROM)\s+(\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class Changed:
    """Something of one person's changed; `tab` made the change and has shown it already, `is_all` says that anything may have."""

    user_id: str = ""
    rows: Rows = field(default_factory=dict)
    tab: str = ""
    is_all: bool = False

    def as_message(self) -> str:
        """What is sent."""
        told = {table: sorted(ids) if ids is not None else None for table, ids in self.rows.items()}
        return json.dumps({"user": self.user_id, "tab": self.tab, "rows": told})

    @classmethod
    def of_message(cls, message: bytes | str) -> Self:
        """What was sent; ValueError when it isn't ours."""
        said = json.loads(message)
        try:
            rows = {table: set(ids) if ids is not None else None for table, ids in said["rows"].items()}
            return cls(str(said["user"]), rows, str(said["tab"]))
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("not a message of Pursuit's") from error

    def and_also(self, other: "Changed") -> "Changed":
        """Both changes as one."""
        both = {table: set(ids) if ids is not None else None for table, ids in self.rows.items()}
        for table, ids in other.rows.items():
            _note(both, table, ids)
        tab = self.tab if self.tab == other.tab else ""
        return Changed(self.user_id, both, tab, self.is_all or other.is_all)

    def concerns(self, tables: Iterable[str], of_one: Iterable[str], row_id: str) -> bool:
        """Whether it touches any of these tables, or of the others the rows that have to do with one row."""
        if self.is_all or not self.rows.keys().isdisjoint(tables):
            return True
        return any(
            (ids := self.rows[table]) is None or row_id in ids for table in of_one if table in self.rows
        )


def channel() -> str:
    """Where the messages of this installation go; installations that share a server differ by its database's number."""
    return f"pursuit:changed:{valkey().get_connection_kwargs().get('db', 0)}"


def tell(changed: Changed) -> None:
    """Send the message to every web process."""
    if settings().redis_url:
        valkey().publish(channel(), changed.as_message())


class Watched(Session):
    """A session that notices which rows it changes, whichever verb does it and by whatever kind of statement."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.changed: Rows = {}
        self.is_kept: bool | None = False
        """Whether its transaction was committed; None while nobody knows, as when the connection broke at the commit."""


@event.listens_for(Watched, "after_flush")
def _flushed(session: Watched, _: Any) -> None:
    rows = [*session.new, *session.deleted, *(row for row in session.dirty if session.is_modified(row))]
    for row in rows:
        _note(session.changed, row.__tablename__, _ids(vars(row)))


@event.listens_for(Watched, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    changed: Rows = state.session.changed  # type: ignore[attr-defined]
    if told := state.execution_options.get(TELLS):
        for table, ids in told.items():
            _note(changed, table, {str(one) for one in ids})
    elif isinstance(state.statement, TextClause):
        for table in _WRITES.findall(state.statement.text):
            _note(changed, table.lower(), None)
    elif state.is_insert or state.is_update or state.is_delete:
        _note(changed, state.statement.table.name, _named(state))  # type: ignore[attr-defined]


def _note(rows: Rows, table: str, ids: set[str] | None) -> None:
    known = rows.get(table, set())
    every = None if known is None or ids is None else known | ids
    rows[table] = every if every is not None and len(every) <= AT_MOST else None


def _ids(row: Mapping[str, Any]) -> set[str]:
    """Every identifier in a row, its own and those of what it belongs to; the person's aside."""
    return {
        str(value)
        for name, value in row.items()
        if (name == "id" or name.endswith("_id")) and name != "user_id" and _UUID.fullmatch(str(value))
    }


def _named(state: ORMExecuteState) -> set[str] | None:
    """The identifiers in the rows a statement is given, or that its conditions bound it to; None without either."""
    if given := state.parameters:
        rows = [given] if isinstance(given, Mapping) else given
        return {one for row in rows for one in _ids(row)}
    if state.is_insert:
        return None
    return {one for row in _bounds(state.statement.whereclause) for one in _ids(row)} or None  # type: ignore[attr-defined]


def _bounds(where: Any) -> Iterator[dict[str, Any]]:
    """What each condition that must hold says a column equals, or is one of."""
    met = (
        where.clauses
        if isinstance(where, BooleanClauseList) and where.operator is operators.and_
        else [where]
    )
    for part in met:
        if not isinstance(part, BinaryExpression) or not isinstance(part.left, Column):
            continue
        if isinstance(part.right, BindParameter) and part.operator in (operators.eq, operators.in_op):
            value: Any = part.right.value
            for one in value if part.operator is operators.in_op else [value]:
                yield {part.left.name: one}
