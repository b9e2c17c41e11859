"""Each thing that a posting asks for once, however often and under whichever name it says it."""

from tracker.services.matching.skills import name_of
from tracker.shapes.matching import Ask, AskKind

Key = tuple[str, ...]


def once(asks: list[Ask]) -> list[Ask]:
    """The asks in their order, each thing once and as a must where it is one anywhere.

    A skill that stands elsewhere by itself is part of the years of it that are asked for, unless it alone is a must.
    """
    kept: dict[Key, Ask] = {}
    for ask in asks:
        key = _key(ask)
        if key not in kept or (ask.is_must and not kept[key].is_must):
            kept[key] = ask
    within = {
        (_names(group), is_must)
        for ask in kept.values()
        if ask.kind == AskKind.YEARS
        for group in ask.skills
        for is_must in {ask.is_must, False}
    }
    return [
        ask
        for ask in kept.values()
        if ask.kind != AskKind.SKILL or (_names(ask.words), ask.is_must) not in within
    ]


def _key(ask: Ask) -> Key:
    if ask.kind == AskKind.SKILL:
        return (ask.kind, *sorted(_names(ask.words)))
    return (ask.kind, *(word.lower() for word in ask.words))


def _names(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(name_of, words))
