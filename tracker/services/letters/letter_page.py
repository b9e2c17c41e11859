"""A letter as its page shows it, with every unsupported claim highlighted and explained."""

from typing import Any
from urllib.parse import quote, urlencode

from sqlalchemy import select

from tracker.db import Scope
from tracker.models import Application, Letter, letters
from tracker.services import profile
from tracker.services.applications.stage_moves import locked_applications
from tracker.services.grounding.check import check
from tracker.services.grounding.clauses import sentences
from tracker.services.grounding.prompt_injection import injection_traces
from tracker.services.letters.versions import paragraphs_of, text_of
from tracker.services.matching.match import match
from tracker.services.matching.phrases import in_words
from tracker.shapes.dates import ago, exact_day
from tracker.shapes.grounding import ClaimKind, Mark, Subject
from tracker.shapes.letters import Language, LetterPage, MarkItem, Segment, VersionItem, Writer
from tracker.shapes.profile import Profile

MAX_VERSIONS = 30
"""Maximum number of versions that are listed."""
MAX_GREETING_WORDS = 8
"""Maximum number of words in a greeting or closing."""


def letter_page(scope: Scope, application_id: str, version: str = "") -> LetterPage:
    """Return a version, by default the newest, with its highlights, and the list of versions.

    Raises NotFound for another user's application.
    """
    job = locked_applications(scope, [application_id])[0]
    own_profile = profile.read(scope)
    rows = list(scope.session.scalars(versions_query(scope, job).limit(MAX_VERSIONS)))
    shown = next((row for row in rows if str(row.id) == version), rows[0] if rows else None)
    missing, can_draft = _missing(scope, job, own_profile), bool(own_profile.bullets)
    if shown is None:
        return LetterPage(str(job.id), missing=missing, can_draft=can_draft)
    marks = unsupported_claims(scope, shown, job, own_profile)
    return LetterPage(
        str(job.id),
        revision=rows[0].touched_at.isoformat(),
        versions=[version_item(scope, row) for row in rows],
        id=str(shown.id),
        text=text_of(shown),
        segments=_segments(shown, marks),
        marks=[_mark(number, mark, shown, job) for number, mark in enumerate(marks, 1)],
        marked=_marked(marks),
        warning=_warning(shown, marks),
        paragraphs=[
            (str(number), _excerpt(number, paragraph["text"]))
            for number, paragraph in enumerate(shown.paragraphs)
        ],
        body=_first_body_paragraph(shown),
        missing=missing,
        can_draft=can_draft,
        is_sent=shown.sent_on is not None,
        sent=exact_day(shown.sent_on, scope.who.locale) if shown.sent_on else "",
        mail=_mail(job, text_of(shown)),
        no_pdf=_without_glyph(text_of(shown)),
    )


def _without_glyph(text: str) -> str:
    # Imported here, since ReportLab takes 10 MiB that most processes don't need.
    from tracker.services.letters.pdf_export import without_glyph

    return without_glyph(text)


def unsupported_claims(scope: Scope, row: Letter, job: Application, own_profile: Profile) -> list[Mark]:
    """Return a version's unsupported claims and its traces of prompt injection.

    They are checked against the profile and the posting as they are now.
    """
    injected = _injections(row, job)
    if row.language != Language.ENGLISH:
        return injected
    claims = check(
        paragraphs_of(row),
        own_profile,
        posting=job.posting_text,
        company=job.company,
        role=job.role,
        today=scope.today,
    )
    return sorted([*claims, *injected], key=lambda mark: (mark.paragraph, mark.start))


def version_with_application(scope: Scope, letter_id: str) -> tuple[Letter, Application]:
    """Return a version with its application; raises NotFound when either doesn't exist."""
    row = scope.get(Letter, letter_id)
    return row, locked_applications(scope, [str(row.application_id)])[0]


def _injections(row: Letter, job: Application) -> list[Mark]:
    """Return traces of prompt injection as marks."""
    marks = []
    for number, paragraph in enumerate(row.paragraphs):
        for trace in injection_traces(job.posting_text, paragraph["text"]):
            why = f"{trace.why} (line {trace.posting_line})" if trace.posting_line else trace.why
            marks.append(
                Mark(number, trace.start, trace.end, ClaimKind.SOURCE, trace.phrase, Subject.EMPLOYER, why)
            )
    return marks


