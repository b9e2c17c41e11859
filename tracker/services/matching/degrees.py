"""Degrees by their rank, under the many ways they are written."""

import re
from typing import NamedTuple

_RANKS = (
    (5, "doctorate", r"ph\.?\s?d\.?s?|d\.?phil|doctorate|doctoral degree|doctor of \w+"),
    (4, "master's degree", r"master(?:[’']?s)?(?:\s+degree|\s+in\b|\s+of\s+\w+)|m\.?sc\.?|m\.?eng\.?|mba|m\.?ed\.?|mph|llm degree|masters|m\.a\.|MA(?=\s+in\b)|postgraduate degree"),
    (3, "bachelor's degree", r"bachelor(?:[’']?s)?(?:\s+degree|\s+of\s+\w+)?|b\.?sc\.?|b\.?eng\.?|b\.?ed\.?|bba|b\.a\.|BA(?=\s+(?:\(|in\b))|BA(?=[,.]|$)|undergraduate degree|honours degree|first.class degree|BFA|BN\b"),
    (2, "diploma", r"associate(?:[’']?s)? degree|foundation degree|hnd|hnc|higher national diploma|(?<!high school )diploma"),
    (1, "apprenticeship", r"apprenticeship|journeyman|vocational training|ausbildung"),
    (0, "degree", r"(?:university|college|relevant|science|engineering|business|finance|nursing|related|\ba)\s+degree|degree(?=\s+in\b|\s+or\b|\s+from\b)|university graduate"),
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
    """A degree's rank, 5 doctorate … 1 apprenticeship and 0 any; its field in lower case, empty where none is told."""

    rank: int
    name: str
    field: str
    start: int
    end: int


def degrees_in(text: str) -> list[Degree]:
    """The degrees that a text names, in its order, none told twice."""
    found: list[Degree] = []
    for rank, name, form in _FORMS:
        for one in form.finditer(text):
            if all(one.end() <= other.start or one.start() >= other.end for other in found):
                found.append(Degree(rank, name, field_after(text[one.end() :]), one.start(), one.end()))
    return sorted(found, key=lambda degree: degree.start)


def field_after(text: str) -> str:
    """The field that follows a degree's name: `… in Computer Science from` gives `computer science`."""
    found = _FIELD.match(text) or re.match(r"\s+((?:[A-Z][a-z]+\s?){1,3})", text)
    return _STOP.sub("", found[1]).strip(" -").lower() if found else ""
