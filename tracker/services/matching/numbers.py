"""Numbers in text, in digits or in words."""

import re
from typing import NamedTuple

from tracker.services.matching.stems import word_list

_UNITS = {
    name: value
    for value, name in enumerate(
        word_list(
            """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
        )
    )
}
_TENS = {
    name: 10 * n
    for n, name in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]+(?:{'|'.join(list(_UNITS)[1:10])}))?|(?:{'|'.join(_UNITS)}))\b"
_SCALED = rf"{_SMALL}(?:\s+(?:{'|'.join(_SCALES)})\b)+"
WORDS = rf"\b(?:{_SCALED}(?:\s+(?:and\s+)?{_SCALED})*(?:\s+(?:and\s+)?{_SMALL})?|{_SMALL})"
DIGITS = r"(?:\d{1,3}(?:[, ’']\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_SUFFIX = r"(?:\s?(?:k|m|mn|bn|thousand|million|billion)\b)"
NUMBER = re.compile(
    rf"(?<![\w.,])(?:(?P<digits>{DIGITS})(?P<scale>{_SUFFIX})?|(?P<half>half\s+a\s+(?:million|billion|dozen)|(?:a\s+|three\s+)?quarters?\s+of\s+a\s+(?:million|billion))"
    rf"|(?P<mixed>(?:\d+|{_SMALL})\s+and\s+a\s+half\s+(?:thousand|million|billion)\b)|(?P<dozen>(?:(?:a|two|three|four|five|six)\s+)?dozen)|(?P<a>an?\s+(?:hundred|thousand|million|billion)\b(?:\s+and\s+{WORDS})?)"
    rf"|(?P<words>{WORDS}))(?![\w])(?!\.\d)",
    re.IGNORECASE,
)
_MULTIPLY = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}


class Number(NamedTuple):
    """A number and its place; `is_spelt` where it is written in words."""

    value: float
    start: int
    end: int
    is_spelt: bool = False


def numbers_in(text: str) -> list[Number]:
    """Return the numbers of a text in order: `1,200`, `40k`, `half a million`, `twenty-five`, `a dozen`."""
    return [
        Number(_value(match), match.start(), match.end(), not match["digits"])
        for match in NUMBER.finditer(text)
    ]


def _value(match: re.Match[str]) -> float:
    if match["digits"]:
        plain = float(re.sub(r"[, ’']", "", match["digits"]))
        return plain * _MULTIPLY.get((match["scale"] or "").strip().lower(), 1)
    if match["half"]:
        phrase = match["half"].lower()
        share = 0.5 if phrase.startswith("half") else 0.75 if phrase.startswith("three") else 0.25
        return share * {"million": 1e6, "billion": 1e9, "dozen": 12.0}[phrase.split()[-1]]
    if match["mixed"]:
        phrase = match["mixed"].lower().split()
        return (float(phrase[0]) if phrase[0].isdigit() else spelt(phrase[0])) * _SCALES[
            phrase[-1]
        ] + _SCALES[phrase[-1]] / 2
    if match["dozen"]:
        return 12.0 * max(1, spelt(match["dozen"].split()[0]))
    return float(spelt(re.sub(r"^an?\s", "one ", (match["a"] or match["words"]), flags=re.IGNORECASE)))


def spelt(words: str) -> int:
    """Return the whole number that words spell; 0 for none."""
    total = current = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = max(1, current) * 100
        elif word in _SCALES:
            total, current = total + max(1, current) * _SCALES[word], 0
    return total + current