def versions_query(scope: Scope, job: Application) -> Any:
    """Return the query for an application's versions, the newest first."""
    mine = (letters.user_id == scope.user_id, letters.application_id == job.id)
    return select(Letter).where(*mine).order_by(letters.touched_at.desc(), letters.id.desc())


def version_item(scope: Scope, row: Letter) -> VersionItem:
    """Return a version as a list item."""
    sent = f"sent {exact_day(row.sent_on, scope.who.locale)}" if row.sent_on else ""
    return VersionItem(str(row.id), Writer(row.writer).label, ago(row.touched_at, scope.now), sent)


def _segments(row: Letter, marks: list[Mark]) -> list[Segment]:
    """Return the text in segments, cut where marks begin and end; inner marks win over whole paragraphs."""
    segments = []
    for number, paragraph in enumerate(row.paragraphs):
        at, text = 0, paragraph["text"]
        numbered = [(place, mark) for place, mark in enumerate(marks, 1) if mark.paragraph == number]
        narrow = [item for item in numbered if item[1].end - item[1].start < len(text)] or numbered
        for place, mark in sorted(narrow, key=lambda item: item[1].start):
            if mark.start >= at:
                segments += [
                    Segment(text[at : mark.start]),
                    Segment(text[mark.start : mark.end], str(place), mark.why),
                ]
                at = mark.end
        segments.append(Segment(text[at:] + ("\n\n" if number < len(row.paragraphs) - 1 else "")))
    return [item for item in segments if item.text]


def _mark(number: int, mark: Mark, row: Letter, job: Application) -> MarkItem:
    is_of_applicant = mark.subject is Subject.APPLICANT
    paragraph = row.paragraphs[mark.paragraph]["text"]
    sentences_at = (
        sentence
        for sentence in sentences(paragraph, job.company)
        if sentence.start <= mark.start < sentence.end
    )
    claim = next((paragraph[sentence.start : sentence.end] for sentence in sentences_at), mark.claim)
    add_address = f"/profile?{urlencode({'say': ' '.join(claim.split())[:500]}, quote_via=quote)}"
    return MarkItem(
        str(number), mark.claim, mark.why, is_of_applicant, mark.paragraph, mark.start, add_address
    )


def _marked(marks: list[Mark]) -> str:
    """Return how many marks there are, in words; empty for none."""
    if not marks:
        return ""
    return (
        "1 claim isn't backed by your profile"
        if len(marks) == 1
        else f"{len(marks)} claims aren't backed by your profile"
    )


def _warning(row: Letter, marks: list[Mark]) -> str:
    """Return a warning to show before the letter is used; empty when there is none."""
    if row.language != Language.ENGLISH:
        return f"Pursuit checks claims in English only, and this is {Language(row.language).label}: read every sentence yourself"
    return _marked(marks)


def _first_body_paragraph(row: Letter) -> str:
    """Return the number of the first paragraph that is longer than a greeting; 0 for none."""
    lengths = [len(paragraph["text"].split()) for paragraph in row.paragraphs]
    return str(next((number for number, length in enumerate(lengths) if length > MAX_GREETING_WORDS), 0))


def _excerpt(number: int, text: str) -> str:
    """Return a paragraph's number and first words."""
    first = " ".join(text.split())
    return f"{number + 1}. {first[:60]}{'…' if len(first) > 60 else ''}"


def _missing(scope: Scope, job: Application, own_profile: Profile) -> list[str]:
    """Return the must-haves that the profile doesn't meet: shown to the user, never in the letter."""
    missing = match(job.role, job.posting_text, own_profile, scope.today).missing_musts
    return [in_words(requirement) for requirement in missing][:8]


def _mail(job: Application, text: str) -> str:
    query = {"subject": f"Application: {job.role}", "body": text}
    return f"mailto:?{urlencode(query, quote_via=quote)}"
