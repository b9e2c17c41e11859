"""A version of a letter as a file, for whoever's session the browser brings."""

import re

from fastapi import APIRouter, Request, Response

from tracker.api.doors import person_of
from tracker.db import scoped
from tracker.errors import NotFound
from tracker.services.letters.letter_page import version_with_application
from tracker.services.writing.progress import sent
from tracker.shapes.people import Who

router = APIRouter(include_in_schema=False)
MEDIA = {
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@router.get("/letters/{letter_id}.{kind}")
def download(request: Request, letter_id: str, kind: str) -> Response:
    """The letter as plain text (`txt`), Markdown (`md`), a Word document (`docx`) or a PDF (`pdf`)."""
    who = person_of(request.headers)
    with scoped(who) as scope:
        row, job = version_with_application(scope, letter_id)
    if kind not in MEDIA:
        raise NotFound("file")
    texts = [paragraph["text"] for paragraph in row.paragraphs]
    content = _content(kind, texts, f"Cover letter: {job.role}", who)
    company = re.sub(r"[^A-Za-z0-9]+", "-", job.company).strip("-").lower() or "letter"
    named = f'attachment; filename="letter-{company}.{kind}"'
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA[kind], headers=headers)


@router.get("/model-calls/{call_id}.txt")
def what_was_sent(request: Request, call_id: str) -> Response:
    """One question as it was put to a model, word for word, with its raw answer."""
    with scoped(person_of(request.headers)) as scope:
        words = sent(scope, call_id)
    return Response(words, media_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def _content(kind: str, paragraphs: list[str], title: str, who: Who) -> bytes:
    """Return the letter in one of MEDIA; a format's libraries (5 to 10 MiB) are imported on demand."""
    if kind == "pdf":
        from tracker.services.letters.pdf_export import as_pdf

        return as_pdf(paragraphs, title=title, author=who.name, locale=who.locale)
    if kind == "docx":
        from tracker.services.letters.docx_export import as_docx

        return as_docx(paragraphs)
    return "\n\n".join(paragraphs).encode()
