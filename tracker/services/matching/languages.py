"""Human languages and their levels."""

import re
from typing import NamedTuple

from tracker.services.matching.stems import word_list

_NAMES = word_list(
    """english german french spanish italian portuguese dutch polish czech slovak hungarian romanian
    bulgarian greek turkish russian ukrainian swedish norwegian danish finnish estonian latvian
    lithuanian croatian serbian slovenian arabic hebrew persian farsi hindi urdu bengali tamil punjabi
    mandarin cantonese chinese japanese korean vietnamese thai tagalog indonesian malay swahili
    afrikaans irish welsh catalan basque deutsch français español"""
)
_OWN = {
    "deutsch": "german",
    "français": "french",
    "español": "spanish",
    "farsi": "persian",
    "mandarin": "chinese",
}
NAME = re.compile(rf"\b({'|'.join(_NAMES)})\b", re.IGNORECASE)
_LEVELS = (
    (1, r"a1|beginner|basic|elementary|some|a little|rudimentary"),
    (2, r"a2|pre-intermediate"),
    (3, r"b1|intermediate|conversational|everyday|good working|limited working"),
    (4, r"b2|upper.intermediate|good|professional|working|business|confident|solid|strong"),
    (
        5,
        r"c1|advanced|fluent|fluently|fluency|very good|full professional|excellent|negotiation|proficient|proficiency",
    ),
    (6, r"c2|native|mother tongue|bilingual|near-native|first language"),
)
_LEVEL = [(rank, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for rank, pattern in _LEVELS]
_OF_SPEECH = re.compile(
    r"\b(?:speak\w*|spoke\w*|writ(?:e|ten|ing)|fluen\w+|native|language\w*|bilingual|proficien\w+|conversational|level|tongue|command of"
    r"|[abc][12]|basic|intermediate|advanced|business|working|verbal|oral|read|talk\w*|chat\w*|conver(?:se|sa)\w*|communicat\w+|correspond\w*|negotiat\w+|understand\w*|get(?:ting)? by|got by|rusty|grew up|raised|learn\w*|teach\w*|taught|translat\w+|interpret\w*)\b",
    re.IGNORECASE,
)
_IN_LANGUAGE = re.compile(
    rf"\bin\s+(?:(?:{'|'.join(_NAMES)})\s*(?:,|/|and|or)\s*)*(?:{'|'.join(_NAMES)})\s*(?:[.,;!?)]|$|(?:and|or|as well|too|with|to|at|on|for|every|when)\b)",
    re.IGNORECASE,
)
"""A language in which something is done: `calm a patient in Arabic`."""
WORDS_OF_LEVEL = ("", "basic", "elementary", "intermediate", "good", "fluent", "native")


class Spoken(NamedTuple):
    """A language, its level from 1 (basic) to 6 (native) or 0 where none is given, and its place."""

    name: str
    level: int
    start: int
    end: int


def languages_in(text: str, *, is_list: bool = False) -> list[Spoken]:
    """Return the languages that a text mentions as spoken; `is_list` accepts every name, as in a list."""
    matches = list(NAME.finditer(text))
    if not matches or not (is_list or _OF_SPEECH.search(text) or _IN_LANGUAGE.search(text)):
        return []
    return [
        _spoken(text, matches, n, is_list=is_list)
        for n in range(len(matches))
        if is_list or not _is_nationality(text, matches[n])
    ]


def _spoken(text: str, matches: list[re.Match[str]], n: int, *, is_list: bool) -> Spoken:
    match = matches[n]
    begin = matches[n - 1].end() if n else 0
    end = matches[n + 1].start() if n + 1 < len(matches) else len(text)
    before, after = text[begin : match.start()], text[match.end() : end]
    near = re.split(r"[.;]|,(?!\s*(?:fluent|native|b|c|a))", after)[0] if is_list else after[:24]
    joined = bool(n) and not is_list and bool(re.fullmatch(r"\s*(?:,|and|or|&|,\s*and)\s*", before))
    level = _last(before[-40:]) or _level(near) or (_level(text[: matches[0].start()]) if joined else 0)
    name = match[1].lower()
    return Spoken(_OWN.get(name, name), level, match.start(), match.end())


def _level(text: str) -> int:
    ranks = [rank for rank, pattern in _LEVEL if pattern.search(text)]
    return max(ranks, default=0)


def _last(text: str) -> int:
    """Return the level nearest to the end: in `English (C1), basic French` French is basic."""
    ends = [(match.end(), rank) for rank, pattern in _LEVEL for match in pattern.finditer(text)]
    last = max(ends, default=(0, 0))
    between = text[last[0] :]
    return last[1] if not re.search(r"[,;)]|\band\b", between) else 0


def _is_nationality(text: str, match: re.Match[str]) -> bool:
    """Return whether a name is a nationality rather than a language: `the German market`."""
    follows = r"\s+(?:market|customer|client|team|office|compan|law|tax|branch|subsidiar|cuisine|food|literature|wine|bank|retail|govern)"
    return match[1][0].islower() or bool(re.match(follows, text[match.end() :], re.IGNORECASE))
