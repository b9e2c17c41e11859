"""The check itself: every sentence by every finder, the marks in the order of the text and none inside another."""

from collections.abc import Sequence
from datetime import date

from tracker.services.grounding.asked import asked_marks
from tracker.services.grounding.claiming import Finder, Told
from tracker.services.grounding.clauses import sentences
from tracker.services.grounding.evidence import Advert, evidence_of
from tracker.services.grounding.facts import fact_marks, honour_marks, vague_marks
from tracker.services.grounding.names import name_marks
from tracker.services.grounding.numbers import number_marks
from tracker.services.grounding.skills import (
    attested_marks,
    certificate_marks,
    degree_marks,
    language_marks,
    skill_marks,
)
from tracker.services.grounding.spans import date_marks, year_marks
from tracker.services.grounding.titles import title_marks
from tracker.shapes.grounding import ClaimKind, Mark, Subject
from tracker.shapes.letters import Paragraph
from tracker.shapes.profile import Profile

FINDERS: tuple[Finder, ...] = (
    year_marks, degree_marks, certificate_marks, attested_marks, title_marks, number_marks, vague_marks, skill_marks, language_marks, date_marks,
    honour_marks, fact_marks, asked_marks, name_marks,
)  # fmt: skip
"""Each sort of claim; where two mark the same place the earlier has the word."""


def check(
    paragraphs: Sequence[Paragraph], profile: Profile, *, posting: str, company: str, role: str, today: date
) -> list[Mark]:
    """The places of a letter that rest on nothing: of the applicant in the profile, of the employer in the posting."""
    evidence, advert = evidence_of(profile, today), Advert(posting, company, role)
    marks: list[Mark] = []
    for number, paragraph in enumerate(paragraphs):
        own = _own_words(paragraph.text, profile)
        for sentence in sentences(paragraph.text, company):
            told = Told(number, sentence, evidence, advert)
            found = [mark for finder in FINDERS for mark in finder(told)]
            marks += _apart(
                [one for one in found if not any(a <= one.start and one.end <= b for a, b in own)]
            )
        marks += _sources(number, paragraph, profile, posting)
    return marks


def _apart(marks: list[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in marks:
        if all(mark.end <= other.start or mark.start >= other.end for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)


def _own_words(text: str, profile: Profile) -> list[tuple[int, int]]:
    """Where a bullet stands word for word: whatever it says bears itself out."""
    spans = []
    for bullet in profile.bullets:
        said = bullet.text.strip().rstrip(".;")
        at = (
            text.lower().find(said.lower())
            if len(said.split()) > 2 and len(text) == len(text.lower())
            else -1
        )
        if at >= 0:
            spans.append((at, at + len(said)))
    return spans


def _sources(number: int, paragraph: Paragraph, profile: Profile, posting: str) -> list[Mark]:
    """Marks on a whole paragraph that names bullets or lines that there aren't."""
    known = {one.id for one in profile.bullets} | {one.id for one in profile.positions}
    lines = len(posting.splitlines())
    why = [f"There is no bullet {one}." for one in paragraph.bullet_ids if one not in known]
    why += [f"The posting has no line {one}." for one in paragraph.posting_lines if not 1 <= one <= lines]
    if not why:
        return []
    end = len(paragraph.text)
    return [Mark(number, 0, end, ClaimKind.SOURCE, paragraph.text[:60], Subject.APPLICANT, " ".join(why))]
