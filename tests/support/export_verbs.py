"""Service functions of exports, with the arguments by which another user would reach bob's rows."""

import io
from collections.abc import Callable
from typing import Any

Arguments = Callable[[Any], tuple[Any, ...]]

SEES_NOTHING: dict[str, Arguments] = {
    "exports.document.row_counts": lambda t: (),
    "exports.document.write_document": lambda t: (io.BytesIO(),),
    "exports.table_files.write_table": lambda t: ("applications", "csv", {}, io.BytesIO()),
}

NO_ROWS = {
    "exports.loading.load", "exports.loading.require_loadable", "exports.streams.stream", "exports.streams.first_matches", "exports.tables.applications_table",
    "exports.tables.contacts_table", "exports.tables.interviews_table",
}  # fmt: skip
"""Queries whose rows are read as a file is written, and loading, which needs an empty account.

`test_table_files` and `test_bad_documents` call them for other users.
"""
