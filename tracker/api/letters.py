"""Downloads of letter versions and of model calls."""

import re

from fastapi import APIRouter, Request, Response

from tracker.api.access import signed_in_user
from tracker.db import scoped
from tracker.errors import NotFound
from tracker.services.generation.progress import sent
from tracker.services.letters.letter_page import version_with_application
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
    """Return the letter as text (`txt`), Markdown (`md`), a Word document (`docx`) or PDF (`pdf`)."""
    user = signed_in_user(request.headers)
    with scoped(user) as scope:
        row, job = version_with_application(scope, letter_id)
    if kind not in MEDIA:
        raise NotFound("file")
    texts = [paragraph["text"] for paragraph in row.paragraphs]
    content = _content(kind, texts, f"Cover letter: {job.role}", user)
    company = re.sub(r"[^A-Za-z0-9]+", "-", job.company).strip("-").lower() or "letter"
    disposition = f'attachment; filename="letter-{company}.{kind}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA[kind], headers=headers)


@router.get("/model-calls/{call_id}.txt")
def model_call(request: Request, call_id: str) -> Response:
    """Return the exact prompt of a model call with its raw answer."""
    with scoped(signed_in_user(request.headers)) as scope:
        text = sent(scope, call_id)
    return Response(text, media_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def _content(kind: str, paragraphs: list[str], title: str, user: Who) -> bytes:
    """Return the letter in a format of MEDIA; the format's library (5 to 10 MiB) is imported on demand."""
    if kind == "pdf":
        from tracker.services.letters.pdf_export import as_pdf

        return as_pdf(paragraphs, title=title, author=user.name, locale=user.locale)
    if kind == "docx":
        from tracker.services.letters.docx_export import as_docx

        return as_docx(paragraphs)
    return "\n\n".join(paragraphs).encode()
