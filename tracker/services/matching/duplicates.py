"""Removal of duplicate requirements, however often and under whichever name a posting states them."""

from tracker.services.matching.skills import name_of
from tracker.shapes.matching import Requirement, RequirementKind

Key = tuple[str, ...]


def without_duplicates(requirements: list[Requirement]) -> list[Requirement]:
    """Return the requirements in order without duplicates; a must anywhere is a must.

    A skill stated by itself is part of the years required of it, unless it alone is a must.
    """
    unique: dict[Key, Requirement] = {}
    for requirement in requirements:
        key = _key(requirement)
        if key not in unique or (requirement.is_must and not unique[key].is_must):
            unique[key] = requirement
    skills_of_years = {
        (_names(group), is_must)
        for requirement in unique.values()
        if requirement.kind == RequirementKind.YEARS
        for group in requirement.skills
        for is_must in {requirement.is_must, False}
    }
    return [
        requirement
        for requirement in unique.values()
        if requirement.kind != RequirementKind.SKILL
        or (_names(requirement.words), requirement.is_must) not in skills_of_years
    ]


def _key(requirement: Requirement) -> Key:
    if requirement.kind == RequirementKind.SKILL:
        return (requirement.kind, *sorted(_names(requirement.words)))
    return (requirement.kind, *(word.lower() for word in requirement.words))


def _names(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(name_of, words))
