"""Letters, and paragraphs of them, written by a model: requests, prompts and stored versions."""

from typing import Any

from tracker.db import Scope
from tracker.errors import Invalid, NotFound, Sorry
from tracker.models import Application, Letter, Writing
from tracker.services import profile, timeline
from tracker.services.applications.stage_moves import locked_applications
from tracker.services.field_parsers import parsed_by, text
from tracker.services.generation_requests import open_request
from tracker.services.letters.answer_reader import LetterReader
from tracker.services.letters.prompt import letter_request, paragraph_request
from tracker.services.letters.versions import paragraphs_of, parts, require_revision
from tracker.shapes.enumerations import EventKind, Purpose
from tracker.shapes.letters import Language, Length, Paragraph, Tone, Writer
from tracker.shapes.model import Request

MAX_WISH = 500
_CHOICES = {"tone": Tone, "length": Length, "language": Language}


def request_letter(scope: Scope, application_id: str, typed: dict[str, str]) -> str:
    """Request a letter from the model and return the request's id.

    Raises Sorry when it can't succeed: no bullets, a posting that is too long, no service, or the usage limit reached.
    """
    job = locked_applications(scope, [application_id])[0]
    choices = _parsed(typed)
    writing = Writing(
        application_id=job.id, purpose=Purpose.LETTER.value, tone=choices["tone"], length=choices["length"],
        language=choices["language"], instruction=choices["instruction"],
    )  # fmt: skip
    letter_prompt(scope, writing)
    return open_request(scope, writing)


def request_paragraph(
    scope: Scope, letter_id: str, number: int, wish: str = "", revision: str | None = None
) -> str:
    """Request a rewrite of one paragraph, counted from 0. The result is a new version.

    Raises Conflict when the letter changed since the revision.
    """
    row = scope.get(Letter, letter_id)
    require_revision(scope, row, revision)
    job = locked_applications(scope, [str(row.application_id)])[0]
    if not 0 <= number < len(row.paragraphs):
        raise Sorry("The letter has changed since, so this paragraph no longer exists.")
    instruction = parsed_by({"wish": text(MAX_WISH)}, {"wish": wish})["wish"]
    return open_request(
        scope,
        Writing(
            application_id=job.id, purpose=Purpose.PARAGRAPH.value, tone=row.tone, length=row.length,
            language=row.language, instruction=instruction, letter_id=row.id, paragraph=number,
        ),
    )  # fmt: skip


def letter_prompt(scope: Scope, row: Writing) -> Request:
    """Return the model request for a whole letter."""
    job = locked_applications(scope, [str(row.application_id)])[0]
    return letter_request(
        job.role, job.company, job.posting_text, profile.read(scope), tone=Tone(row.tone), length=Length(row.length),
        language=Language(row.language), wish=row.instruction,
    )  # fmt: skip


def paragraph_prompt(scope: Scope, row: Writing) -> Request:
    """Return the model request for one paragraph of a version."""
    job, before = locked_applications(scope, [str(row.application_id)])[0], _version(scope, row)
    return paragraph_request(
        job.role, job.company, job.posting_text, profile.read(scope), paragraphs_of(before), row.paragraph or 0,
        tone=Tone(row.tone), language=Language(row.language), wish=row.instruction,
    )  # fmt: skip


def store_letter(scope: Scope, row: Writing, reader: LetterReader) -> None:
    """Store the model's letter as a new version."""
    _add_version(scope, row, [part for paragraph in reader.paragraphs() for part in _as_stored(paragraph)])


def store_paragraph(scope: Scope, row: Writing, reader: LetterReader) -> None:
    """Store a new version with the paragraph replaced."""
    paragraphs, number = list(_version(scope, row).paragraphs), row.paragraph or 0
    paragraphs[number : number + 1] = [
        part for paragraph in reader.paragraphs() for part in _as_stored(paragraph)
    ]
    _add_version(scope, row, paragraphs)


def _add_version(scope: Scope, row: Writing, paragraphs: list[dict[str, Any]]) -> None:
    job: Application = locked_applications(scope, [str(row.application_id)])[0]
    version = Letter(
        application_id=job.id, writer=Writer.MODEL.value, tone=row.tone, length=row.length, language=row.language,
        paragraphs=paragraphs, touched_at=scope.now,
    )  # fmt: skip
    row.made_letter_id = scope.add(version).id
    timeline.record(scope, EventKind.LETTER_WRITTEN, job.id, id=str(version.id))


def _version(scope: Scope, row: Writing) -> Letter:
    try:
        return scope.get(Letter, row.letter_id or "")
    except NotFound:
        raise Sorry("The version that contains this paragraph has been removed.") from None


def _as_stored(paragraph: Paragraph) -> list[dict[str, Any]]:
    """Return a paragraph as the table stores it; blank lines in it split it into several."""
    sources = {"bullets": list(paragraph.bullet_ids), "lines": list(paragraph.posting_lines)}
    return [{"text": part, **sources} for part in parts(paragraph.text)]


def _parsed(typed: dict[str, str]) -> dict[str, str]:
    values = {name: str(typed.get(name, "")) for name in _CHOICES}
    invalid = {
        name: f"Choose one of the listed {name}s."
        for name, kind in _CHOICES.items()
        if values[name] not in set(kind)
    }
    if invalid:
        raise Invalid(invalid)
    wish = parsed_by({"instruction": text(MAX_WISH)}, {"instruction": str(typed.get("instruction", ""))})
    return {**values, **wish}
