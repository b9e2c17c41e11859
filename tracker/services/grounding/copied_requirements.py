"""Requirements repeated from the posting without support in the profile."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tracker.services.grounding.context import SentenceContext
from tracker.services.matching.lines import MUST, NICE, posting_lines
from tracker.services.matching.stems import stem, word_list, words
from tracker.shapes.grounding import ClaimKind, Mark

_SPLIT = re.compile(
    r"[,;:()/]|\.\s|\b(?:and|or|but|such as|like|is|are|would|with|in|of|for|to|you|a|an|the|have|has|some|one|at least|least)\b",
    re.IGNORECASE,
)
_FILLER = frozenset(
    stem(word)
    for word in word_list(
        """experience knowledge required essential desirable nice plus bonus must need know good great strong proven track record ability skills skill years year
        fluent advantage helpful welcome degree bachelor master familiar familiarity understanding background team people work working job other similar related
        software system systems tools tool useful handy similar level training trained clear"""
    )
)


@lru_cache(maxsize=64)
def requirement_phrases(posting: str) -> tuple[frozenset[str], ...]:
    """Return the stems of the phrases required: two or three words, or a word in capitals."""
    phrases = set()
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
                phrases.add(stems)
    return tuple(sorted(phrases, key=sorted))


def copied_requirement_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield requirements that the letter claims though no word of them occurs in the profile."""
    for stems in requirement_phrases(context.advert.posting):
        if any(_near(word_stem, context.evidence.stems) for word_stem in stems):
            continue
        matches = [match for match in re.finditer(r"[^\W\d_]+", context.text) if stem(match[0]) in stems]
        if {stem(match[0]) for match in matches} != stems:
            continue
        start, end = matches[0].start(), matches[-1].end()
        if end - start < 60 and context.is_about_applicant(start) and context.is_claimed(end - 1):
            yield context.mark(
                start, end, ClaimKind.SKILL, "The posting asks for it; nothing in your profile shows it."
            )


def _near(word_stem: str, known_stems: frozenset[str]) -> bool:
    return word_stem in known_stems or any(
        len(known_stem) > 3 and (known_stem.startswith(word_stem) or word_stem.startswith(known_stem))
        for known_stem in known_stems
    )
