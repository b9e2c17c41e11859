"""The process that reads an uploaded export: bytes in, rows out, with limited memory and time."""

import io
import json
import sys
import zipfile
from contextlib import suppress
from dataclasses import dataclass

from tracker import zones
from tracker.services import isolated_process
from tracker.services.exports.archive_reader import DOCUMENT_NAME, read_document
from tracker.services.isolated_process import Unreadable

SECONDS, MEMORY = 120, 2 * 1024**3
TOO_MUCH = "This file takes more time or memory to read than an export should."


@dataclass(frozen=True)
class UploadedExport:
    """A valid document: the user's name, and the rows of each section as JSON in its order."""

    account_name: str
    rows: dict[str, list[bytes]]


def read_isolated(content: bytes) -> UploadedExport:
    """Validate an upload in an isolated process; raises Unreadable with the reason."""
    written = isolated_process.output("tracker.services.exports.reader_process", content, seconds=SECONDS)
    head, *lines = written.split(b"\n")
    answer = json.loads(head or b"{}")
    if "counts" not in answer:
        raise Unreadable(str(answer.get("problem") or TOO_MUCH)[:500])
    rows, first = {}, 0
    for name, count in answer["counts"].items():
        rows[name] = lines[first : first + count]
        first += count
    return UploadedExport(answer["name"], rows)


def _import_everything() -> None:
    """Load the modules and files that reading needs; none can be opened once isolated."""
    zones.names()
    sample = io.BytesIO()
    with zipfile.ZipFile(sample, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DOCUMENT_NAME, "{}")
    with suppress(Unreadable):
        read_document(sample.getvalue())


def _main() -> None:
    content, _ = isolated_process.isolated_input(_import_everything, SECONDS, MEMORY)
    try:
        name, rows = read_document(content)
    except Unreadable as error:
        sys.stdout.write(json.dumps({"problem": error.message}))
    except (MemoryError, RecursionError):
        sys.stdout.write(json.dumps({"problem": TOO_MUCH}))
    else:
        counts = {section: len(lines) for section, lines in rows.items()}
        sys.stdout.buffer.write(json.dumps({"name": name, "counts": counts}).encode())
        for lines in rows.values():
            for line in lines:
                sys.stdout.buffer.write(b"\n" + line)


if __name__ == "__main__":
    _main()
