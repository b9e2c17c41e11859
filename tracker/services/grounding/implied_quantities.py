"""Quantities that follow from others of one text."""

import re
from dataclasses import replace
from itertools import pairwise

from tracker.services.grounding.quantities import OTHER, PEOPLE, PERCENT, Quantity, quantities_in


def derived(text: str) -> list[Quantity]:
    """Return a text's quantities and those that follow: from 50 to 40 is 10 fewer, a fifth less."""
    quantities = quantities_in(text)
    more: list[Quantity] = []
    more += [
        replace(first, value=first.value - 100)
        for first in quantities
        if first.unit == PERCENT and 100 < first.value < 200
    ]
    for first, second in pairwise(quantities):
        between = text[first.end : second.start]
        if first.unit == second.unit or OTHER in (first.unit, second.unit):
            if re.search(r"\b(?:to|down to|up to)\b|→|–", between) and first.value and second.value:
                more += _changes(first, second)
            if re.fullmatch(r"\s*(?:\w+\s+)?(?:out\s+)?of\s+", between) and first.value < second.value:
                more.append(Quantity(second.value - first.value, OTHER, first.start, second.end))
            if re.search(r"\band\b|,|\+", between) and len(between) < 40:
                more.append(Quantity(first.value + second.value, first.unit, first.start, second.end))
    for first, second in pairwise(quantities):
        if re.search(r"\bto\b|\bfrom\b", text[first.end : second.start]):
            continue
        if {first.unit, second.unit} <= {OTHER, PEOPLE} and 0 < second.value < first.value:
            more.append(
                Quantity(100 * second.value / first.value, PERCENT, first.start, second.end, hedge="about")
            )
    return quantities + more


def _changes(before: Quantity, after: Quantity) -> list[Quantity]:
    unit = after.unit if before.unit == OTHER else before.unit
    first = before.value * (after.scale if before.unit == OTHER else 1)
    last = after.value * (before.scale if after.unit == OTHER else 1)
    share = 100 * abs(last - first) / first
    low, high = sorted((first, last))
    return [
        Quantity(last, unit, after.start, after.end),
        Quantity(abs(last - first), unit, before.start, after.end),
        Quantity(share, PERCENT, before.start, after.end, hedge="about"),
        Quantity(high / low, "ratio", before.start, after.end),
        Quantity(first, unit, before.start, before.end),
    ]
