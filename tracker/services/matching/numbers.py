"""Numbers read from a text, in digits or in words."""

import re
from typing import NamedTuple

from tracker.services.matching.stems import listed

_UNITS = {
    name: value
    for value, name in enumerate(
        listed(
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
    """A number and where it stands; `is_spelt` where it is written in words."""

    value: float
    start: int
    end: int
    is_spelt: bool = False


def numbers_in(text: str) -> list[Number]:
    """The numbers of a text in their order: `1,200`, `40k`, `half a million`, `twenty-five`, `a dozen`."""
    return [
        Number(_value(found), found.start(), found.end(), not found["digits"])
        for found in NUMBER.finditer(text)
    ]


def _value(found: re.Match[str]) -> float:
    if found["digits"]:
        plain = float(re.sub(r"[, ’']", "", found["digits"]))
        return plain * _MULTIPLY.get((found["scale"] or "").strip().lower(), 1)
    if found["half"]:
        said = found["half"].lower()
        share = 0.5 if said.startswith("half") else 0.75 if said.startswith("three") else 0.25
        return share * {"million": 1e6, "billion": 1e9, "dozen": 12.0}[said.split()[-1]]
    if found["mixed"]:
        said = found["mixed"].lower().split()
        return (float(said[0]) if said[0].isdigit() else spelt(said[0])) * _SCALES[said[-1]] + _SCALES[
            said[-1]
        ] / 2
    if found["dozen"]:
        return 12.0 * max(1, spelt(found["dozen"].split()[0]))
    return float(spelt(re.sub(r"^an?\s", "one ", (found["a"] or found["words"]), flags=re.IGNORECASE)))


def spelt(words: str) -> int:
    """The whole number that words spell; 0 for none."""
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
