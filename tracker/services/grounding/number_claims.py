"""Claimed numbers: shares, money, durations, people and counts, each needing support."""

import re
from collections.abc import Iterator

from tracker.services.grounding.context import SentenceContext
from tracker.services.grounding.evidence import Source
from tracker.services.grounding.quantities import MONEY, OTHER, PEOPLE, PERCENT, TIME, Quantity, quantities_in
from tracker.services.grounding.related_words import are_related, groups_of
from tracker.services.matching.degrees import degrees_in
from tracker.services.matching.stems import stem, words
from tracker.services.matching.years import SPAN
from tracker.shapes.grounding import ClaimKind, Mark, Subject

ELIDED = re.compile(r"\s*(?:[.,;!]|$|(?:in|as|at|with|of them)\b)")
"""Text after a number whose unit is left out: `ten years here, and fourteen in the trade`."""
_SMALL = 3
_MANY = 30
_ODD = 20
"""From this value on, equal numbers are hardly a coincidence."""

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
"""Words that a number never counts."""


def number_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield numbers that the profile doesn't state, or for the employer the posting doesn't."""
    spans = [(match.start(), match.end()) for match in SPAN.finditer(context.text)]
    spans += [(degree.start, degree.end) for degree in degrees_in(context.text)]
    for quantity in quantities_in(context.text):
        if any(a < quantity.end and b > quantity.start for a, b in spans) or _is_idle(context, quantity):
            continue
        start, end = quantity.start, _reach(context.text, quantity.end)
        if context.is_about_applicant(quantity.start) and not _is_supported(context, quantity):
            advertised = any(_supports(quantity, posted) for posted in context.advert.quantities)
            why = (
                "Only the posting says this number; your bullets don't."
                if advertised
                else "No bullet or position says this number."
            )
            yield context.mark(start, end, ClaimKind.NUMBER, why)
        elif context.is_about_employer(quantity.start) and not _of_employer(context, quantity):
            yield context.mark(
                start, end, ClaimKind.NUMBER, "The posting doesn't say this number.", Subject.EMPLOYER
            )
        elif (
            context.is_ambiguous(quantity.start)
            and not _of_employer(context, quantity)
            and not _is_supported(context, quantity)
        ):
            yield context.mark(
                start, end, ClaimKind.NUMBER, "Neither your bullets nor the posting says this number."
            )


def _reach(text: str, end: int) -> int:
    """Return the end of a number together with the word it counts, if any."""
    after = text[end:]
    gap = len(after) - len(after.lstrip(" -"))
    word = after[gap:].split(" ")[0].rstrip(".,;:!?)")
    return end + gap + len(word) if gap and word.lower() not in _JOINS else end


def _is_idle(context: SentenceContext, quantity: Quantity) -> bool:
    """Return whether a number claims nothing by itself: `one`, or small words such as `two things`."""
    if quantity.unit == OTHER and quantity.value in (0, 1):
        return True
    if _elided(context, quantity) or context.is_part_of_name(quantity.start, quantity.end):
        return True
    after = context.text[quantity.end :].lstrip(" -").lower()
    return (
        quantity.unit == OTHER
        and quantity.value <= 12
        and after.startswith(("thing", "reason", "word", "way", "point", "of the thing", "step", "time"))
    )


def _elided(context: SentenceContext, quantity: Quantity) -> bool:
    """Return whether a number counts years left out, as in `You ask for five years; I have seven`."""
    return (
        quantity.unit == OTHER
        and bool(ELIDED.match(context.text[quantity.end :]))
        and bool(SPAN.search(context.text[: quantity.start]))
    )


def _of_employer(context: SentenceContext, quantity: Quantity) -> bool:
    if any(_supports(quantity, known) for known in context.advert.quantities):
        return True
    if quantity.unit == OTHER and quantity.value <= _SMALL:
        return True
    return any(
        _supports(quantity, known) for source in context.evidence.sources for known in source.quantities
    ) and _is_mixed(context)


def _is_mixed(context: SentenceContext) -> bool:
    """Return whether the sentence is also about the applicant, so that a number may be the applicant's."""
    return bool(re.search(r"\b(?:I|me|my|mine|we|our|us)\b", context.text, re.IGNORECASE))


def _is_supported(context: SentenceContext, quantity: Quantity) -> bool:
    clause = {stem(word) for word in words(context.text)}
    candidates = [
        (source, known)
        for source in context.evidence.sources
        for known in source.quantities
        if _supports(quantity, known)
    ]
    if any(_in_context(quantity, known, source, clause) for source, known in candidates):
        return True
    if quantity.unit == PERCENT and any(_is_stated(known, source) for source, known in candidates):
        return not groups_of(clause)
    return quantity.unit == OTHER and _counted(context, quantity)


