"""The versions of a cover letter: draft, edit, mark as sent, remove."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from tracker.db import Scope
from tracker.errors import Conflict, Invalid, Sorry
from tracker.models import Application, Letter, letters
from tracker.services import audit, profile, timeline
from tracker.services.applications.stage_moves import locked_applications
from tracker.services.field_parsers import parsed_by, text
from tracker.services.grounding.clauses import sentences
from tracker.services.letters.template import draft as by_template
from tracker.shapes.audit import Deletable
from tracker.shapes.enumerations import EventKind
from tracker.shapes.letters import Length, Paragraph, Tone, Writer

MAX_CHARACTERS = 20_000
"""Maximum length of a letter."""


def paragraphs_of(row: Letter) -> tuple[Paragraph, ...]:
    """Return a version's paragraphs with their sources."""
    return tuple(
        Paragraph(paragraph["text"], tuple(paragraph.get("bullets", ())), tuple(paragraph.get("lines", ())))
        for paragraph in row.paragraphs
    )


def text_of(row: Letter) -> str:
    """Return a version as plain text."""
    return "\n\n".join(paragraph["text"] for paragraph in row.paragraphs)


def draft(scope: Scope, application_id: str, tone: str = Tone.PLAIN, length: str = Length.MEDIUM) -> str:
    """Draft a version from the user's bullets, without a model; return its id.

    Raises Sorry when the profile has no bullets.
    """
    if tone not in set(Tone) or length not in set(Length):
        raise Invalid({"tone": "Choose one of the listed tones and lengths."})
    row = locked_applications(scope, [application_id])[0]
    own_profile, job = profile.read(scope), (row.role, row.company, row.posting_text)
    letter = by_template(*job, own_profile, scope.today, tone=Tone(tone), length=Length(length))
    if not letter.paragraphs:
        raise Sorry(letter.missing[0])
    version = scope.add(
        Letter(
            application_id=row.id, writer=Writer.TEMPLATE.value, tone=tone, length=length,
            paragraphs=[_plain(part, paragraph) for paragraph in letter.paragraphs for part in parts(paragraph.text)], touched_at=scope.now,
        )
    )  # fmt: skip
    timeline.record(scope, EventKind.LETTER_DRAFTED, row.id, id=str(version.id))
    return str(version.id)


def edit(scope: Scope, letter_id: str, raw: str, base: str | None = None) -> str:
    """Save an edited version, as a new one unless it was edited before, and return its id.

    A sent version stays as it was sent, and unchanged paragraphs retain their sources. `base` is the text that the
    edit started from. Raises Conflict when the version holds another text by now.
    """
    row, _ = _version(scope, letter_id)
    clean = parsed_by(
        {"text": text(MAX_CHARACTERS, required="Enter the letter's text.", lines=True)}, {"text": raw}
    )["text"]
    before = text_of(row)
    if (
        base is not None
        and _normalized(base) != _normalized(before)
        and _normalized(clean) != _normalized(before)
    ):
        raise Conflict(
            "The letter was changed elsewhere while you were writing.",
            field="letter",
            mine=raw,
            theirs=before,
        )
    if _normalized(clean) == _normalized(before):
        return letter_id
    paragraphs_by_text = {paragraph["text"]: paragraph for paragraph in row.paragraphs}
    paragraphs = [paragraphs_by_text.get(part, {"text": part}) for part in parts(clean)]
    if row.writer == Writer.HAND and row.sent_on is None:
        row.paragraphs, row.touched_at = paragraphs, scope.now
    else:
        values: dict[str, Any] = {
            "application_id": row.application_id,
            "tone": row.tone,
            "length": row.length,
            "language": row.language,
        }
        row = scope.add(
            Letter(**values, writer=Writer.HAND.value, paragraphs=paragraphs, touched_at=scope.now)
        )
    timeline.record(scope, EventKind.LETTER_EDITED, row.application_id, id=str(row.id))
    return str(row.id)


