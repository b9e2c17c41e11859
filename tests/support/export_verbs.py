"""Service functions of exports, with the arguments by which another user would reach bob's rows."""

import io
from collections.abc import Callable
from typing import Any

Arguments = Callable[[Any], tuple[Any, ...]]

SEES_NOTHING: dict[str, Arguments] = {
    "exports.table_files.write_table": lambda t: ("applications", "csv", {}, io.BytesIO()),
}

NO_ROWS = {
    "exports.streams.stream", "exports.streams.first_matches", "exports.tables.applications_table",
    "exports.tables.contacts_table", "exports.tables.interviews_table",
}  # fmt: skip
"""Queries whose rows are read as a file is written; `test_table_files` writes another user's."""