def _is_stated(known: Quantity, source: Source) -> bool:
    """Return whether a source states a quantity outright, rather than by two others."""
    stated = quantities_in(source.text)
    return any(known.value == quantity.value and known.unit == quantity.unit for quantity in stated)


def _in_context(quantity: Quantity, known: Quantity, source: Source, clause: set[str]) -> bool:
    """Return whether two numbers count the same: small ones agree by chance, so they need related words."""
    if quantity.unit == PEOPLE:
        return known.unit == PEOPLE or (quantity.value >= _MANY and are_related(clause, source.own_stems))
    if quantity.unit in (MONEY, TIME, "ratio"):
        return True
    if quantity.unit == PERCENT:
        return are_related(clause, source.stems)
    return quantity.value >= _ODD or are_related(clause, source.stems)


def _counted(context: SentenceContext, quantity: Quantity) -> bool:
    """Return whether a small number counts the positions or the languages themselves."""
    counts = (len(context.evidence.profile.positions), len(context.evidence.profile.languages))
    nouns = {
        stem(word)
        for word in ("employers", "jobs", "positions", "companies", "languages", "schools", "hospitals")
    }
    return quantity.value in counts and bool(
        nouns & {stem(word) for word in words(context.text[quantity.end : quantity.end + 30])}
    )


def _supports(claimed: Quantity, actual: Quantity) -> bool:
    """Return whether a claimed quantity is true of another: the same, rounded, or as rough as its hedge."""
    if not _same_unit(claimed, actual):
        return False
    value, actual_value = claimed.value, actual.value / (actual.scale if claimed.unit == OTHER else 1)
    if claimed.unit == PERCENT:
        slack = 3.5 if claimed.hedge == "about" else _rounding(value, actual)
        if claimed.hedge == "nearly":
            return value - 5 <= actual_value <= value + 1
        return (
            value <= actual_value <= value + 9
            if claimed.hedge == "over"
            else abs(value - actual_value) <= slack
        )
    if claimed.hedge == "over":
        return value * 0.999 <= actual_value <= value * 1.35
    if claimed.hedge == "nearly":
        return value * 0.85 <= actual_value <= value * 1.01
    if claimed.hedge == "about":
        return abs(value - actual_value) <= max(0.12 * actual_value, 0.01)
    return abs(value - actual_value) <= 0.005 * actual_value or (
        value == 12 and claimed.unit == OTHER and abs(actual_value - 12) <= 1
    )


def _rounding(share: float, actual: Quantity) -> float:
    """Return the largest rounding error of a share, in points; 1 if the actual one was computed."""
    if actual.hedge == "about":
        return 1.0
    decimals = len(f"{share:g}".partition(".")[2])
    return 0.5 / float(10**decimals) + 1e-9


def _same_unit(claimed: Quantity, actual: Quantity) -> bool:
    if claimed.unit == actual.unit:
        return not (claimed.currency and actual.currency and claimed.currency != actual.currency)
    if claimed.unit == "ratio" or actual.unit == "ratio":
        return (
            claimed.unit == PERCENT and actual.unit == "ratio" and actual.value == 2 and claimed.value == 100
        )
    if claimed.unit == OTHER and actual.unit == TIME:
        return not claimed.value.is_integer()
    if claimed.unit == OTHER and actual.unit == MONEY:
        return claimed.value >= 1000
    return OTHER in (claimed.unit, actual.unit) and {claimed.unit, actual.unit} <= {OTHER, PEOPLE}


_VAGUE = re.compile(r"\b(hundreds|thousands|millions|dozens|billions)\s+of\b", re.IGNORECASE)


_SIZES = {"dozens": 20, "hundreds": 150, "thousands": 1_500, "millions": 1_200_000, "billions": 1_500_000_000}


def vague_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield amounts such as `thousands of users` without a number at least as large."""
    for match in _VAGUE.finditer(context.text):
        minimum = _SIZES[match[1].lower()]
        is_in_profile = any(
            quantity.value >= minimum for source in context.evidence.sources for quantity in source.quantities
        )
        is_in_posting = any(quantity.value >= minimum for quantity in context.advert.quantities)
        if context.is_about_applicant(match.start()) and not is_in_profile:
            yield context.mark(*match.span(), ClaimKind.NUMBER, "No bullet mentions that many.")
        elif context.is_about_employer(match.start()) and not is_in_posting:
            yield context.mark(
                *match.span(), ClaimKind.NUMBER, "The posting doesn't mention that many.", Subject.EMPLOYER
            )
