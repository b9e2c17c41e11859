"""Timings of an export: the list as files, the document, and loading it into another account."""

import io
import resource
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from tracker.db import scoped
from tracker.services import people
from tracker.services.exports.document import write_document
from tracker.services.exports.loading import load
from tracker.services.exports.reader_process import read_isolated
from tracker.services.exports.table_files import write_table
from tracker.shapes.people import Who


def measured(user_id: UUID) -> str:
    """Return the seconds of each step, and whether the second export equals the first."""
    user = Who(user_id, timezone="Europe/Berlin")
    lines = [_list_line(user, kind) for kind in ("csv", "xlsx")]
    document, seconds = _timed(lambda: _document(user))
    lines.append(f"write the document: {seconds:.1f} s, {len(document) / 1e6:.0f} MB")
    export, seconds = _timed(lambda: read_isolated(document))
    lines.append(f"validate it in a process of its own: {seconds:.1f} s")
    other = Who(people.sign_up("https://bench.example.com", str(uuid4())))
    _, seconds = _timed(lambda: _load(other, export))
    lines.append(f"load it into an empty account: {seconds:.1f} s")
    lines.append(f"the same bytes when exported again: {_document(other) == document}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    lines.append(f"most memory of the validating process: {peak / 1024:.0f} MiB")
    return "\n".join(lines)


def _list_line(user: Who, kind: str) -> str:
    file = io.BytesIO()

    def write() -> None:
        with scoped(user) as scope:
            write_table(scope, "applications", kind, {}, file)

    _, seconds = _timed(write)
    return f"write the list as {kind}: {seconds:.1f} s, {len(file.getvalue()) / 1e6:.0f} MB"


def _document(user: Who) -> bytes:
    file = io.BytesIO()
    with scoped(user, is_snapshot=True) as scope:
        write_document(scope, file)
    return file.getvalue()


def _load(user: Who, export: Any) -> str:
    with scoped(user) as scope:
        return load(scope, export)


def _timed(step: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    result = step()
    return result, time.perf_counter() - started
