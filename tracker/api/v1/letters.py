"""Cover letters over the API: versions of an application's letter."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import ConfigDict, Field

from tracker.api.v1 import representations
from tracker.api.v1.callers import Reader
from tracker.api.v1.inputs import Input, lines
from tracker.api.v1.representations import Cursor, Fields, IfMatch, Limit, Precondition
from tracker.api.v1.writes import Answer, Changing, Writing
from tracker.db import Scope
from tracker.services.letters import versions
from tracker.services.records import letters as records
from tracker.shapes.letters import Length, Tone
from tracker.shapes.records import LetterRecord, Page

router = APIRouter(tags=["Letters"])


class LetterDraft(Input):
    """A letter to draft from the profile, without a model."""

    tone: Tone = Tone.PLAIN
    length: Length = Length.MEDIUM

    model_config = ConfigDict(json_schema_extra={"examples": [{"tone": "warm", "length": "short"}]})


class LetterText(Input):
    """The text of a version; blank lines separate paragraphs."""

    text: Annotated[str, lines(versions.MAX_CHARACTERS), Field(min_length=1)]

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "Dear team,\n\nI would like to join you."}]}
    )


class LetterQuery(Input):
    """The page of the list, in which the latest version is first."""

    limit: Limit = representations.DEFAULT_LIMIT
    cursor: Cursor = ""
    fields: Fields = ""


@router.get("/applications/{application_id}/letters", response_model=Page[LetterRecord])
def list_letters(
    request: Request, caller: Reader, application_id: UUID, query: Annotated[LetterQuery, Query()]
) -> Response:
    """List the versions of an application's letter, the latest first."""
    page = representations.page_of(caller, records.page, application_id, query.cursor, query.limit)
    return representations.respond_page(page, request, LetterRecord, query.fields)


@router.post("/applications/{application_id}/letters", status_code=201, response_model=LetterRecord)
def draft_letter(application_id: UUID, body: LetterDraft, write: Writing) -> Response:
    """Draft a version from the user's bullets, without a model."""

    def act(scope: Scope) -> Answer:
        return _answer(scope, versions.draft(scope, str(application_id), body.tone, body.length))

    return write.post(body, act)


@router.get("/letters/{letter_id}", response_model=LetterRecord)
def get_letter(request: Request, caller: Reader, letter_id: UUID) -> Response:
    """Return a version of a letter."""
    return representations.respond(caller.read(records.read, letter_id), request)


@router.post("/letters/{letter_id}/revisions", status_code=201, response_model=LetterRecord)
def revise_letter(letter_id: UUID, body: LetterText, write: Writing, if_match: IfMatch = None) -> Response:
    """Save an edited text: in place if the version was edited before, else as a new version."""

    def act(scope: Scope) -> Answer:
        Precondition(if_match, is_required=False).check(records.read(scope, letter_id, lock=True))
        return _answer(scope, versions.edit(scope, str(letter_id), body.text))

    return write.post(body, act)


@router.post("/letters/{letter_id}/sent", status_code=201, response_model=LetterRecord)
def mark_letter_sent(letter_id: UUID, write: Writing) -> Response:
    """Mark a version as the one sent today."""

    def act(scope: Scope) -> Answer:
        versions.send(scope, str(letter_id))
        return _answer(scope, str(letter_id))

    return write.post(None, act)


@router.delete("/letters/{letter_id}", status_code=204)
def delete_letter(letter_id: UUID, write: Changing, if_match: IfMatch = None) -> Response:
    """Remove a version."""
    return write.delete(
        records.read,
        letter_id,
        Precondition(if_match),
        lambda scope: versions.remove(scope, str(letter_id)),
    )


def _answer(scope: Scope, letter_id: str) -> Answer:
    scope.reread()
    return Answer(records.read(scope, letter_id), f"/api/v1/letters/{letter_id}")
