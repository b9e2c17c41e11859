"""Requirements in words."""

from collections.abc import Sequence

from tracker.services.matching.degrees import degrees_in
from tracker.shapes.matching import Requirement, RequirementKind


def in_words(requirement: Requirement) -> str:
    """Return a requirement as people say it: `Java, Kotlin or Go`, `5+ years of Python`."""
    words = [word for word in requirement.words if word]
    if requirement.kind == RequirementKind.LANGUAGE:
        return f"{words[0]} ({words[1]})" if len(words) > 1 else words[0]
    if requirement.kind == RequirementKind.YEARS:
        span = words[0][0].upper() + words[0][1:]
        return f"{span} of {words[1]}" if len(words) > 1 else span
    degrees, field = _degrees_and_field(words) if requirement.kind == RequirementKind.DEGREE else (words, "")
    return f"{either(degrees)} in {field}" if field else either(degrees)


def _degrees_and_field(words: list[str]) -> tuple[list[str], str]:
    """Return the degrees, any of which will do, and the required field, if any."""
    *degrees, last = words
    return (degrees, last) if degrees and not degrees_in(f"{last} in x") else (words, "")


def either(words: Sequence[str]) -> str:
    """Return alternatives as people list them."""
    *rest, last = words
    return f"{', '.join(rest)} or {last}" if rest else last
