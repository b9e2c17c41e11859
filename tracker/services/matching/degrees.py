"""Degrees by rank, in their many spellings."""

import re
from typing import NamedTuple

_RANKS = (
    (5, "doctorate", r"ph\.?\s?d\.?s?|d\.?phil|doctorate|doctoral degree|doctor of \w+"),
    (4, "master's degree", r"master(?:[’']?s)?(?:\s+degree|\s+in\b|\s+of\s+\w+)|m\.?sc\.?|m\.?eng\.?|mba|m\.?ed\.?|mph|llm degree|masters|m\.a\.|(?-i:MA|MS|ME)(?=\s+(?:in\s|[A-Z]))|ll\.?m\.?|m\.?phil|m\.?tech|mfa|mpa|mres|juris doctor|(?-i:JD)|postgraduate degree"),
    (3, "bachelor's degree", r"bachelor(?:[’']?s)?(?:\s+degree|\s+of\s+\w+)?|b\.?sc\.?|b\.?eng\.?|b\.?ed\.?|bba|b\.a\.|BA(?=\s+(?:\(|in\b))|(?-i:BA)(?=[,.]|$|\s+[A-Z])|undergraduate degree|honours degree|first.class degree|BFA|BN\b|ll\.?b\.?|b\.?com\.?|b\.?tech\.?|mbbs|(?-i:B\.?[SE]\.?)(?=\s+(?:in\s|[A-Z]))"),
    (2, "diploma", r"associate(?:[’']?s)? degree|foundation degree|hnd|hnc|higher national diploma|(?<!high school )diploma"),
    (1, "apprenticeship", r"apprenticeship|journeyman|vocational training|ausbildung|nvq"),
    (0, "degree", r"(?:\w+\s+)?degree|university graduate"),
)  # fmt: skip
_FORMS = [
    (rank, name, re.compile(rf"(?<![\w.])(?:{pattern})(?!\w)", re.IGNORECASE if rank != 9 else 0))
    for rank, name, pattern in _RANKS
]
_FIELD = re.compile(
    r"^(?:[’']?s)?(?:\s+degree)?(?:\s*\([^)]*\))?(?:,?\s+with honours)?\s*(?:,|–|-)?\s*(?:in|of)\s+"
    r"((?:[A-Za-z&]+[\s-]?){1,4})"
)
_STOP = re.compile(
    r"\b(?:from|at|and|or|with|which|is|was|while|that|then|by|a|the|i|on|to|related|similar|relevant|any|where|before|after)\b.*",
    re.IGNORECASE,
)
_WRONGLY = re.compile(r"^(?:scrum|a)?\s*$", re.IGNORECASE)


class Degree(NamedTuple):
    """A degree's rank, from 5 for a doctorate to 1 for an apprenticeship and 0 for any, and its field."""

    rank: int
    name: str
    field: str
    start: int
    end: int


def degrees_in(text: str) -> list[Degree]:
    """Return the degrees that a text names, in its order and without overlaps."""
    degrees: list[Degree] = []
    for rank, name, form in _FORMS:
        for match in form.finditer(text):
            if all(match.end() <= earlier.start or match.start() >= earlier.end for earlier in degrees):
                field = field_after(text[match.end() :]) or _field_before(match[0])
                degrees.append(Degree(rank, name, field, match.start(), match.end()))
    return sorted(degrees, key=lambda degree: degree.start)


def _field_before(phrase: str) -> str:
    """Return the field of `a law degree`; empty for `my degree`."""
    word = phrase.lower().split()[0]
    plain = "a an my the your university college relevant related first second this that no any higher honours good same one"
    return (
        word
        if phrase.lower().endswith("degree")
        and word not in (*plain.split(), "degree")
        and not re.search(r"master|bachelor|’|\'|doctor|graduate|foundation|associate", word)
        else ""
    )


def field_after(text: str) -> str:
    """Return the field that follows a degree: `… in Computer Science from` gives `computer science`."""
    match = _FIELD.match(text) or re.match(r"\s+((?:[A-Z][a-z]+\s?){1,3})", text)
    return _STOP.sub("", match[1]).strip(" -").lower() if match else ""
