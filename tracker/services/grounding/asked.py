"""Phrases of the posting's requirements found again in a letter: the commonest invention is to copy what was asked."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tracker.services.grounding.claiming import Told
from tracker.services.matching.lines import MUST, NICE, posting_lines
from tracker.services.matching.stems import listed, stem, words
from tracker.shapes.grounding import ClaimKind, Mark

_SPLIT = re.compile(
    r"[,;:()/]|\.\s|\b(?:and|or|but|such as|like|is|are|would|with|in|of|for|to|you|a|an|the|have|has|some|one|at least|least)\b",
    re.IGNORECASE,
)
_FILLER = frozenset(
    stem(word)
    for word in listed(
        """experience knowledge required essential desirable nice plus bonus must need know good great strong proven track record ability skills skill years year
        fluent advantage helpful welcome degree bachelor master familiar familiarity understanding background team people work working job other similar related
        software system systems tools tool useful handy similar level training trained clear"""
    )
)


@lru_cache(maxsize=64)
def asked_phrases(posting: str) -> tuple[frozenset[str], ...]:
    """The stems of each thing of two or three words, or of one in capitals, that the requirements name."""
    found = set()
    for line in posting_lines(posting):
        if line.section not in (MUST, NICE) and not re.search(
            r"\b(?:must|required?|need|ask|essential|desirable|bring|have|look for|helpful|bonus|plus|extra)\b",
            line.text,
            re.IGNORECASE,
        ):
            continue
        for piece in _SPLIT.split(line.text):
            stems = frozenset(stem(word) for word in words(piece)) - _FILLER
            if 2 <= len(stems) <= 3 or (len(stems) == 1 and re.search(r"\b[A-Z]{2}|\b[A-Z]\w+[A-Z]", piece)):
                found.add(stems)
    return tuple(sorted(found, key=sorted))


def asked_marks(told: Told) -> Iterator[Mark]:
    """What the requirements name and the letter claims, though no word of it stands anywhere in the profile."""
    for stems in asked_phrases(told.advert.posting):
        if any(_near(one, told.evidence.stems) for one in stems):
            continue
        places = [found for found in re.finditer(r"[^\W\d_]+", told.text) if stem(found[0]) in stems]
        if {stem(found[0]) for found in places} != stems:
            continue
        start, end = places[0].start(), places[-1].end()
        if end - start < 60 and told.is_of_applicant(start) and told.is_claimed(end - 1):
            yield told.mark(
                start, end, ClaimKind.SKILL, "The posting asks for it; nothing in your profile shows it."
            )


def _near(one: str, known: frozenset[str]) -> bool:
    return one in known or any(
        len(other) > 3 and (other.startswith(one) or one.startswith(other)) for other in known
    )
