"""The text of a file, within limits; runs in an isolated process, since a file may be malicious."""

import encodings
import importlib
import io
import pkgutil
import re
import zipfile
from contextlib import suppress
from functools import cache
from typing import Any

from tracker.services.isolated_process import Unreadable
from tracker.services.resume.file_types import DOCX, PDF, decoded

PAGES, CHARACTERS = 20, 200_000
UNPACKED = 50 * 1024 * 1024
PARTS = 2000


def preload() -> None:
    """Load everything that opening a file may need, since the isolated process has no file system."""
    import docx.parts.styles
    import docx.table
    import pypdf

    for package in (encodings, pypdf):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            with suppress(ImportError):
                importlib.import_module(module.name)
    styles: Any = docx.parts.styles.StylesPart
    styles._default_styles_xml = cache(styles._default_styles_xml)
    styles._default_styles_xml()


def text_of(content: bytes, kind: str) -> str:
    """Return the text of a PDF, a Word file or a text file; raises Unreadable with the reason."""
    text = {PDF: _of_pdf, DOCX: _of_docx}.get(kind, decoded)(content)
    if len(text) > CHARACTERS:
        raise Unreadable(f"This has more than {CHARACTERS:,} characters, which is too long for a resume.")
    if kind in (PDF, DOCX) and not re.search(r"\w{2}", text):
        raise Unreadable(
            "This file has no text: its pages are images, such as scans. Paste the text instead."
        )
    return text


def _of_pdf(content: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("This PDF is locked with a password. Save it without one and try again.")
        if len(reader.pages) > PAGES:
            raise Unreadable(f"This PDF has {len(reader.pages)} pages; at most {PAGES} are read.")
        texts, length = [], 0
        for page in reader.pages:
            texts.append(page.extract_text())
            length += len(texts[-1])
            if length > CHARACTERS:
                break
        return "\n".join(texts)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise Unreadable(
            "This PDF is damaged and can't be read. Print it to a new PDF and try that."
        ) from error


def _of_docx(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise Unreadable("This Word file unpacks to far more than a resume needs, so it wasn't opened.")
        return "\n".join(_lines_of_docx(content))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise Unreadable(
            "This Word file is damaged and can't be read. Save it again and try again."
        ) from error


def _lines_of_docx(content: bytes) -> list[str]:
    from docx import Document
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = Document(io.BytesIO(content))
    except OpcError as error:
        raise ValueError("not a Word file") from error
    lines: list[str] = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
                lines += "\t".join(cells).split("\n") if all("\n" not in cell for cell in cells) else cells
        else:
            lines += _lines_of_paragraph(part)
    return lines


def _lines_of_paragraph(paragraph: object) -> list[str]:
    style = str(getattr(getattr(paragraph, "style", None), "name", "") or "")
    text = str(getattr(paragraph, "text", ""))
    if not text.strip():
        return [""]
    if style.startswith(("Heading", "Title")):
        return ["", f"## {text}" if style.startswith("Heading 1") else text]
    numbered = getattr(getattr(paragraph, "_p", None), "pPr", None)
    is_item = style.startswith("List") or (numbered is not None and numbered.numPr is not None)
    return [f"• {text}"] if is_item else text.split("\n")
