"""The tables of any supported file, whose kind is recognized by its content and never by its name."""

from tracker.services.imports import archives, text_encodings, workbooks
from tracker.services.imports.delimited_text import rows_of
from tracker.services.imports.html_text import without_markup
from tracker.services.imports.sheets import FileContent, limited
from tracker.services.imports.structured_text import is_markdown, sheets_of_json, sheets_of_markdown
from tracker.services.imports.text_encodings import decoded
from tracker.services.isolated_process import Unreadable

EMPTY = "This file is empty."
WEB_PAGE = "This is a web page, not a table. Export the table as CSV or as a spreadsheet."
PDF = "This is a PDF. Export the table as CSV or as a spreadsheet."


def content_of(content: bytes, encoding: str = "", name: str = "") -> FileContent:
    """Return the tables of a file; raises Unreadable with the reason.

    `encoding` is the user's choice for a text file whose bytes don't decide.
    """
    if content.startswith(b"PK\x03\x04") and not _is_workbook(content):
        return archives.contents_of(content, lambda part, name: content_of_part(part, encoding, name))
    return content_of_part(content, encoding, name)


def content_of_part(content: bytes, encoding: str, name: str) -> FileContent:
    """Return the tables of a file that is no archive of others; raises Unreadable."""
    if not content.strip():
        raise Unreadable(EMPTY)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return FileContent(workbooks.sheets_of(content))
    if content.startswith(b"%PDF-"):
        raise Unreadable(PDF)
    text, used, choices = decoded(content, encoding)
    head = text.lstrip("\ufeff \t\r\n")
    if head[:14].lower().startswith(("<!doctype html", "<html", "<?xml")):
        raise Unreadable(WEB_PAGE)
    if head.startswith(("[", "{")):
        sheets = sheets_of_json(head)
    elif is_markdown(head):
        sheets = sheets_of_markdown(head)
    else:
        sheets = [limited(name, rows_of(text))]
    return FileContent([without_markup(sheet) for sheet in sheets], used, choices)


def preload() -> None:
    """Load everything that reading may need, since the isolated process has no file system."""
    text_encodings.preload()
    workbooks.preload()


def _is_workbook(content: bytes) -> bool:
    """Return whether an archive is a spreadsheet, by the names of its parts."""
    return any(
        mark in content
        for mark in (b"xl/workbook", b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")
    )
