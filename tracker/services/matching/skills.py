"""Skills found in a text under any of their names, with their places."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tracker.services.matching.language_names import NAMES, is_language
from tracker.services.matching.stems import word_list
from tracker.services.matching.technologies import canonical
from tracker.services.matching.vocabulary import ALIASES, BROADER, CERTIFICATES, SKILLS, SOFT

TOKEN = re.compile(r"(?<![\w.])\.[A-Za-z]+|[^\W_]+(?:[.'’&][^\W_]+)*[+#]{0,2}")

CAPITALISED = frozenset(
    word_list(
        """excel express rust spring swift spark chef puppet vault sketch canva maya blender rhino unity unreal
    sage epic outlook slack notion oracle hive apache lean events rest als bls pals r c go node dart julia
    helm rhino looker segment intercom cisco ember lambda send reception workday cloud sap apex cro unix
    cerner miro xero asana trello"""
    )
)
"""Names that are also plain words: they count when capitalised, but not as the first word of a sentence."""

_LOWER_TOO = frozenset(
    word_list("""excel cloud unix trello asana xero lean events reception sap cisco canva miro""")
)
_VERB_ON = {"excel": re.compile(r"\s+(?:at|in)\b(?!\s+building)")}
_USED = re.compile(
    r"\b(?:in|with|of|using|written|wrote|write|writing|know|learn|learnt|learned|used|use)\s+$",
    re.IGNORECASE,
)
_RUN = re.compile(
    r"(?:\brann?|\brun|\brunning|\borgani[sz]\w+|\bplann\w+|\bin|\bat)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_LISTED = re.compile(r"\s*[,/;)|]|\s*$|\s+(?:and|or|developers?|engineers?)\b")


class Mention(NamedTuple):
    """A skill under its canonical name, and its place in the text."""

    name: str
    start: int
    end: int


def skills_in(text: str) -> list[Mention]:
    """Return the skills of a text in order; where names overlap, the longest wins."""
    return list(_mentions(text, canonical_names))


def certificates_in(text: str) -> list[Mention]:
    """Return the certificates and licences that a text names."""
    return list(_mentions(text, _certificates))


@lru_cache(maxsize=1024)
def _mentions(text: str, vocabulary: Callable[[], dict[str, str]]) -> tuple[Mention, ...]:
    """Return the mentions in a text, cached since every detector reads the same sentences."""
    return tuple(_scan(text, vocabulary))


def soft_in(text: str) -> list[Mention]:
    """Return soft skills, such as teamwork: every posting asks for them and nothing proves them."""
    return list(_mentions(text, _soft))


@lru_cache(maxsize=4096)
def name_of(spelling: str) -> str:
    """Return the canonical name of a skill, however it is written."""
    plain = canonical(spelling)
    return canonical_names().get(_key(plain), plain)


def listed_skills(terms: Iterable[str]) -> frozenset[str]:
    """Return the names of the terms of a list, and those that a term such as `C/C++` joins."""
    names = {name_of(term) for term in terms if term}
    return frozenset(names | {mention.name for term in terms if "/" in term for mention in skills_in(term)})


def in_plain_words(skill: str) -> bool:
    """Return whether a skill can also be described in plain words, unlike `.NET`, `T-SQL` or `Spring`.

    Stems leave out short words and symbols, so `A/B testing` would match any testing.
    """
    tokens = [token.group().lower() for token in TOKEN.finditer(skill)]
    return skill.lower() not in CAPITALISED and all(
        token in ("of", "to", "in") or (len(token) > 2 and token.isalpha()) for token in tokens
    )


@lru_cache(maxsize=1)
def broader_skills() -> dict[str, frozenset[str]]:
    """Return for each skill the broader ones that it implies, over any number of steps."""
    wider: dict[str, set[str]] = {}
    for broad, narrow in BROADER.items():
        for narrower in narrow.split(", "):
            wider.setdefault(name_of(narrower), set()).add(name_of(broad))
    return {narrower: frozenset(_closure(narrower, wider)) for narrower in wider}


def with_broader(skills: frozenset[str]) -> frozenset[str]:
    """Return these skills and all the broader ones that they imply."""
    return skills.union(*(broader_skills().get(skill, frozenset()) for skill in skills))


def _closure(name: str, wider: dict[str, set[str]]) -> set[str]:
    reached, pending = set[str](), [name]
    while pending:
        for broad in wider.get(pending.pop(), ()):
            if broad not in reached:
                reached.add(broad)
                pending.append(broad)
    return reached


def _key(name: str) -> str:
    return " ".join(token.group().lower() for token in TOKEN.finditer(name))


@lru_cache(maxsize=1)
def canonical_names() -> dict[str, str]:
    """Return the canonical name by every lower-case spelling of a skill."""
    names = {}
    for vocabulary in SKILLS.values():
        names.update(_names_by_spelling(vocabulary))
    for name, aliases in ALIASES.items():
        for spelling in (name, *aliases):
            names[_key(spelling)] = canonical(name)
    names.pop(_key("gcp guidelines"), None)
    return names


@lru_cache(maxsize=1)
def _certificates() -> dict[str, str]:
    return _names_by_spelling(CERTIFICATES)


@lru_cache(maxsize=1)
def _soft() -> dict[str, str]:
    return {_key(name): name for name in SOFT}


@lru_cache(maxsize=3)
def _reach(vocabulary: Callable[[], dict[str, str]]) -> dict[str, int]:
    """Return the length in words of the longest name by its first word; most words begin no name."""
    reach: dict[str, int] = {}
    for key in vocabulary():
        first, length = key.split(" ")[0], key.count(" ") + 1
        reach[first] = max(length, reach.get(first, 0))
    return reach


def _names_by_spelling(vocabulary: str) -> dict[str, str]:
    names = {}
    for entry in vocabulary.replace("\n", " ").split(","):
        synonyms = [spelling.strip() for spelling in entry.split("=") if spelling.strip()]
        for spelling in synonyms:
            names[_key(spelling)] = canonical(synonyms[0])
    return names


def _scan(text: str, vocabulary: Callable[[], dict[str, str]]) -> Iterator[Mention]:
    tokens = list(TOKEN.finditer(text))
    words = [token.group().lower() for token in tokens]
    spellings, reach, at = vocabulary(), _reach(vocabulary), 0
    while at < len(tokens):
        first = words[at]
        most = max(reach.get(first, 0), reach.get(first[:-1], 0))
        for length in range(min(most, len(tokens) - at), 0, -1):
            run = tokens[at : at + length]
            name = _named(" ".join(words[at : at + length]), spellings)
            if name and _adjoin(text, run) and _is_skill(text, run, name):
                yield Mention(name, run[0].start(), run[-1].end())
                at += length - 1
                break
        at += 1


def _named(key: str, known: dict[str, str]) -> str | None:
    if key in known:
        return known[key]
    return known.get(key[:-1]) if key.endswith("s") and len(key) > 4 else None


def _adjoin(text: str, run: list[re.Match[str]]) -> bool:
    """Return whether only a space, hyphen or slash separates the words of a name."""
    return all(
        re.fullmatch(r"\s+|-|/|–|\s*&\s*", text[first.end() : second.start()])
        for first, second in pairwise(run)
    )


def _is_skill(text: str, run: list[re.Match[str]], name: str) -> bool:
    """Return whether a skill is meant rather than the plain word: Go isn't the verb."""
    word = run[0].group()
    plain = word.lower()
    if len(run) > 1 or plain not in CAPITALISED:
        return True
    if plain in NAMES:
        return is_language(text, run[0].start(), run[0].end())
    before, after = text[: run[0].start()], text[run[0].end() :]
    if plain in ("events", "reception"):
        return bool(_RUN.search(before))
    if _USED.search(before) and word[0].isupper():
        return not re.match(r"-|[.&]\w", after)
    if (continuation := _VERB_ON.get(plain)) and continuation.match(after):
        return False
    if plain in _LOWER_TOO:
        return True
    is_first = not before.strip(" \n\t-*•·") or bool(re.search(r"[.!?:]\s+$", before))
    return word[0].isupper() and (
        bool(_LISTED.match(after)) if is_first else not re.match(r"[.&’']\w|-", after)
    )
