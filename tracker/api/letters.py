"""A version of a letter as a file, for whoever's session the browser brings."""

import re

from fastapi import APIRouter, Request, Response

from tracker.cookies import token_in
from tracker.db import scoped
from tracker.errors import NotFound, NotSignedIn, Sorry
from tracker.services import sessions
from tracker.services.letters.files import as_docx
from tracker.services.letters.pdf import as_pdf
from tracker.services.letters.showing import whole
from tracker.services.writing.following import sent
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
    who = sessions.find(token_in(request.headers.get("cookie", "")))
    if who is None:
        return _sorry(NotSignedIn("Sign in first."), 401)
    try:
        with scoped(who) as scope:
            row, job = whole(scope, letter_id)
        if kind not in MEDIA:
            raise NotFound("file")
        made = _made(kind, [one["text"] for one in row.paragraphs], f"Cover letter: {job.role}", who)
    except NotFound as sorry:
        return _sorry(sorry, 404)
    except Sorry as sorry:
        return _sorry(sorry, 422)
    company = re.sub(r"[^A-Za-z0-9]+", "-", job.company).strip("-").lower() or "letter"
    named = f'attachment; filename="letter-{company}.{kind}"'
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return Response(made, media_type=MEDIA[kind], headers=headers)


@router.get("/model-calls/{call_id}.txt")
def what_was_sent(request: Request, call_id: str) -> Response:
    """One question as it was put to a model, word for word, with its raw answer."""
    who = sessions.find(token_in(request.headers.get("cookie", "")))
    if who is None:
        return Response("Sign in first.", status_code=401, media_type="text/plain")
    try:
        with scoped(who) as scope:
            words = sent(scope, call_id)
    except NotFound as sorry:
        return _sorry(sorry, 404)
    return Response(words, media_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def _made(kind: str, paragraphs: list[str], title: str, who: Who) -> bytes:
    if kind == "pdf":
        return as_pdf(paragraphs, title=title, author=who.name, locale=who.locale)
    return as_docx(paragraphs) if kind == "docx" else "\n\n".join(paragraphs).encode()


def _sorry(sorry: Sorry, status: int) -> Response:
    return Response(sorry.message, status_code=status, media_type="text/plain")
