"""Names of technologies found in text: whole words only, under each synonym, and Go isn't the verb."""

import re
from functools import lru_cache

from tracker.services.matching.language_names import NAMES, is_language
from tracker.services.matching.vocabulary import ALIASES, NARROWER_SPELLINGS

_CANON = {alias: name for name, aliases in ALIASES.items() for alias in aliases}

_NOT_THE_VERB = {
    "react": r"(?!\s+(?:to|quickly|fast|when)\b)",
    "excel": r"(?!\s+(?:at|in)\b)",
    "express": r"(?!\s+(?:your|an|interest)\b)",
    "rust": r"(?!-|\s+belt\b)",
}


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """Return the canonical name, however it is written."""
    plain = " ".join(name.lower().split())
    return _CANON.get(plain, plain)


@lru_cache(maxsize=4096)
def _forms(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each spelling of a name: first word in lower case, and pattern."""
    return tuple((spelling.split(" ")[0], _pattern(spelling)) for spelling in _spellings(name))


def _spellings(name: str) -> tuple[str, ...]:
    return (name, *ALIASES.get(name, ()), *NARROWER_SPELLINGS.get(name, ()))


def _pattern(spelling: str) -> re.Pattern[str]:
    if spelling in NAMES:
        return re.compile(rf"(?P<short>{spelling})", re.IGNORECASE)
    before = r"(?<!\w)" if spelling == ".net" else "" if spelling[0] == "." else r"(?<![\w.])"
    after = r"(?:\d\d)?(?!\w)" if spelling == "c++" else r"(?![\w+#])"
    body = r"\s+".join(re.escape(part) for part in spelling.split(" "))
    return re.compile(before + body + after + _NOT_THE_VERB.get(spelling, ""), re.IGNORECASE)


def found_in(text: str, words: tuple[str, ...]) -> frozenset[str]:
    """Return the canonical names of those words that a text contains."""
    lower = text.lower()
    if len(lower) != len(text):
        text = lower
    return frozenset(name for name in map(canonical, words) if _holds(text, lower, name))


def _holds(text: str, lower: str, name: str) -> bool:
    """Search for where a word may begin and match there, ten times as fast as matching everywhere."""
    for begins, pattern in _forms(name):
        at = lower.find(begins)
        while at >= 0:
            match = pattern.match(text, at)
            if match and ("short" not in pattern.groupindex or is_language(text, *match.span())):
                return True
            at = lower.find(begins, at + 1)
    return False


def found_in_posting(role: str, posting: str, words: tuple[str, ...]) -> frozenset[str] | None:
    """Return the names in a role and its posting; None, unknown, where there is no posting and no name."""
    names = found_in(f"{role}\n{posting}", words)
    return names if names or posting.strip() else None


def fragments(name: str) -> list[str]:
    """Return plain pieces of text, one of which every posting contains that has the name."""
    return [max(re.split(r"[\s%_\\]+", spelling), key=len) for spelling in _spellings(name)]
