"""The technology factor: words the user wants, knows and avoids, and required skills of the profile."""

from tracker.services.matching.technologies import canonical
from tracker.services.priority.wish_factors import ValueAndSentence
from tracker.shapes.priority import Facts, Wishes

_NEUTRAL = 1 / 3
"""The share that is worth nothing either way, for the unknown."""
_WANTED, _KNOWN = 3, 2


def stack(facts: Facts, wishes: Wishes) -> ValueAndSentence:
    """Return -50 for none of the wanted and known words to 100 for all, less 50 for each avoided one.

    Wanted words count thrice, known ones twice; three of those listed count as all. Known is the listed words or the share of
    required skills that the profile supports, whichever is more.
    """
    if not (wishes.wanted or wishes.known or wishes.avoided or wishes.profile_skills):
        return None
    if facts.posting_words is None:
        return 0, lambda: "The posting's text isn't saved: counted as neutral."
    known = [_listed(facts, wishes.known)] if wishes.known else []
    if wishes.profile_skills:
        known.append(_covered(facts, wishes))
    shares = [(max(known), _KNOWN)] if known else []
    if wishes.wanted:
        shares.append((_listed(facts, wishes.wanted), _WANTED))
    part = sum(share * counts for share, counts in shares) / sum(c for _, c in shares) if shares else 2 / 3
    value = int(-50 + 150 * part) - 50 * len(_matching_words(facts, wishes.avoided))
    return max(-100, value), lambda: _sentence(facts, wishes)


def _listed(facts: Facts, words: tuple[str, ...]) -> float:
    enough = min(3, len(words))
    return min(enough, len(_matching_words(facts, words))) / enough


def _matching_words(facts: Facts, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if canonical(word) in (facts.posting_words or ())]


def _covered(facts: Facts, wishes: Wishes) -> float:
    return _supported_count(facts, wishes) / len(facts.required) if facts.required else _NEUTRAL


def _supported_count(facts: Facts, wishes: Wishes) -> int:
    """Return how many required skills the profile supports; any of its alternatives will do."""
    return sum(
        not wishes.profile_skills.isdisjoint(alternatives.split("|")) for alternatives in facts.required
    )


def _sentence(facts: Facts, wishes: Wishes) -> str:
    sentences = []
    if wishes.wanted or wishes.known or wishes.avoided:
        sentences.append(_of_words(facts, wishes))
    if wishes.profile_skills:
        sentences.append(_of_profile(facts, wishes))
    return " ".join(sentences)


def _of_profile(facts: Facts, wishes: Wishes) -> str:
    number = len(facts.required)
    if not number:
        return "No skill that it asks for was recognised: counted as neutral."
    supported = _supported_count(facts, wishes)
    if number == 1:
        return f"Your profile {'supports' if supported else 'doesn’t support'} the one skill it asks for."
    return f"Your profile supports {supported or 'none'} of the {number} skills it asks for."


def _of_words(facts: Facts, wishes: Wishes) -> str:
    parts = [
        f"{label} {', '.join(words_held)}"
        for label, words in (
            ("what you want:", wishes.wanted),
            ("what you know:", wishes.known),
            ("what you avoid:", wishes.avoided),
        )
        if (words_held := _matching_words(facts, words))
    ]
    return (
        f"The posting names {'; '.join(parts)}."
        if parts
        else "The posting mentions none of the technologies you listed."
    )
