"""Resumes as files."""

import io

from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.support.resumes import EVERY


def pdf(words: str = EVERY["plain"], pages: int = 1) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for _ in range(pages):
        for number, line in enumerate(words.strip().split("\n")):
            canvas.drawString(50, 800 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx() -> bytes:
    document = Document()
    document.add_heading("Tom Ashworth", 0)
    document.add_heading("Experience", 1)
    document.add_paragraph("Operations Manager, Northwind Ltd\tJune 2018 – Present")
    for item in ("Ran a warehouse of 60 people", "Brought late deliveries from 9 % to 2 %"):
        document.add_paragraph(item, style="List Bullet")
    document.add_heading("Education", 1)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = (
        "BA Business, University of Leeds",
        "2011 – 2014",
    )
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
