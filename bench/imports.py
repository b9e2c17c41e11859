"""Timings of an import of 10,000 rows: reading, the dry run, applying, repeating and undoing it."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tracker.db import scoped
from tracker.services.imports.apply_import import apply
from tracker.services.imports.data_imports import check, request_apply, save_tables, store_file
from tracker.services.imports.reader_process import read_isolated
from tracker.services.imports.undo_import import undo
from tracker.shapes.people import Who

ROWS = 10_000
_STATUSES = ("Applied", "Interview", "Rejected", "Wishlist", "Offer", "Ghosted")


def measured(user_id: UUID) -> str:
    """Return a table of the seconds that each step of an import takes, for a user without applications."""
    user = Who(user_id, timezone="Europe/Berlin")
    content = table(ROWS)
    seconds: dict[str, float] = {}
    tables = _timed(seconds, "read in the isolated process", lambda: read_isolated(content))
    import_id = _stored(user, content)
    _timed(seconds, "store and recognize", lambda: _call(user, save_tables, import_id, tables))
    _timed(seconds, "dry run", lambda: _call(user, check, import_id))
    _call(user, request_apply, import_id)
    _timed(seconds, "apply", lambda: _call(user, apply, import_id, lambda percent: None))
    again = _stored(user, content)
    _call(user, save_tables, again, tables)
    _timed(seconds, "dry run of the same file again", lambda: _call(user, check, again))
    _timed(seconds, "undo", lambda: _call(user, undo, import_id))
    lines = [f"| import of {ROWS:,} rows | s |", "| --- | ---: |"]
    return "\n".join([*lines, *(f"| {name} | {second:.1f} |" for name, second in seconds.items())])


def table(rows: int) -> bytes:
    """Return a CSV of applications with dates, salaries, addresses and notes."""
    lines = ["Company,Role,Status,Date applied,Last updated,Location,Salary,URL,Notes"]
    for number in range(rows):
        applied = date(2024, 1, 1) + timedelta(days=number % 900)
        lines.append(
            f"Company {number % 3000},Engineer {number},{_STATUSES[number % 6]},{applied},{applied + timedelta(days=9)},"
            f'Berlin,{50 + number % 40}k EUR,https://jobs.example.com/{number},"First line\nsecond line, {number}"'
        )
    return "\n".join(lines).encode()


def _stored(user: Who, content: bytes) -> UUID:
    return UUID(_call(user, store_file, content, "jobs.csv"))


def _call(user: Who, service: Callable[..., Any], *args: Any) -> Any:
    with scoped(user) as scope:
        return service(scope, *args)


def _timed(seconds: dict[str, float], name: str, step: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    result = step()
    seconds[name] = time.perf_counter() - started
    return result
