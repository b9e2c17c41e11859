"""Durations in text: `5+ years of`, `at least three years`, `2-4 years`, `several years`, `a decade`."""

import re
from typing import NamedTuple

from tracker.services.matching.numbers import DIGITS, WORDS, numbers_in

_N = rf"(?:{DIGITS}|{WORDS}|an?|half a)"
SPAN = re.compile(
    rf"(?<![\w.])(?:(?P<low>{_N})\s*(?P<plus>\+|plus)?(?:\s*(?:-|–|to|or)\s*(?P<high>{_N})\+?)?(?P<half>\s+and\s+a\s+half)?[\s-]*(?P<unit>years?|yrs?|decades?|months?)"
    rf"|(?P<vague>several|many|a few|couple of|some|a number of|numerous|countless|multiple)\s+(?P<of>years|decades)|(?P<decade>decades)\s+of|(?P<past>(?:the|this)\s+(?:past|last)\s+decade))\b(?!-olds?\b|\s+olds?\b)(?:[’']|\s*\+)?",
    re.IGNORECASE,
)
_VAGUE = {"several": 3.0, "many": 5.0, "a few": 2.0, "couple of": 2.0, "some": 1.0, "a number of": 3.0, "numerous": 5.0,
          "countless": 8.0, "multiple": 2.0}  # fmt: skip
_SUBJECT = re.compile(
    r"^\s*(?:or more\s*)?(?:of\s+)?(?:\w+[\w-]*\s+){0,3}?(?:experience|work|working|background|practice|expertise)?\s*"
    r"(?:with|in|of|as an?|as|using|on|at)\s+(?:the\s+|an?\s+)?(?P<subject>[^,.;:()]{2,60})",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"^\s*(?:of|in|with)?\s*(?P<subject>[\w+#.&/ -]{2,40}?)\s+(?:experience|work|expertise)\b", re.IGNORECASE
)
_EMPTY = re.compile(r"(?:relevant|professional|hands-on|proven|solid|practical|commercial|industry|work|working|similar|related|the|a|an|of|in|with|"
                    r"role|field|position|experience|prior|previous|this|your|my|area|more|or|and|total|overall)", re.IGNORECASE)  # fmt: skip


_VERB = re.compile(
    r"\b(?:lie|lies|are|is|was|were|have|has|had|taught|makes?|made|that|which|where|while|when|but|so|I)\b"
)
_OR_SIMILAR = re.compile(
    r"\s+or\s+(?:an?\s+|any\s+)?(?:\w+\s+)?(?:like|similar|comparable|equivalent|related)\b", re.IGNORECASE
)


class Years(NamedTuple):
    """A duration in years, its subject in the text's own words, and its place; `is_vague` for `several`."""

    value: float
    subject: str
    start: int
    end: int
    is_vague: bool = False
    is_open: bool = False


def years_in(text: str) -> list[Years]:
    """Return the durations of a text in order; of a range, the lower end."""
    return [_years(text, match) for match in SPAN.finditer(text)]


def _years(text: str, match: re.Match[str]) -> Years:
    vague = match["vague"]
    if match["decade"] or match["past"]:
        value = 20.0 if match["decade"] else 10.0
    elif vague:
        value = _VAGUE[vague.lower()] * (10 if match["of"].lower() == "decades" else 1)
    else:
        value = _value(match["low"]) + (0.5 if match["half"] else 0)
        unit = match["unit"].lower()
        value *= 10 if unit.startswith("decade") else 1 / 12 if unit.startswith("month") else 1
    return Years(
        value,
        _subject(text[match.end() :]),
        match.start(),
        match.end(),
        bool(vague or match["decade"]),
        bool(match["plus"]),
    )


def _value(text: str) -> float:
    if text.lower() in ("a", "an"):
        return 1.0
    if text.lower() == "half a":
        return 0.5
    numbers = numbers_in(text)
    return numbers[0].value if numbers else 0.0


def _subject(after: str) -> str:
    for match in (_PLAIN.match(after), _SUBJECT.match(after)):
        phrase = _OR_SIMILAR.split(_VERB.split(match["subject"])[0])[0] if match else ""
        candidates = re.findall(r"[\w+#.&/-]+", phrase)
        if words := [word for word in candidates if not _EMPTY.fullmatch(word)]:
            return " ".join(words[:6])
    return ""
