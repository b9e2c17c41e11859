"""Pages of records, and the results of requests."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import ConfigDict

from tracker.shapes.records.examples import documented, example_id

R = TypeVar("R")


@dataclass(frozen=True)
class Page(Generic[R]):
    """A page of a list, and the cursor of the next one; None at the end."""

    items: list[R]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class MessageRecord:
    """A sentence that says what was done."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(message="Undone")
    message: str


@dataclass(frozen=True, kw_only=True)
class RowResult:
    """The result of a row of a bulk request: its record, or the problem that refused it."""

    status: int
    record: dict[str, Any] | None = None
    problem: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class BulkResult:
    """The results of a bulk request, in the order of its rows."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        results=[{"status": 201, "record": {"id": example_id(1), "company": "Linear"}, "problem": None}]
    )
    results: list[RowResult]


def field_names(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of a record's fields."""
    return tuple(field.name for field in fields(kind))
