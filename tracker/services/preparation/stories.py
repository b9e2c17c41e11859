"""Which bullets of a profile answer a question, each laid out as a story; what a bullet doesn't say is asked, never made up."""

import re
from collections.abc import Sequence

from tracker.services.matching.numbers import Number, numbers_in
from tracker.services.matching.skills import name_of, skills_in
from tracker.services.matching.stems import stems
from tracker.services.matching.tenure import skills_of
from tracker.services.preparation.cues import CUES, SHINE, TASK, Cue
from tracker.services.profile.months import in_words
from tracker.services.profile.reading import subject
from tracker.shapes.preparation import Story, StoryPart, Topic
from tracker.shapes.profile import Bullet, Profile

MOST = 3
"""Bullets that are named for one question."""
LONGEST = 300
_CHOSEN = 1_000
_NAMED = re.compile(r"The posting names (.+)\.$")
_COMMON = stems(
    "tell describe walk take work people somebody someone something anyone would your have what which when where time thing job do make get team find know"
)
_OUTCOME = re.compile(
    r"\b(?:cut|cutting|reduc\w+|sav(?:es?|ed|ing)|rais(?:ed|ing)|gr[eo]w\w*|increas\w+|doubl\w+|tripl\w+|halv\w+|improv\w+|won|winning|lower\w*"
    r"|boost\w+|reach\w+|achiev\w+|result\w* in|led to|leading to|earn\w+|brought|bringing|so that|down from|up from)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?<=[,;:])\s+|\s+[–—-]\s+|\s+(?=(?:which|so that|resulting in|leading to|cutting|reducing|saving|raising|increasing|improving|halving|doubling)\b)"
)
_BEFORE = re.compile(r"(?:\b(?:by|from|to|in|within|under|over|with|across|of|for|at|about|nearly|almost|some|than|more)\s+)+$", re.IGNORECASE)  # fmt: skip
_SIGN = re.compile(r"(?:[€$£~+]|\b[A-Z]{3}\s)$")
_WHY = re.compile(r"\b(?:in order to|because(?: of)?|after|when|following)\b[^,;]+", re.IGNORECASE)


def stories(text: str, why: str, topic: str, profile: Profile, first: Sequence[str] = ()) -> list[Story]:
    """The bullets that answer a question best, at most three: those named `first`, then the best, else in the profile's order."""
    if not is_answered_from_bullets(text, topic) and not first:
        return []
    cues = [cue for cue in CUES if cue.asks.search(text)]
    named = _skills(text, why)
    worth = {one.id: _worth(one, text, cues, named) + _CHOSEN * (one.id in first) for one in profile.bullets}
    chosen = sorted((one for one in profile.bullets if worth[one.id]), key=lambda one: -worth[one.id])
    return [_story(one, profile, cues) for one in chosen[:MOST]]


def is_answered_from_bullets(text: str, topic: str) -> bool:
    """Whether something one did answers a question: not what is asked back, terms, or why one would like the job."""
    if topic in (Topic.ASK_THEM, Topic.TERMS):
        return False
    if topic in (Topic.OPENING, Topic.MOTIVATION):
        return bool(SHINE.search(text))
    return True


def _skills(text: str, why: str) -> frozenset[str]:
    """What a question names, or the posting that brought it up."""
    brought = _NAMED.search(why)
    return frozenset(one.name for one in skills_in(f"{text}; {brought[1] if brought else ''}")) | (
        frozenset([name_of(brought[1])] if brought else [])
    )


def _worth(bullet: Bullet, text: str, cues: list[Cue], named: frozenset[str]) -> int:
    """How well a bullet answers: words that such an answer has, skills that were named, words in common; an outcome tips it."""
    said = {found[0].lower()[:5] for cue in cues for found in cue.shows.finditer(bullet.text)}
    skills = named & skills_of(bullet.text, bullet.skills)
    common = (stems(text) - _COMMON) & stems(bullet.text)
    outcome = outcome_of(bullet.text)
    found = 6 * min(3, len(said)) + 5 * min(2, len(skills)) + (3 * len(common) if len(common) > 1 else 0)
    if SHINE.search(text):
        found += 4 * bool(outcome) + 2 * bool(_OUTCOME.search(bullet.text))
    return found + len(common) + bool(outcome) if found else 0


def _story(bullet: Bullet, profile: Profile, cues: list[Cue]) -> Story:
    held = next((one for one in profile.positions if one.id == bullet.position_id), None)
    dates = in_words(held.begun, held.ended, held.is_current) if held else ""
    where = ", ".join(part for part in (subject(held), dates) if part) if held else ""
    why, outcome = _WHY.search(bullet.text), outcome_of(bullet.text)
    return Story(
        bullet.id,
        [
            _part("Situation", where, "Where was it, and when?"),
            _part("Task", why[0] if why else "", cues[0].task if cues else TASK),
            _part("Action", bullet.text, ""),
            _part("Result", outcome, "What came of it? A figure helps."),
        ],
    )


def _part(label: str, said: str, asked: str) -> StoryPart:
    clipped = said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
    return StoryPart(label, clipped or asked, is_prompt=not said)


def outcome_of(text: str) -> str:
    """The part of a bullet that says what came of it, in its own words: an outcome, or a figure; empty where it says neither."""
    clauses = [part.strip(" .,;") for part in _CLAUSE.split(text)]
    told = [part for part in clauses[1:] if _OUTCOME.search(part)]
    counted = [part for part in told if _figures(part)]
    if found := (counted or told):
        return found[0]
    for part in (*clauses[1:], clauses[0]):
        plain = _WHY.sub("", part).rstrip()
        if figures := _figures(plain):
            return _from(plain, figures[0].start)
    return ""


def _from(part: str, at: int) -> str:
    """From a figure to the end of its clause, with `by`, `from` or its sign before it."""
    at -= len(_sign(part[:at]))
    before = _BEFORE.search(part[:at])
    return part[before.start() if before else at :]


def _sign(before: str) -> str:
    """The sign or code of a currency that stands right before a figure."""
    found = _SIGN.search(before)
    return found[0] if found else ""


def _figures(part: str) -> list[Number]:
    """Its numbers but years, the number of a name such as `Python 3`, and, where it tells no outcome, small counts."""
    least = 2 if _OUTCOME.search(part) or re.search(r"[%€$£]|per cent", part) else 10
    return [one for one in numbers_in(part) if one.value >= least and not _is_name(part, one)]


def _is_name(part: str, one: Number) -> bool:
    written = part[one.start : one.end]
    is_year = bool(re.fullmatch(r"(?:19|20)\d\d", written)) and not re.match(r"\s*\w+s\b", part[one.end :])
    named = re.search(r"(?<=\s)[A-Z][\w+#.]*[ -]$", part[: one.start])
    return is_year or (bool(named) and not _sign(part[: one.start]))
