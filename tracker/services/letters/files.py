"""A letter as a file: plain text, or a Word document, for whoever wants to lay it out."""

import io
import re

from docx import Document
from docx.shared import Pt

PAGE_FONT = "Calibri"
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_docx(paragraphs: list[str]) -> bytes:
    """A Word document of a letter's paragraphs, line breaks kept, without the signs that no such document can hold."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = PAGE_FONT, Pt(11)
    for paragraph in paragraphs:
        written = document.add_paragraph()
        first, *others = _NOT_IN_XML.sub("", paragraph.replace("\v", "\n")).split("\n")
        written.add_run(first)
        for line in others:
            written.add_run().add_break()
            written.add_run(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
