"""The document of an export: all of a user's data as JSON, whose bytes depend on the data alone."""

import json
from typing import IO

from sqlalchemy import func, select

from tracker.db import Scope
from tracker.models import users
from tracker.services.exports.schema import FORMAT, VERSION, row_adapter
from tracker.services.exports.sections import SECTIONS, Section
from tracker.services.exports.streams import stream


def write_document(scope: Scope, file: IO[bytes]) -> None:
    """Write the user's document with a row on each line.

    The transaction must be a snapshot, so that no row refers to one that was added after its section was read.
    """
    name = scope.session.execute(select(users.name).where(users.id == scope.user_id)).scalar_one()
    head = {"format": FORMAT, "version": VERSION, "account": {"name": name}}
    file.write(json.dumps(head, ensure_ascii=False)[:-1].encode())
    for section in SECTIONS:
        file.write(f',\n"{section.name}": ['.encode())
        _write_rows(scope, section, file)
        file.write(b"]")
    file.write(b"}\n")


def _write_rows(scope: Scope, section: Section, file: IO[bytes]) -> None:
    adapter = row_adapter(section)
    for number, row in enumerate(stream(scope, section.query(scope.user_id))):
        file.write(b",\n" if number else b"\n")
        file.write(adapter.dump_json(dict(row)))


def row_counts(scope: Scope) -> dict[str, int]:
    """Return the number of rows of each section."""
    counts = {}
    for section in SECTIONS:
        rows = section.query(scope.user_id).order_by(None).subquery()
        counts[section.name] = scope.session.execute(select(func.count()).select_from(rows)).scalar_one()
    return counts
