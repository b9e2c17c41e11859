"""Query results read in batches, so that memory doesn't grow with their number."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from sqlalchemy.sql import Executable

from tracker.db import Row, Scope

BATCH = 500
"""Rows that are fetched at once."""


def stream(scope: Scope, query: Executable, values: Mapping[str, Any] | None = None) -> Iterator[Row]:
    """Yield a query's rows from a cursor of the database."""
    options = {"yield_per": BATCH}
    result: Any = scope.session.execute(query, values or {}, execution_options=options)
    yield from result.mappings()


def first_matches(scope: Scope, queries: Iterable[tuple[Executable, Mapping[str, Any]]]) -> Iterator[Row]:
    """Return the rows of the first query that has any; the values of each are its parameters."""
    for query, values in queries:
        rows = stream(scope, query, values)
        if (first := next(rows, None)) is not None:
            return chain([first], rows)
    return iter(())
