"""Words brought to a rough stem, so that `managed a team` and `team management` are seen to share their words."""

import re
from functools import lru_cache

_ENDINGS = re.compile(
    r"(?:ations?|ements?|ments?|ings?|ers?|ors?|ions?|ies|ied|ed|es|s|y|e|ly|ance|ence|ive|al|ists?|isms?|ness|ships?|icians?|ians?|ical|ics|ity)$"
)


def listed(text: str) -> list[str]:
    """The words of a list written as running text."""
    return text.split()


_EVERYWHERE = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "that",
        "this",
        "from",
        "was",
        "were",
        "are",
        "has",
        "have",
        "had",
        "been",
        "being",
        "its",
        "into",
        "over",
        "under",
        "than",
        "then",
        "they",
        "them",
        "their",
        "our",
        "your",
        "you",
        "his",
        "her",
        "who",
        "which",
        "what",
        "when",
        "where",
        "while",
        "will",
        "would",
        "could",
        "should",
        "can",
        "may",
        "might",
        "not",
        "but",
        "also",
        "more",
        "most",
        "some",
        "any",
        "all",
        "each",
        "every",
        "such",
        "very",
        "just",
        "only",
        "about",
        "after",
        "before",
        "during",
        "through",
        "between",
        "both",
        "few",
        "many",
        "much",
        "own",
        "same",
        "other",
        "out",
        "off",
        "per",
        "via",
        "among",
        "i",
        "me",
        "my",
        "we",
        "us",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "as",
        "is",
        "it",
        "be",
        "or",
        "so",
        "if",
        "no",
        "do",
        "did",
        "does",
        "done",
        "up",
        "how",
        "there",
        "here",
        "one",
        "two",
    ]
)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The rough stem of a word in lower case; short words stay whole."""
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    for _ in range(2):
        shorter = _ENDINGS.sub("", plain)
        if len(shorter) < 4 or shorter == plain:
            break
        plain = shorter
    if len(plain) > 4 and plain[-1] == plain[-2] and plain[-1] not in "aeiosl":
        plain = plain[:-1]
    return plain


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of the words that mean something by themselves."""
    return frozenset(stem(word) for word in words(text))


def words(text: str) -> list[str]:
    """The words of a text that mean something by themselves, in its order."""
    return [
        one
        for one in re.findall(r"[^\W\d_]+(?:[’'][a-z]+)?", text)
        if len(one) > 2 and one.lower() not in _EVERYWHERE
    ]


def shared(one: str, other: str) -> frozenset[str]:
    """The stems that two texts have in common."""
    return stems(one) & stems(other)


def holds(text: str, phrase: str) -> bool:
    """Whether a text has every word of a phrase in some form."""
    wanted = stems(phrase)
    return bool(wanted) and wanted <= stems(text)
