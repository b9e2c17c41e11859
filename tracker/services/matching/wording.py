"""Asks in the words people use."""

from collections.abc import Sequence

from tracker.services.matching.degrees import degrees_in
from tracker.shapes.matching import Ask, AskKind


def in_words(ask: Ask) -> str:
    """An ask as people say it: `Java, Kotlin or Go`, `5+ years of Python`, `English (fluent)`, `Bachelor in law`."""
    words = [word for word in ask.words if word]
    if ask.kind == AskKind.LANGUAGE:
        return f"{words[0]} ({words[1]})" if len(words) > 1 else words[0]
    if ask.kind == AskKind.YEARS:
        span = words[0][0].upper() + words[0][1:]
        return f"{span} of {words[1]}" if len(words) > 1 else span
    named, last = _named_and_field(words) if ask.kind == AskKind.DEGREE else (words, "")
    return f"{either(named)} in {last}" if last else either(named)


def _named_and_field(words: list[str]) -> tuple[list[str], str]:
    """The degrees, any one of which will do, and the field they are to be in, where the posting says one."""
    *named, last = words
    return (named, last) if named and not degrees_in(f"{last} in x") else (words, "")


def either(words: Sequence[str]) -> str:
    """Words of which one will do, as people list them."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
