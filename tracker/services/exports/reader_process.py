"""The process that reads an uploaded export: bytes in, rows out, with limited memory and time."""

import io
import json
import os
import resource
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import dataclass

from tracker import zones
from tracker.services.exports.archive_reader import DOCUMENT_NAME, Unreadable, read_document
from tracker.settings import CHECKOUT

SECONDS, MEMORY = 120, 2 * 1024**3
TOO_MUCH = "This file takes more time or memory to read than an export should."


@dataclass(frozen=True)
class UploadedExport:
    """A valid document: the user's name, and the rows of each section as JSON in its order."""

    account_name: str
    rows: dict[str, list[bytes]]


def read_isolated(content: bytes) -> UploadedExport:
    """Validate an upload in an isolated process; raises Unreadable with the reason."""
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
    try:
        process = subprocess.run(
            [sys.executable, "-m", "tracker.services.exports.reader_process"],
            input=content, capture_output=True, timeout=SECONDS, cwd=CHECKOUT, env=environment, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Unreadable(TOO_MUCH) from None
    head, *lines = process.stdout.split(b"\n") if process.returncode == 0 else [b""]
    answer = json.loads(head or b"{}")
    if "counts" not in answer:
        raise Unreadable(str(answer.get("problem") or TOO_MUCH)[:500])
    rows, first = {}, 0
    for name, count in answer["counts"].items():
        rows[name] = lines[first : first + count]
        first += count
    return UploadedExport(answer["name"], rows)


def _limit() -> None:
    limits = (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    )
    for limit, most in limits:
        # macOS has no memory limit; the time limit applies there too.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def _import_everything() -> None:
    """Load the modules and files that reading needs; none can be opened once isolated."""
    zones.names()
    sample = io.BytesIO()
    with zipfile.ZipFile(sample, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DOCUMENT_NAME, "{}")
    with suppress(Unreadable):
        read_document(sample.getvalue())


def _main() -> None:
    from tracker.parent_death import die_with_parent
    from tracker.services.resume.isolation import isolate

    _import_everything()
    content = sys.stdin.buffer.read()
    isolate()
    die_with_parent()  # After the isolation: the kernel clears it when the account changes.
    _limit()
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
