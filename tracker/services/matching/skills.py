"""Skills found in a text under any of their names, with the places where they stand."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tracker.services.matching.stems import listed
from tracker.services.matching.vocabulary import BROADER, CERTIFICATES, SKILLS, SOFT
from tracker.services.priority.words import ALIASES, canonical

TOKEN = re.compile(r"(?<![\w.])\.[A-Za-z]+|[^\W_]+(?:[.'’&][^\W_]+)*[+#]{0,2}")

CAPITALISED = frozenset(
    listed(
        """excel express rust spring swift spark chef puppet vault sketch canva maya blender rhino unity unreal
    sage epic outlook slack notion oracle hive apache lean events rest als bls pals r c go dart julia
    helm rhino looker segment intercom cisco ember lambda send reception workday cloud sap apex cro unix
    cerner miro xero asana trello"""
    )
)
"""Names that are also plain words: they count when capitalised, and not as the first word of a sentence."""

_LOWER_TOO = frozenset(
    listed("""excel cloud unix trello asana xero lean events reception sap cisco canva miro""")
)
_GO_ON = re.compile(r"\s+(?:to|live|ahead|for|beyond|on|further|out|the|at|in)\b", re.IGNORECASE)
_VERB_ON = {"excel": re.compile(r"\s+(?:at|in)\b(?!\s+building)"), "go": _GO_ON, "c": re.compile(r"-|\.\w")}
_USED = re.compile(
    r"\b(?:in|with|of|using|written|wrote|write|writing|know|learn|learnt|learned|used|use)\s+$",
    re.IGNORECASE,
)
_RUN = re.compile(
    r"(?:\brann?|\brun|\brunning|\borgani[sz]\w+|\bplann\w+|\bin|\bat)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_LISTED = re.compile(r"\s*[,/;)|]|\s*$|\s+(?:and|or|developers?|engineers?)\b")


class Found(NamedTuple):
    """A skill under its one name, and where it stands in the text."""

    name: str
    start: int
    end: int


def skills_in(text: str) -> list[Found]:
    """The skills of a text in their order, the longest name first where names overlap."""
    return list(_kept(text, names))


def certificates_in(text: str) -> list[Found]:
    """The certificates and licences that a text names."""
    return list(_kept(text, _certificates))


@lru_cache(maxsize=1024)
def _kept(text: str, known: Callable[[], dict[str, str]]) -> tuple[Found, ...]:
    """What was found in a text lately: every finder asks of the same sentences."""
    return tuple(_found(text, known))


def soft_in(text: str) -> list[Found]:
    """What every posting asks for and nothing proves, such as teamwork."""
    return list(_kept(text, _soft))


def own_words(skills: tuple[str, ...]) -> frozenset[str]:
    """The one names of a person's own skills, known to the vocabulary or not."""
    return frozenset(name_of(skill) for skill in skills if skill.strip())


@lru_cache(maxsize=4096)
def name_of(written: str) -> str:
    """The one name of a skill, however it is written."""
    plain = canonical(written)
    return names().get(_key(plain), plain)


@lru_cache(maxsize=1)
def shown_by() -> dict[str, frozenset[str]]:
    """For each skill the broader ones that it shows, through as many steps as there are."""
    wider: dict[str, set[str]] = {}
    for broad, narrow in BROADER.items():
        for one in narrow.split(", "):
            wider.setdefault(name_of(one), set()).add(name_of(broad))
    return {one: frozenset(_closure(one, wider)) for one in wider}


def with_broader(names: frozenset[str]) -> frozenset[str]:
    """These skills and all the broader ones that they show."""
    return names.union(*(shown_by().get(name, frozenset()) for name in names))


def _closure(one: str, wider: dict[str, set[str]]) -> set[str]:
    reached, ahead = set[str](), [one]
    while ahead:
        for broad in wider.get(ahead.pop(), ()):
            if broad not in reached:
                reached.add(broad)
                ahead.append(broad)
    return reached


def _key(name: str) -> str:
    return " ".join(token.group().lower() for token in TOKEN.finditer(name))


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Every way a skill is written, in lower case, and its one name."""
    known = {}
    for written in SKILLS.values():
        known.update(_listed(written))
    for name, aliases in ALIASES.items():
        for written in (name, *aliases):
            known[_key(written)] = canonical(name)
    known.pop(_key("gcp guidelines"), None)
    return known


@lru_cache(maxsize=1)
def _certificates() -> dict[str, str]:
    return _listed(CERTIFICATES)


@lru_cache(maxsize=1)
def _soft() -> dict[str, str]:
    return {_key(name): name for name in SOFT}


@lru_cache(maxsize=3)
def _reach(known: Callable[[], dict[str, str]]) -> dict[str, int]:
    """Of how many words the longest name is that begins with a word: most words of a text begin none."""
    reach: dict[str, int] = {}
    for key in known():
        first, length = key.split(" ")[0], key.count(" ") + 1
        reach[first] = max(length, reach.get(first, 0))
    return reach


def _listed(listed: str) -> dict[str, str]:
    known = {}
    for entry in listed.replace("\n", " ").split(","):
        names = [name.strip() for name in entry.split("=") if name.strip()]
        for written in names:
            known[_key(written)] = canonical(names[0])
    return known


def _found(text: str, vocabulary: Callable[[], dict[str, str]]) -> Iterator[Found]:
    tokens = list(TOKEN.finditer(text))
    written = [token.group().lower() for token in tokens]
    known, reach, at = vocabulary(), _reach(vocabulary), 0
    while at < len(tokens):
        first = written[at]
        most = max(reach.get(first, 0), reach.get(first[:-1], 0))
        for length in range(min(most, len(tokens) - at), 0, -1):
            run = tokens[at : at + length]
            name = _named(" ".join(written[at : at + length]), known)
            if name and _adjoin(text, run) and _is_meant(text, run, name):
                yield Found(name, run[0].start(), run[-1].end())
                at += length - 1
                break
        at += 1


def _named(key: str, known: dict[str, str]) -> str | None:
    if key in known:
        return known[key]
    return known.get(key[:-1]) if key.endswith("s") and len(key) > 4 else None


def _adjoin(text: str, run: list[re.Match[str]]) -> bool:
    """Words of one name are parted by a blank, a hyphen or a slash alone."""
    return all(
        re.fullmatch(r"\s+|-|/|–|\s*&\s*", text[one.end() : two.start()]) for one, two in pairwise(run)
    )


def _is_meant(text: str, run: list[re.Match[str]], name: str) -> bool:
    """Whether the name is meant and not the plain word: Go isn't the verb, Spring isn't the season."""
    written = run[0].group()
    plain = written.lower()
    if len(run) > 1 or plain not in CAPITALISED:
        return True
    before, after = text[: run[0].start()], text[run[0].end() :]
    if plain in ("events", "reception"):
        return bool(_RUN.search(before))
    if _USED.search(before) and written[0].isupper():
        return not re.match(r"-|[.&]\w", after)
    if (going := _VERB_ON.get(plain)) and going.match(after):
        return False
    if plain in _LOWER_TOO:
        return True
    begins = not before.strip(" \n\t-*•·") or bool(re.search(r"[.!?:]\s+$", before))
    return written[0].isupper() and (
        bool(_LISTED.match(after)) if begins else not re.match(r"[.&’']\w|-", after)
    )
