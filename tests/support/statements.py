"""SQL statements sent to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the SQL statements sent meanwhile, except the one that begins a transaction."""
    sent: list[str] = []
    execute = psycopg.Cursor.execute

    def record(cursor: Any, query: Any, *args: Any, **options: Any) -> Any:
        if "set_config('role'" not in str(query):
            sent.append(str(query))
        return execute(cursor, query, *args, **options)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(psycopg.Cursor, "execute", record)
        yield sent
