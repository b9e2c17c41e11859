"""A letter as its page shows it: every claim that rests on nothing is marked, and said why."""

from typing import Any
from urllib.parse import quote, urlencode

from sqlalchemy import select

from tracker.db import Scope
from tracker.models import Application, Letter, letters
from tracker.services import profile
from tracker.services.applications.moving import chosen
from tracker.services.grounding.check import check
from tracker.services.grounding.clauses import sentences
from tracker.services.grounding.prompt_injection import injection_traces
from tracker.services.letters.keeping import paragraphs_of, text_of
from tracker.services.matching.match import match
from tracker.services.matching.phrases import in_words
from tracker.shapes.dates import ago, exact_day
from tracker.shapes.grounding import ClaimKind, Mark, Subject
from tracker.shapes.letters import Language, LetterSheet, MarkLine, Stretch, VersionLine, Writer
from tracker.shapes.profile import Profile

MOST = 30
"""Versions that are listed."""
GREETING = 8
"""A paragraph of at most so many words is a greeting or a close."""


def sheet(scope: Scope, application_id: str, version: str = "") -> LetterSheet:
    """The version asked for, else the newest, with its marks, and the list of versions; NotFound for someone else's."""
    job = chosen(scope, [application_id])[0]
    mine = profile.read(scope)
    rows = list(scope.session.scalars(versions(scope, job).limit(MOST)))
    shown = next((row for row in rows if str(row.id) == version), rows[0] if rows else None)
    missing, can_draft = _missing(scope, job, mine), bool(mine.bullets)
    if shown is None:
        return LetterSheet(str(job.id), missing=missing, can_draft=can_draft)
    marks = marks_of(scope, shown, job, mine)
    return LetterSheet(
        str(job.id),
        versions=[line(scope, row) for row in rows],
        revision=rows[0].touched_at.isoformat(),
        id=str(shown.id),
        text=text_of(shown),
        stretches=_stretches(shown, marks),
        marks=[_mark(number, mark, shown, job) for number, mark in enumerate(marks, 1)],
        marked=_marked(marks),
        warning=_warning(shown, marks),
        paragraphs=[
            (str(number), _begins(number, one["text"])) for number, one in enumerate(shown.paragraphs)
        ],
        body=next(
            (str(n) for n, one in enumerate(shown.paragraphs) if len(one["text"].split()) > GREETING), "0"
        ),
        missing=missing,
        can_draft=can_draft,
        is_sent=shown.sent_on is not None,
        sent=exact_day(shown.sent_on, scope.who.locale) if shown.sent_on else "",
        mail=_mail(job, text_of(shown)),
        no_pdf=_without_glyph(text_of(shown)),
    )


def _without_glyph(text: str) -> str:
    from tracker.services.letters.pdf import (
        without_glyph,
    )  # with ReportLab: 10 MiB for whoever opens a letter

    return without_glyph(text)


def marks_of(scope: Scope, row: Letter, job: Application, mine: Profile) -> list[Mark]:
    """What a version claims and nothing bears out, by its profile and posting as they are now, and what it does at the posting's bidding."""
    bidden = _bidden(row, job)
    if row.language != Language.ENGLISH:
        return bidden
    claims = check(
        paragraphs_of(row),
        mine,
        posting=job.posting_text,
        company=job.company,
        role=job.role,
        today=scope.today,
    )
    return sorted([*claims, *bidden], key=lambda mark: (mark.paragraph, mark.start))


def whole(scope: Scope, letter_id: str) -> tuple[Letter, Application]:
    """A version with its application, for a file; NotFound when either isn't there."""
    row = scope.get(Letter, letter_id)
    return row, chosen(scope, [str(row.application_id)])[0]


def _bidden(row: Letter, job: Application) -> list[Mark]:
    """Places that carry out an order hidden in the posting, or give away a machine."""
    marks = []
    for number, paragraph in enumerate(row.paragraphs):
        for one in injection_traces(job.posting_text, paragraph["text"]):
            why = f"{one.why} (line {one.posting_line})" if one.posting_line else one.why
            marks.append(
                Mark(number, one.start, one.end, ClaimKind.SOURCE, one.phrase, Subject.EMPLOYER, why)
            )
    return marks


def versions(scope: Scope, job: Application) -> Any:
    """The query for an application's versions, the newest first."""
    mine = (letters.user_id == scope.user_id, letters.application_id == job.id)
    return select(Letter).where(*mine).order_by(letters.touched_at.desc(), letters.id.desc())


def line(scope: Scope, row: Letter) -> VersionLine:
    """A version as the list of them shows it."""
    sent = f"sent {exact_day(row.sent_on, scope.who.locale)}" if row.sent_on else ""
    return VersionLine(str(row.id), Writer(row.writer).label, ago(row.touched_at, scope.now), sent)


def _stretches(row: Letter, marks: list[Mark]) -> list[Stretch]:
    """The text in order, cut where marks begin and end; a mark on a whole paragraph gives way to those inside it."""
    found = []
    for number, paragraph in enumerate(row.paragraphs):
        at, text = 0, paragraph["text"]
        inside = [(place, mark) for place, mark in enumerate(marks, 1) if mark.paragraph == number]
        narrow = [one for one in inside if one[1].end - one[1].start < len(text)] or inside
        for place, mark in sorted(narrow, key=lambda one: one[1].start):
            if mark.start >= at:
                found += [
                    Stretch(text[at : mark.start]),
                    Stretch(text[mark.start : mark.end], str(place), mark.why),
                ]
                at = mark.end
        found.append(Stretch(text[at:] + ("\n\n" if number < len(row.paragraphs) - 1 else "")))
    return [one for one in found if one.text]


def _mark(number: int, mark: Mark, row: Letter, job: Application) -> MarkLine:
    is_of_applicant = mark.subject is Subject.APPLICANT
    said = row.paragraphs[mark.paragraph]["text"]
    held = (one for one in sentences(said, job.company) if one.start <= mark.start < one.end)
    begun = next((said[one.start : one.end] for one in held), mark.claim)
    add = f"/profile?{urlencode({'say': ' '.join(begun.split())[:500]}, quote_via=quote)}"
    return MarkLine(str(number), mark.claim, mark.why, is_of_applicant, mark.paragraph, mark.start, add)


def _marked(marks: list[Mark]) -> str:
    """How many marks there are, in words; empty for a letter all of which is borne out."""
    if not marks:
        return ""
    return (
        "1 claim isn't backed by your profile"
        if len(marks) == 1
        else f"{len(marks)} claims aren't backed by your profile"
    )


def _warning(row: Letter, marks: list[Mark]) -> str:
    """What to know before the letter is used; empty where nothing is."""
    if row.language != Language.ENGLISH:
        return f"Pursuit checks claims in English only, and this is {Language(row.language).label}: read every sentence yourself"
    return _marked(marks)


def _begins(number: int, text: str) -> str:
    """A paragraph by its place and first words."""
    first = " ".join(text.split())
    return f"{number + 1}. {first[:60]}{'…' if len(first) > 60 else ''}"


def _missing(scope: Scope, job: Application, mine: Profile) -> list[str]:
    """The must-haves that the profile doesn't meet: for the person to know, never for the letter."""
    found = match(job.role, job.posting_text, mine, scope.today).missing_musts
    return [in_words(ask) for ask in found][:8]


def _mail(job: Application, text: str) -> str:
    named = {"subject": f"Application: {job.role}", "body": text}
    return f"mailto:?{urlencode(named, quote_via=quote)}"
