"""Claimed honours of the applicant: awards, promotions, publications and the like."""

import re
from collections.abc import Iterator

from tracker.services.grounding.context import SentenceContext
from tracker.services.grounding.employer_facts import mentions
from tracker.shapes.grounding import ClaimKind, Mark

_HONOURS = (
    r"awards?|award-winning|prizes?|medals?|won\b(?!\s+over)|(?:was|been) named|named (?:as )?(?:the )?(?:employee|supervisor|best|top)|honou?red with|nominated|\w+ of the (?:year|month|quarter)\b|stars?\b(?=[^.]*)|trophy",
    r"promoted|promotion",
    r"publish(?:ed)?|papers? (?:on|in)|articles? in\b|journal",
    r"patents?|patented|inventor",
    r"keynotes?|spoke at|speaker at|gave a talk|conference talk",
    r"founded|co-founded|founder of",
    r"scholarship|fellowship|summa cum laude|first-class (?:degree|honours)|with distinction|top of (?:my|the) class|valedictorian",
    r"top performer|best in|number one|record-breaking|highest-rated",
)  # fmt: skip


_PREFIXES = (
    r"award prize medal won\b win\b named honour honor nominat trophy stars?\b",
    "promot",
    "publish paper journal",
    "patent invent",
    r"keynote spoke speaker talks?\b present",
    "found cofound start began set launch creat built establish",
    "scholarship fellowship distinction honour cum",
    r"top\b best\b record highest",
)


def honour_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield awards, promotions, publications and the like that the profile doesn't mention."""
    for pattern, prefixes in zip(_HONOURS, _PREFIXES, strict=True):
        for match in re.finditer(rf"\b(?:{pattern})", context.text, re.IGNORECASE):
            if (
                context.is_about_applicant(match.start())
                and not mentions(context.evidence.text, prefixes)
                and not _is_promotion(context, match[0])
            ):
                yield context.mark(
                    match.start(), match.end(), ClaimKind.AWARD, "Nothing in your profile mentions it."
                )


def _is_promotion(context: SentenceContext, word: str) -> bool:
    """Return whether two jobs with one employer, in succession, support a claimed promotion."""
    organisations = [
        position.organisation.lower()
        for position in context.evidence.profile.positions
        if position.organisation
    ]
    return word.lower().startswith("promot") and len(set(organisations)) < len(organisations)
