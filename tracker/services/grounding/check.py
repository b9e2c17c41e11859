"""Run every detector over every sentence of a letter; marks keep its order and never overlap."""

from collections.abc import Sequence
from datetime import date

from tracker.services.grounding.clauses import sentences
from tracker.services.grounding.context import Detector, SentenceContext
from tracker.services.grounding.copied_requirements import copied_requirement_marks
from tracker.services.grounding.date_claims import date_marks
from tracker.services.grounding.duration_claims import year_marks
from tracker.services.grounding.employer_facts import fact_marks
from tracker.services.grounding.evidence import Advert, evidence_of
from tracker.services.grounding.honours import honour_marks
from tracker.services.grounding.name_claims import name_marks, numbered_name_marks
from tracker.services.grounding.number_claims import number_marks, vague_marks
from tracker.services.grounding.qualification_claims import (
    attested_marks,
    certificate_marks,
    degree_marks,
    language_marks,
    skill_marks,
)
from tracker.services.grounding.title_claims import title_marks
from tracker.shapes.grounding import ClaimKind, Mark, Subject
from tracker.shapes.letters import Paragraph
from tracker.shapes.profile import Profile

DETECTORS: tuple[Detector, ...] = (
    year_marks, degree_marks, certificate_marks, attested_marks, title_marks, number_marks, vague_marks, skill_marks, language_marks, date_marks,
    honour_marks, fact_marks, copied_requirement_marks, numbered_name_marks, name_marks,
)  # fmt: skip
"""One detector per kind of claim; where two mark the same place, the earlier wins."""


def check(
    paragraphs: Sequence[Paragraph], profile: Profile, *, posting: str, company: str, role: str, today: date
) -> list[Mark]:
    """Return the claims that lack support: the applicant's in the profile, the employer's in the posting."""
    evidence, advert = evidence_of(profile, today), Advert(posting, company, role)
    marks: list[Mark] = []
    for number, paragraph in enumerate(paragraphs):
        quoted_spans = _quoted_bullets(paragraph.text, profile)
        for sentence in sentences(paragraph.text, company):
            context = SentenceContext(number, sentence, evidence, advert)
            candidates = [mark for detector in DETECTORS for mark in detector(context)]
            marks += _without_overlaps(
                [
                    mark
                    for mark in candidates
                    if not any(a <= mark.start and mark.end <= b for a, b in quoted_spans)
                ]
            )
        marks += _unknown_sources(number, paragraph, profile, posting)
    return marks


def _without_overlaps(marks: list[Mark]) -> list[Mark]:
    disjoint: list[Mark] = []
    for mark in marks:
        if all(mark.end <= earlier.start or mark.start >= earlier.end for earlier in disjoint):
            disjoint.append(mark)
    return sorted(disjoint, key=lambda mark: mark.start)


def _quoted_bullets(text: str, profile: Profile) -> list[tuple[int, int]]:
    """Return where bullets are quoted word for word, which supports whatever they say."""
    spans = []
    for bullet in profile.bullets:
        bullet_text = bullet.text.strip().rstrip(".;")
        at = (
            text.lower().find(bullet_text.lower())
            if len(bullet_text.split()) > 2 and len(text) == len(text.lower())
            else -1
        )
        if at >= 0:
            spans.append((at, at + len(bullet_text)))
    return spans


def _unknown_sources(number: int, paragraph: Paragraph, profile: Profile, posting: str) -> list[Mark]:
    """Mark a whole paragraph that cites bullets or posting lines that don't exist."""
    known_ids = {bullet.id for bullet in profile.bullets} | {position.id for position in profile.positions}
    lines = len(posting.splitlines())
    reasons = [
        f"There is no bullet {source_id}." for source_id in paragraph.bullet_ids if source_id not in known_ids
    ]
    reasons += [
        f"The posting has no line {source_id}."
        for source_id in paragraph.posting_lines
        if not 1 <= source_id <= lines
    ]
    if not reasons:
        return []
    end = len(paragraph.text)
    return [Mark(number, 0, end, ClaimKind.SOURCE, paragraph.text[:60], Subject.APPLICANT, " ".join(reasons))]