def revision_of(scope: Scope, application_id: UUID) -> str:
    """Return when any version of an application's letter last changed; empty without a version."""
    query = select(func.max(letters.touched_at)).where(
        letters.user_id == scope.user_id, letters.application_id == application_id
    )
    moment: datetime | None = scope.session.scalar(query)
    return moment.isoformat() if moment else ""


def require_revision(scope: Scope, row: Letter, revision: str | None) -> None:
    """Raise Conflict when the letter changed since the revision; None skips the check."""
    if revision is not None and revision != revision_of(scope, row.application_id):
        raise Conflict("The letter has changed since. Check the current version, then try again.")


def remove_sentence(
    scope: Scope, letter_id: str, paragraph: int, at: int, revision: str | None = None
) -> str:
    """Remove the sentence at an offset from a version; return the id of the edited version.

    Raises Conflict when the letter changed since the revision that the offset belongs to.
    """
    row, application = _version(scope, letter_id)
    require_revision(scope, row, revision)
    parts = [row_paragraph["text"] for row_paragraph in row.paragraphs]
    if not 0 <= paragraph < len(parts):
        raise Conflict("The letter has changed since, so nothing was removed.")
    paragraph_text = parts[paragraph]
    hits = [
        sentence
        for sentence in sentences(paragraph_text, application.company)
        if sentence.start <= at < sentence.end
    ]
    start, end = (hits[0].start, hits[0].end) if hits else (0, len(paragraph_text))
    parts[paragraph] = " ".join(
        f"{paragraph_text[:start].rstrip()} {paragraph_text[end:].lstrip()}".split(" ")
    ).strip()
    return edit(scope, letter_id, "\n\n".join(part for part in parts if part))


def send(scope: Scope, letter_id: str) -> str:
    """Mark a version as the one sent today, in place of any other.

    The event log stores which one was sent before, and since when, so that undo restores it.
    """
    row, _ = _version(scope, letter_id)
    before = scope.session.scalars(_sent(scope, row)).one_or_none()
    previous = before and before.sent_on and {"id": str(before.id), "on": before.sent_on.isoformat()}
    if before:
        before.sent_on = None
        scope.session.flush()
    row.sent_on, row.touched_at = scope.today, scope.now
    timeline.record(
        scope,
        EventKind.LETTER_SENT,
        row.application_id,
        id=str(row.id),
        on=scope.today.isoformat(),
        before=previous,
    )
    return "Marked as sent"


def remove(scope: Scope, letter_id: str) -> str:
    """Remove a version; the event log keeps it for undo."""
    row, _ = _version(scope, letter_id)
    timeline.record(
        scope, EventKind.LETTER_REMOVED, row.application_id, id=str(row.id), row=timeline.logged_row(row)
    )
    scope.session.delete(row)
    audit.note_deletion(scope, Deletable.LETTER)
    return "Version removed"


def _version(scope: Scope, letter_id: str) -> tuple[Letter, Application]:
    row = scope.get(Letter, letter_id, lock=True)
    return row, locked_applications(scope, [str(row.application_id)])[0]


def _sent(scope: Scope, row: Letter) -> Any:
    own_versions = (letters.user_id == scope.user_id, letters.application_id == row.application_id)
    return select(Letter).where(*own_versions, letters.sent_on.is_not(None))


def _plain(part: str, source: Paragraph) -> dict[str, Any]:
    """Return a paragraph as it is stored; greeting and signature become paragraphs of their own."""
    return {"text": part, "bullets": list(source.bullet_ids), "lines": list(source.posting_lines)}


def parts(written: str) -> list[str]:
    """Return a text's paragraphs, which blank lines separate."""
    return [part.strip() for part in written.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _normalized(written: str) -> str:
    """Return a text as it is compared: browsers write line ends in different ways."""
    return "\n\n".join(parts(written))
