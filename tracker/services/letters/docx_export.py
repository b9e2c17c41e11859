"""A letter as a Word document."""

import io
import re

from docx import Document
from docx.shared import Pt

PAGE_FONT = "Calibri"
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_docx(paragraphs: list[str]) -> bytes:
    """Return a Word document of a letter's paragraphs, without characters that XML can't hold."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = PAGE_FONT, Pt(11)
    for paragraph in paragraphs:
        body = document.add_paragraph()
        first, *rest = _NOT_IN_XML.sub("", paragraph.replace("\v", "\n")).split("\n")
        body.add_run(first)
        for line in rest:
            body.add_run().add_break()
            body.add_run(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
