"""A letter, or a paragraph of one, that a model writes: asked for, put as a question, and kept as a version."""

from typing import Any

from tracker.db import Scope
from tracker.errors import Invalid, NotFound, Sorry
from tracker.models import Application, Letter, Writing
from tracker.services import profile, timeline
from tracker.services.applications.stage_moves import locked_applications
from tracker.services.letters.answer_reader import LetterReader
from tracker.services.letters.prompt import letter_request, paragraph_request
from tracker.services.letters.versions import insist_on_revision, paragraphs_of, parts
from tracker.services.typed import parsed_by, text
from tracker.services.writing.requests import open_request
from tracker.shapes.letters import Language, Length, Paragraph, Tone, Writer
from tracker.shapes.model import Request
from tracker.shapes.words import EventKind, Purpose

LONGEST_WISH = 500
_WORDS = {"tone": Tone, "length": Length, "language": Language}


def request_letter(scope: Scope, application_id: str, typed: dict[str, str]) -> str:
    """Ask the model for a letter in a tone, a length and a language, with a wish or without; the id of what is to be written.

    What can't come to a letter is refused here and now: no bullets, a posting that is too long, no service, a spent day.
    """
    job = locked_applications(scope, [application_id])[0]
    said = _parsed(typed)
    wanted = Writing(
        application_id=job.id, purpose=Purpose.LETTER.value, tone=said["tone"], length=said["length"],
        language=said["language"], instruction=said["instruction"],
    )  # fmt: skip
    letter_prompt(scope, wanted)
    return open_request(scope, wanted)


def request_paragraph(
    scope: Scope, letter_id: str, paragraph_prompt: int, wish: str = "", revision: str | None = None
) -> str:
    """Ask the model for one paragraph of a version anew; what it writes is a version of its own.

    Conflict where the letter changed since the revision that was shown.
    """
    row = scope.get(Letter, letter_id)
    insist_on_revision(scope, row, revision)
    job = locked_applications(scope, [str(row.application_id)])[0]
    if not 0 <= paragraph_prompt < len(row.paragraphs):
        raise Sorry("The letter was changed since, so there is no such paragraph.")
    kept = parsed_by({"wish": text(LONGEST_WISH)}, {"wish": wish})["wish"]
    return open_request(
        scope,
        Writing(
            application_id=job.id, purpose=Purpose.PARAGRAPH.value, tone=row.tone, length=row.length,
            language=row.language, instruction=kept, letter_id=row.id, paragraph=paragraph_prompt,
        ),
    )  # fmt: skip


def letter_prompt(scope: Scope, row: Writing) -> Request:
    """The question for a whole letter."""
    job = locked_applications(scope, [str(row.application_id)])[0]
    return letter_request(
        job.role, job.company, job.posting_text, profile.read(scope), tone=Tone(row.tone), length=Length(row.length),
        language=Language(row.language), wish=row.instruction,
    )  # fmt: skip


def paragraph_prompt(scope: Scope, row: Writing) -> Request:
    """The question for one paragraph of a version."""
    job, before = locked_applications(scope, [str(row.application_id)])[0], _version(scope, row)
    return paragraph_request(
        job.role, job.company, job.posting_text, profile.read(scope), paragraphs_of(before), row.paragraph or 0,
        tone=Tone(row.tone), language=Language(row.language), wish=row.instruction,
    )  # fmt: skip


def store_letter(scope: Scope, row: Writing, reader: LetterReader) -> None:
    """Keep what the model wrote as a version of its own."""
    _keep(scope, row, [part for one in reader.paragraphs() for part in _plain(one)])


def store_paragraph(scope: Scope, row: Writing, reader: LetterReader) -> None:
    """Keep the version with the one paragraph in place of the one it had."""
    kept, number = list(_version(scope, row).paragraphs), row.paragraph or 0
    kept[number : number + 1] = [part for one in reader.paragraphs() for part in _plain(one)]
    _keep(scope, row, kept)


def _keep(scope: Scope, row: Writing, paragraphs: list[dict[str, Any]]) -> None:
    job: Application = locked_applications(scope, [str(row.application_id)])[0]
    made = Letter(
        application_id=job.id, writer=Writer.MODEL.value, tone=row.tone, length=row.length, language=row.language,
        paragraphs=paragraphs, touched_at=scope.now,
    )  # fmt: skip
    row.made_letter_id = scope.add(made).id
    timeline.record(scope, EventKind.LETTER_WRITTEN, job.id, id=str(made.id))


def _version(scope: Scope, row: Writing) -> Letter:
    try:
        return scope.get(Letter, row.letter_id or "")
    except NotFound:
        raise Sorry("The version this paragraph belonged to was removed meanwhile.") from None


def _plain(one: Paragraph) -> list[dict[str, Any]]:
    """A paragraph as it is kept; one in which the model left blank lines is several."""
    rests = {"bullets": list(one.bullet_ids), "lines": list(one.posting_lines)}
    return [{"text": part, **rests} for part in parts(one.text)]


def _parsed(typed: dict[str, str]) -> dict[str, str]:
    values = {name: str(typed.get(name, "")) for name in _WORDS}
    wrong = {
        name: f"Choose one of the {name}s listed."
        for name, kind in _WORDS.items()
        if values[name] not in set(kind)
    }
    if wrong:
        raise Invalid(wrong)
    wish = parsed_by({"instruction": text(LONGEST_WISH)}, {"instruction": str(typed.get("instruction", ""))})
    return {**values, **wish}
