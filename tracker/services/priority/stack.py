"""The stack: the words of a posting that a person wants, knows and avoids, and the skills it asks for that their profile bears out."""

from tracker.services.matching.technologies import canonical
from tracker.services.priority.wanting import Found
from tracker.shapes.priority import Facts, Wishes

_NEUTRAL = 1 / 3
"""The share that is worth nothing either way, and stands for what isn't known."""
_WANTED, _KNOWN = 3, 2


def stack(facts: Facts, wishes: Wishes) -> Found:
    """From -50 for nothing of what is wanted, which counts thrice, and known, which counts twice, to 100 for all of it; 50 less
    for each word that is avoided.

    All of it are three of the words listed. Known is what was listed, or what the profile speaks to of the skills that are
    asked for, whichever is more.
    """
    if not (wishes.wanted or wishes.known or wishes.avoided or wishes.borne_out):
        return None
    if facts.found is None:
        return 0, lambda: "The posting's text isn't kept here: counted as neutral."
    known = [_listed(facts, wishes.known)] if wishes.known else []
    if wishes.borne_out:
        known.append(_covered(facts, wishes))
    shares = [(max(known), _KNOWN)] if known else []
    if wishes.wanted:
        shares.append((_listed(facts, wishes.wanted), _WANTED))
    part = sum(share * counts for share, counts in shares) / sum(c for _, c in shares) if shares else 2 / 3
    value = int(-50 + 150 * part) - 50 * len(_held(facts, wishes.avoided))
    return max(-100, value), lambda: _sentence(facts, wishes)


def _listed(facts: Facts, words: tuple[str, ...]) -> float:
    enough = min(3, len(words))
    return min(enough, len(_held(facts, words))) / enough


def _held(facts: Facts, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if canonical(word) in (facts.found or ())]


def _covered(facts: Facts, wishes: Wishes) -> float:
    return _spoken(facts, wishes) / len(facts.asked) if facts.asked else _NEUTRAL


def _spoken(facts: Facts, wishes: Wishes) -> int:
    """How many of the skills asked for the profile speaks to: it does when one of those that will do is among its own."""
    return sum(not wishes.borne_out.isdisjoint(asked.split("|")) for asked in facts.asked)


def _sentence(facts: Facts, wishes: Wishes) -> str:
    said = []
    if wishes.wanted or wishes.known or wishes.avoided:
        said.append(_of_words(facts, wishes))
    if wishes.borne_out:
        said.append(_of_profile(facts, wishes))
    return " ".join(said)


def _of_profile(facts: Facts, wishes: Wishes) -> str:
    number = len(facts.asked)
    if not number:
        return "No skill that it asks for was recognised: counted as neutral."
    spoken = _spoken(facts, wishes)
    if number == 1:
        return f"Your profile {'speaks' if spoken else 'doesn’t speak'} to the one skill it asks for."
    return f"Your profile speaks to {spoken or 'none'} of {'the ' if not spoken else ''}{number} skills it asks for."


def _of_words(facts: Facts, wishes: Wishes) -> str:
    said = [
        f"{what} {', '.join(held)}"
        for what, words in (
            ("what you want:", wishes.wanted),
            ("what you know:", wishes.known),
            ("what you avoid:", wishes.avoided),
        )
        if (held := _held(facts, words))
    ]
    return f"The posting names {'; '.join(said)}." if said else "The posting names none of your words."
