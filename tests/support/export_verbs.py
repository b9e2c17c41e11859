"""Service functions of exports, with the arguments by which another user would reach bob's rows."""

import io
from collections.abc import Callable
from typing import Any

from tests.support.people import Person
from tracker.services.exports.archives import request_export


def create_archive(bob: Person) -> str:
    """Create an export of bob's that waits for its job, and return its id."""
    bob.call(request_export)
    return str(bob.rows("SELECT id FROM archive")[0]["id"])


Arguments = Callable[[Any], tuple[Any, ...]]

REFUSED: dict[str, Arguments] = {
    "exports.archives.begin_download": lambda t: (t.archive,),
    "exports.archives.finish_upload": lambda t: (t.archive, "mine"),
    "exports.archives.own_archive": lambda t: (t.archive,),
    "exports.archives.store_export": lambda t: (t.archive, io.BytesIO(b"mine")),
}

SEES_NOTHING: dict[str, Arguments] = {
    "exports.archive_status.your_data": lambda t: (),
    "exports.archives.request_export": lambda t: (),
    "pages.settings.request_export": lambda t: ("a press",),
    "exports.archive_files.write_archive": lambda t: (io.BytesIO(), print),
    "exports.document.row_counts": lambda t: (),
    "exports.document.write_document": lambda t: (io.BytesIO(),),
    "exports.table_files.write_table": lambda t: ("applications", "csv", {}, io.BytesIO()),
}

NO_ROWS = {
    "exports.archives.parts", "exports.archives.store_upload", "exports.loading.load", "exports.loading.require_loadable", "exports.streams.stream", "exports.streams.first_matches", "exports.tables.applications_table",
    "exports.tables.contacts_table", "exports.tables.interviews_table",
}  # fmt: skip
"""Queries whose rows are read as a file is written, and loading, which needs an empty account.

`test_table_files`, `test_archives` and `test_bad_documents` call them for other users.
"""
