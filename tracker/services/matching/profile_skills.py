"""The skills that a profile supports, whatever a posting requires."""

from functools import lru_cache

from tracker.services.matching.skills import canonical_names, in_plain_words
from tracker.services.matching.stems import stems
from tracker.services.matching.tenure import skills_of
from tracker.shapes.profile import Profile


def profile_skills(profile: Profile) -> frozenset[str]:
    """Return the known skills that match() would find supported, and the broader ones they show."""
    skill_sets = [skills_of(part.text, part.skills) for part in profile.bullets]
    skill_sets += [skills_of(part.title) for part in profile.positions]
    skill_sets += [skills_of(profile.headline)] if profile.headline else []
    texts = [part.text for part in profile.bullets] + [part.title for part in profile.positions]
    skill_sets += [_in_plain_words(text) for text in texts]
    return frozenset().union(*skill_sets) & frozenset(canonical_names().values())


def _in_plain_words(text: str) -> frozenset[str]:
    text_stems = stems(text)
    return frozenset(
        name
        for stem in text_stems
        for name_stems, name in _skills_by_stem().get(stem, ())
        if name_stems <= text_stems
    )


@lru_cache(maxsize=1)
def _skills_by_stem() -> dict[str, list[tuple[frozenset[str], str]]]:
    """Index each phrase for a skill by one of its stems, but for phrases that are also plain words."""
    index: dict[str, list[tuple[frozenset[str], str]]] = {}
    for phrase, name in canonical_names().items():
        phrase_stems = stems(phrase)
        if phrase_stems and in_plain_words(phrase):
            index.setdefault(min(phrase_stems), []).append((phrase_stems, name))
    return index
