"""A version of a letter as a file, for whoever's session the browser brings."""

import re

from fastapi import APIRouter, Request, Response

from tracker.cookies import token_in
from tracker.db import scoped
from tracker.errors import NotFound
from tracker.services import sessions
from tracker.services.letters.files import as_docx
from tracker.services.letters.keeping import text_of
from tracker.services.letters.showing import whole
from tracker.services.writing.following import sent

router = APIRouter(include_in_schema=False)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("/letters/{letter_id}.{kind}")
def download(request: Request, letter_id: str, kind: str) -> Response:
    """The letter as plain text (`txt`), Markdown (`md`) or a Word document (`docx`)."""
    who = sessions.find(token_in(request.headers.get("cookie", "")))
    if who is None:
        return Response("Sign in first.", status_code=401, media_type="text/plain")
    try:
        with scoped(who) as scope:
            row, job = whole(scope, letter_id)
        if kind not in ("txt", "md", "docx"):
            raise NotFound("file")
    except NotFound as sorry:
        return Response(sorry.message, status_code=404, media_type="text/plain")
    company = re.sub(r"[^A-Za-z0-9]+", "-", job.company).strip("-").lower() or "letter"
    made = as_docx([one["text"] for one in row.paragraphs]) if kind == "docx" else text_of(row).encode()
    media = WORD if kind == "docx" else f"text/{'markdown' if kind == 'md' else 'plain'}; charset=utf-8"
    named = f'attachment; filename="letter-{company}.{kind}"'
    return Response(
        made, media_type=media, headers={"Content-Disposition": named, "Cache-Control": "no-store"}
    )


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
        return Response(sorry.message, status_code=404, media_type="text/plain")
    return Response(words, media_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})
