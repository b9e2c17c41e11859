"""The versions of a cover letter: drafted, edited by hand, chosen as the one that was sent, removed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from tracker.db import Scope
from tracker.errors import Conflict, Invalid, Sorry
from tracker.models import Application, Letter, letters
from tracker.services import audit, profile, timeline
from tracker.services.applications.moving import chosen
from tracker.services.grounding.clauses import sentences
from tracker.services.letters.template import draft as by_template
from tracker.services.typed import parsed_by, text
from tracker.shapes.audit import Deletable
from tracker.shapes.letters import Length, Paragraph, Tone, Writer
from tracker.shapes.words import EventKind

LONGEST = 20_000
"""Characters of a letter."""


def paragraphs_of(row: Letter) -> tuple[Paragraph, ...]:
    """A version's paragraphs with what they rest on."""
    return tuple(
        Paragraph(one["text"], tuple(one.get("bullets", ())), tuple(one.get("lines", ())))
        for one in row.paragraphs
    )


def text_of(row: Letter) -> str:
    """A version as it is sent."""
    return "\n\n".join(one["text"] for one in row.paragraphs)


def draft(scope: Scope, application_id: str, tone: str = Tone.PLAIN, length: str = Length.MEDIUM) -> str:
    """Draft a version from the person's own bullets, without any model; its id. Sorry when there is nothing to write from."""
    if tone not in set(Tone) or length not in set(Length):
        raise Invalid({"tone": "Choose one of the tones and lengths listed."})
    row = chosen(scope, [application_id])[0]
    mine, facts = profile.read(scope), (row.role, row.company, row.posting_text)
    made = by_template(*facts, mine, scope.today, tone=Tone(tone), length=Length(length))
    if not made.paragraphs:
        raise Sorry(made.missing[0])
    kept = scope.add(
        Letter(
            application_id=row.id, writer=Writer.TEMPLATE.value, tone=tone, length=length,
            paragraphs=[_plain(part, one) for one in made.paragraphs for part in parts(one.text)], touched_at=scope.now,
        )
    )  # fmt: skip
    timeline.record(scope, EventKind.LETTER_DRAFTED, row.id, id=str(kept.id))
    return str(kept.id)


def edit(scope: Scope, letter_id: str, written: str, was: str | None = None) -> str:
    """Keep what a hand made of a version, as a version of its own unless it is one; its id. The sent one stays as it was sent.

    Conflict when it isn't what it `was` any more. A paragraph that wasn't touched keeps what it rests on.
    """
    row, _ = _found(scope, letter_id)
    clean = parsed_by(
        {"text": text(LONGEST, required="A letter needs words.", lines=True)}, {"text": written}
    )["text"]
    before = text_of(row)
    if was is not None and _same(was) != _same(before) and _same(clean) != _same(before):
        raise Conflict(
            "The letter was changed elsewhere while you were writing.",
            field="letter",
            mine=written,
            theirs=before,
        )
    if _same(clean) == _same(before):
        return letter_id
    known = {one["text"]: one for one in row.paragraphs}
    made = [known.get(part, {"text": part}) for part in parts(clean)]
    if row.writer == Writer.HAND and row.sent_on is None:
        row.paragraphs, row.touched_at = made, scope.now
    else:
        values: dict[str, Any] = {
            "application_id": row.application_id,
            "tone": row.tone,
            "length": row.length,
            "language": row.language,
        }
        row = scope.add(Letter(**values, writer=Writer.HAND.value, paragraphs=made, touched_at=scope.now))
    timeline.record(scope, EventKind.LETTER_EDITED, row.application_id, id=str(row.id))
    return str(row.id)


def revision_of(scope: Scope, application_id: UUID) -> str:
    """Return when any version of an application's letter last changed; empty without a version."""
    query = select(func.max(letters.touched_at)).where(
        letters.user_id == scope.user_id, letters.application_id == application_id
    )
    moment: datetime | None = scope.session.scalar(query)
    return moment.isoformat() if moment else ""


def insist_on_revision(scope: Scope, row: Letter, revision: str | None) -> None:
    """Raise Conflict where the letter changed since the revision; None checks nothing."""
    if revision is not None and revision != revision_of(scope, row.application_id):
        raise Conflict("The letter was changed meanwhile. Look at it as it is now, then try again.")


def strike(scope: Scope, letter_id: str, paragraph: int, at: int, revision: str | None = None) -> str:
    """Take the sentence at a place out of a version, and return the version by hand it becomes.

    Conflict where the letter changed since the revision that the place is of.
    """
    row, application = _found(scope, letter_id)
    insist_on_revision(scope, row, revision)
    parts = [one["text"] for one in row.paragraphs]
    if not 0 <= paragraph < len(parts):
        raise Conflict("The letter was changed since, so nothing was taken out.")
    said = parts[paragraph]
    held = [one for one in sentences(said, application.company) if one.start <= at < one.end]
    start, end = (held[0].start, held[0].end) if held else (0, len(said))
    parts[paragraph] = " ".join(f"{said[:start].rstrip()} {said[end:].lstrip()}".split(" ")).strip()
    return edit(scope, letter_id, "\n\n".join(part for part in parts if part))


def send(scope: Scope, letter_id: str) -> str:
    """Fix a version to its application as the one that was sent today; no other is the sent one then.

    The log keeps which one was until now, and since when, so that undo makes it the sent one again.
    """
    row, _ = _found(scope, letter_id)
    before = scope.session.scalars(_sent(scope, row)).one_or_none()
    was = before and before.sent_on and {"id": str(before.id), "on": before.sent_on.isoformat()}
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
        before=was,
    )
    return "Letter kept as sent"


def remove(scope: Scope, letter_id: str) -> str:
    """Remove a version; the log keeps it, so that it can be brought back."""
    row, _ = _found(scope, letter_id)
    timeline.record(
        scope, EventKind.LETTER_REMOVED, row.application_id, id=str(row.id), row=timeline.whole(row)
    )
    scope.session.delete(row)
    audit.deleted(scope, Deletable.LETTER)
    return "Version removed"


def _found(scope: Scope, letter_id: str) -> tuple[Letter, Application]:
    row = scope.get(Letter, letter_id, lock=True)
    return row, chosen(scope, [str(row.application_id)])[0]


def _sent(scope: Scope, row: Letter) -> Any:
    mine = (letters.user_id == scope.user_id, letters.application_id == row.application_id)
    return select(Letter).where(*mine, letters.sent_on.is_not(None))


def _plain(part: str, of: Paragraph) -> dict[str, Any]:
    """A paragraph as it is kept: greeting and signature are paragraphs of their own, as a hand would see them."""
    return {"text": part, "bullets": list(of.bullet_ids), "lines": list(of.posting_lines)}


def parts(written: str) -> list[str]:
    """A text's paragraphs, which blank lines part."""
    return [part.strip() for part in written.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _same(written: str) -> str:
    """A text as it is compared: browsers write line ends their own way."""
    return "\n\n".join(parts(written))
