"""Conversion of rows to records."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

from tracker.shapes.records import field_names

R = TypeVar("R")


@lru_cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def as_record(kind: type[R], row: Any, **more: Any) -> R:
    """Return a record with the row's columns of the same names, and `more`; texts become enumerations."""
    names = [name for name in field_names(kind) if name not in more]
    columns = {name: row[name] if isinstance(row, Mapping) else getattr(row, name) for name in names}
    adapter = _adapter(cast("Any", kind))
    record: R = adapter.validate_python({**columns, **more})
    return record
