"""Word stems, so that `managed a team` and `team management` share their words."""

import re
from functools import lru_cache

_ENDINGS = re.compile(
    r"(?:ations?|ements?|ments?|ings?|ers?|ors?|ions?|ies|ied|ed|es|s|y|e|ly|ance|ence|ive|al|ists?|isms?|ness|ships?|icians?|ians?|ical|ics|ity)$"
)


def word_list(text: str) -> list[str]:
    """Return the words of a list written as running text."""
    return text.split()


_STOP_WORDS = frozenset(
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
    """Return the rough stem of a word in lower case; short words stay whole."""
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
    """Return the stems of a text's content words."""
    return frozenset(stem(word) for word in words(text))


def words(text: str) -> list[str]:
    """Return the content words of a text, in order."""
    return [
        word
        for word in re.findall(r"[^\W\d_]+(?:[’'][a-z]+)?", text)
        if len(word) > 2 and word.lower() not in _STOP_WORDS
    ]


def common_stems(text: str, other_text: str) -> frozenset[str]:
    """Return the stems that two texts have in common."""
    return stems(text) & stems(other_text)


def contains_words(text: str, phrase: str) -> bool:
    """Return whether a text contains every word of a phrase in some form."""
    phrase_stems = stems(phrase)
    return bool(phrase_stems) and phrase_stems <= stems(text)
