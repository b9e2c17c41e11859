"""Claimed numbers: shares, money, lengths of time, people and counts, each needing one like it to rest on."""

import re
from collections.abc import Iterable, Iterator

from tracker.services.grounding.alike import groups_of, kindred
from tracker.services.grounding.claiming import Told
from tracker.services.grounding.evidence import Source
from tracker.services.grounding.quantities import MONEY, OTHER, PEOPLE, PERCENT, TIME, Quantity, quantities_in
from tracker.services.matching.degrees import degrees_in
from tracker.services.matching.stems import stem, words
from tracker.services.matching.years import SPAN
from tracker.shapes.grounding import ClaimKind, Mark, Subject

ELIDED = re.compile(r"\s*(?:[.,;!]|$|(?:in|as|at|with|of them)\b)")
"""What follows a number that leaves its years unsaid: `ten years here, and fourteen in the trade`."""
_SMALL = 3
_MANY = 30
_ODD = 20
"""From here on two numbers are hardly the same by chance."""

_JOINS = frozenset(
    [
        "and",
        "or",
        "but",
        "nor",
        "to",
        "of",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "for",
        "as",
        "than",
        "who",
        "which",
        "that",
        "while",
        "when",
    ]
)
"""What no number counts."""


def number_marks(told: Told) -> Iterator[Mark]:
    """Numbers of the applicant that no part of the profile tells, and of the employer that the posting doesn't."""
    spans = [(one.start(), one.end()) for one in SPAN.finditer(told.text)]
    spans += [(one.start, one.end) for one in degrees_in(told.text)]
    for one in quantities_in(told.text):
        if any(a < one.end and b > one.start for a, b in spans) or _is_idle(told, one):
            continue
        start, end = one.start, _reach(told.text, one.end)
        if told.is_of_applicant(one.start) and not _borne_out(told, one):
            advertised = any(_alike(one, other) for other in told.advert.quantities)
            why = (
                "Only the posting says this number; your bullets don't."
                if advertised
                else "No bullet or position says this number."
            )
            yield told.mark(start, end, ClaimKind.NUMBER, why)
        elif told.is_of_employer(one.start) and not _of_employer(told, one):
            yield told.mark(
                start, end, ClaimKind.NUMBER, "The posting doesn't say this number.", Subject.EMPLOYER
            )
        elif told.is_open(one.start) and not _of_employer(told, one) and not _borne_out(told, one):
            yield told.mark(
                start, end, ClaimKind.NUMBER, "Neither your bullets nor the posting says this number."
            )


def _reach(text: str, end: int) -> int:
    """The number with the one word it counts, where one follows it."""
    after = text[end:]
    gap = len(after) - len(after.lstrip(" -"))
    word = after[gap:].split(" ")[0].rstrip(".,;:!?)")
    return end + gap + len(word) if gap and word.lower() not in _JOINS else end


def _is_idle(told: Told, one: Quantity) -> bool:
    """`one`, and small words such as `two things`, claim nothing by themselves."""
    if one.unit == OTHER and one.value <= 1:
        return True
    if _elided(told, one) or told.is_part_of_name(one.start, one.end):
        return True
    after = told.text[one.end :].lstrip(" -").lower()
    return (
        one.unit == OTHER
        and one.value <= 12
        and after.startswith(("thing", "reason", "word", "way", "point", "of the thing", "step", "time"))
    )


def _elided(told: Told, one: Quantity) -> bool:
    """`You ask for five years; I have seven` counts years, which are looked at elsewhere."""
    return (
        one.unit == OTHER
        and bool(ELIDED.match(told.text[one.end :]))
        and bool(SPAN.search(told.text[: one.start]))
    )


def _of_employer(told: Told, one: Quantity) -> bool:
    if any(_alike(one, other) for other in told.advert.quantities):
        return True
    if one.unit == OTHER and one.value <= _SMALL:
        return True
    return any(
        _alike(one, other) for source in told.evidence.sources for other in source.quantities
    ) and _is_mixed(told)


def _is_mixed(told: Told) -> bool:
    """Whether the sentence speaks of the applicant as well, so that a number may be theirs."""
    return bool(re.search(r"\b(?:I|me|my|mine|we|our|us)\b", told.text, re.IGNORECASE))


def _borne_out(told: Told, one: Quantity) -> bool:
    clause = {stem(word) for word in words(told.text)}
    near = [
        (source, other)
        for source in told.evidence.sources
        for other in source.quantities
        if _alike(one, other)
    ]
    if any(_in_context(one, other, source, clause) for source, other in near):
        return True
    if one.unit == PERCENT and any(_is_told(other, source) for source, other in near):
        return not groups_of(clause)
    return one.unit == OTHER and _counted(told, one)


def _is_told(other: Quantity, source: Source) -> bool:
    """Whether a source tells a quantity outright, and not only by two others."""
    plain = quantities_in(source.text)
    return any(other.value == one.value and other.unit == one.unit for one in plain)


def _in_context(one: Quantity, other: Quantity, source: Source, clause: set[str]) -> bool:
    """The same number of the same thing: by chance only large ones agree, so small ones need a word in common."""
    if one.unit == PEOPLE:
        return other.unit == PEOPLE or (one.value >= _MANY and kindred(clause, source.own_stems))
    if one.unit in (MONEY, TIME, "ratio"):
        return True
    if one.unit == PERCENT:
        return kindred(clause, source.stems)
    return one.value >= _ODD or kindred(clause, source.stems)


def _counted(told: Told, one: Quantity) -> bool:
    """Whether a small number counts the positions or the languages themselves."""
    counts = (len(told.evidence.profile.positions), len(told.evidence.profile.languages))
    nouns = {
        stem(word)
        for word in ("employers", "jobs", "positions", "companies", "languages", "schools", "hospitals")
    }
    return one.value in counts and bool(
        nouns & {stem(word) for word in words(told.text[one.end : one.end + 30])}
    )


def alike_any(one: Quantity, others: Iterable[Quantity]) -> bool:
    """Whether any of these quantities bears one out."""
    return any(_alike(one, other) for other in others)


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether a claimed quantity says of another what is true: the same, rounded, or as roughly as it is told."""
    if not _same_unit(one, other):
        return False
    said, true = one.value, other.value / (other.scale if one.unit == OTHER else 1)
    if one.unit == PERCENT:
        slack = 3.5 if one.hedge == "about" else 1.0
        if one.hedge == "nearly":
            return said - 5 <= true <= said + 1
        return said <= true <= said + 9 if one.hedge == "over" else abs(said - true) <= slack
    if one.hedge == "over":
        return said * 0.999 <= true <= said * 1.35
    if one.hedge == "nearly":
        return said * 0.85 <= true <= said * 1.01
    if one.hedge == "about":
        return abs(said - true) <= max(0.12 * true, 0.01)
    return abs(said - true) <= 0.005 * true or (said == 12 and one.unit == OTHER and abs(true - 12) <= 1)


def _same_unit(one: Quantity, other: Quantity) -> bool:
    if one.unit == other.unit:
        return not (one.currency and other.currency and one.currency != other.currency)
    if one.unit == "ratio" or other.unit == "ratio":
        return one.unit == PERCENT and other.unit == "ratio" and other.value == 2 and one.value == 100
    if one.unit == OTHER and other.unit == TIME:
        return not one.value.is_integer()
    if one.unit == OTHER and other.unit == MONEY:
        return one.value >= 1000
    return OTHER in (one.unit, other.unit) and {one.unit, other.unit} <= {OTHER, PEOPLE}
