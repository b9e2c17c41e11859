"""The skills that a profile bears out, whatever a posting asks for."""

from functools import lru_cache

from tracker.services.matching.skills import CAPITALISED, names
from tracker.services.matching.stems import stems
from tracker.services.matching.tenure import skills_of
from tracker.shapes.profile import Profile


def borne_out(profile: Profile) -> frozenset[str]:
    """The known skills that match() would find spoken of, each under its one name, and the broader ones that they show."""
    said = [skills_of(one.text, one.skills) for one in profile.bullets]
    said += [skills_of(one.title) for one in profile.positions]
    said += [skills_of(profile.headline)] if profile.headline else []
    texts = [one.text for one in profile.bullets] + [one.title for one in profile.positions]
    said += [_in_plain_words(text) for text in texts]
    return frozenset().union(*said) & frozenset(names().values())


def _in_plain_words(text: str) -> frozenset[str]:
    held = stems(text)
    return frozenset(name for stem in held for wanted, name in _by_a_stem().get(stem, ()) if wanted <= held)


@lru_cache(maxsize=1)
def _by_a_stem() -> dict[str, list[tuple[frozenset[str], str]]]:
    """Every way a skill is written, in stems, under one of them; words that are also plain ones need their capital."""
    index: dict[str, list[tuple[frozenset[str], str]]] = {}
    for written, name in names().items():
        wanted = stems(written)
        if wanted and written not in CAPITALISED:
            index.setdefault(min(wanted), []).append((wanted, name))
    return index
