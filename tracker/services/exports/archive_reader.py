"""Reading of an uploaded export: the document is found, validated and split into rows.

Runs in an isolated process with limited memory and time; see `reader_process.py`.
"""

import io
import zipfile
from typing import Any

from pydantic import ValidationError

from tracker.services.exports.schema import FORMAT, VERSION, document_adapter, row_adapter
from tracker.services.exports.sections import SECTIONS
from tracker.services.isolated_process import Unreadable

MAX_UPLOAD_BYTES = 50 * 1024 * 1024
"""Largest file that can be loaded."""
MAX_DOCUMENT_BYTES = 128 * 1024 * 1024
"""Largest document in it."""
DOCUMENT_NAME = "data.json"
MAX_SHOWN_PROBLEMS = 5
_NO_DOCUMENT = (
    "This file is no export of Pursuit: it is neither a ZIP file with data.json nor that document itself."
)
_TOO_LARGE = f"The document in this file is larger than {MAX_DOCUMENT_BYTES // 1024**2} MB."


def document_bytes(content: bytes) -> bytes:
    """Return the document of an upload, which is a ZIP file or the document itself; raises Unreadable."""
    if not content.startswith(b"PK"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(DOCUMENT_NAME) as document:
            # The size in the directory of a ZIP file may be a lie.
            unpacked = document.read(MAX_DOCUMENT_BYTES + 1)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise Unreadable(_NO_DOCUMENT) from None
    if len(unpacked) > MAX_DOCUMENT_BYTES:
        raise Unreadable(_TOO_LARGE)
    return unpacked


def read_document(content: bytes) -> tuple[str, dict[str, list[bytes]]]:
    """Return the user's name, and the rows of each section as JSON; raises Unreadable."""
    try:
        document = document_adapter().validate_json(document_bytes(content))
    except ValidationError as error:
        raise Unreadable(_reason(error)) from None
    rows = {
        section.name: [row_adapter(section).dump_json(row) for row in document[section.name]]
        for section in SECTIONS
    }
    return document["account"]["name"], rows


def _reason(error: ValidationError) -> str:
    """Return a sentence for the first problems, each with the path of its value as a JSON pointer."""
    problems = error.errors(include_url=False, include_input=False, include_context=False)
    if problems[0]["type"] in ("json_invalid", "dict_type"):
        return _NO_DOCUMENT
    by_path = {"/" + "/".join(map(str, problem["loc"])): problem for problem in problems}
    if "/format" in by_path:
        return _NO_DOCUMENT
    if "/version" in by_path:
        return f"This export has a version of the format that this Pursuit doesn't know; it reads {FORMAT} {VERSION}."
    shown = [f"{path[:200]}: {_text(problem)}." for path, problem in by_path.items()][:MAX_SHOWN_PROBLEMS]
    more = len(by_path) - len(shown)
    return " ".join(["The export isn't valid.", *shown, *([f"And {more} more."] if more else [])])


def _text(problem: Any) -> str:
    if problem["type"] == "extra_forbidden":
        return "This name isn't part of the format"
    return str(problem["msg"]).removeprefix("Value error, ")
