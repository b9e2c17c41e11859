"""Bullets that answer a question, each laid out as a story; missing parts are prompted for."""

import re
from collections.abc import Sequence

from tracker.services.matching.numbers import Number, numbers_in
from tracker.services.matching.skills import name_of, skills_in
from tracker.services.matching.stems import stems
from tracker.services.matching.tenure import skills_of
from tracker.services.months import in_words
from tracker.services.preparation.cues import CUES, SHINE, TASK, Cue
from tracker.services.profile.profile_page import position_in_words
from tracker.shapes.preparation import Story, StoryPart, Topic
from tracker.shapes.profile import Bullet, Profile

MAX_STORIES = 3
"""Maximum number of bullets for one question."""
MAX_LENGTH = 300
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
    """Return the bullets that answer a question best, at most three: those in `first`, then the best."""
    if not is_answered_from_bullets(text, topic) and not first:
        return []
    cues = [cue for cue in CUES if cue.asks.search(text)]
    skills = _skills(text, why)
    worth = {
        bullet.id: _worth(bullet, text, cues, skills) + _CHOSEN * (bullet.id in first)
        for bullet in profile.bullets
    }
    ranked = sorted(
        (bullet for bullet in profile.bullets if worth[bullet.id]), key=lambda bullet: -worth[bullet.id]
    )
    return [_story(bullet, profile, cues) for bullet in ranked[:MAX_STORIES]]


def is_answered_from_bullets(text: str, topic: str) -> bool:
    """Return whether a question is answered by experience, unlike one about terms or one to ask back."""
    if topic in (Topic.ASK_THEM, Topic.TERMS):
        return False
    if topic in (Topic.OPENING, Topic.MOTIVATION):
        return bool(SHINE.search(text))
    return True


def _skills(text: str, why: str) -> frozenset[str]:
    """Return the skills that a question names, or the posting that brought it up."""
    named_match = _NAMED.search(why)
    return frozenset(
        skill.name for skill in skills_in(f"{text}; {named_match[1] if named_match else ''}")
    ) | (frozenset([name_of(named_match[1])] if named_match else []))


def _worth(bullet: Bullet, text: str, cues: list[Cue], named: frozenset[str]) -> int:
    """Return how well a bullet answers, by cue words, named skills, common words and a stated outcome."""
    cue_words = {match[0].lower()[:5] for cue in cues for match in cue.shows.finditer(bullet.text)}
    skills = named & skills_of(bullet.text, bullet.skills)
    common = (stems(text) - _COMMON) & stems(bullet.text)
    outcome = outcome_of(bullet.text)
    worth = 6 * min(3, len(cue_words)) + 5 * min(2, len(skills)) + (3 * len(common) if len(common) > 1 else 0)
    if SHINE.search(text):
        worth += 4 * bool(outcome) + 2 * bool(_OUTCOME.search(bullet.text))
    return worth + len(common) + bool(outcome) if worth else 0


def _story(bullet: Bullet, profile: Profile, cues: list[Cue]) -> Story:
    position = next(
        (candidate for candidate in profile.positions if candidate.id == bullet.position_id), None
    )
    dates = in_words(position.begun, position.ended, position.is_current) if position else ""
    where = ", ".join(part for part in (position_in_words(position), dates) if part) if position else ""
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


def _part(label: str, text: str, prompt: str) -> StoryPart:
    clipped = text if len(text) <= MAX_LENGTH else f"{text[: MAX_LENGTH - 1]}…"
    return StoryPart(label, clipped or prompt, is_prompt=not text)


def outcome_of(text: str) -> str:
    """Return the part of a bullet that states its outcome or a figure; empty where it states neither."""
    clauses = [part.strip(" .,;") for part in _CLAUSE.split(text)]
    outcomes = [part for part in clauses[1:] if _OUTCOME.search(part)]
    counted = [part for part in outcomes if _figures(part)]
    if candidates := (counted or outcomes):
        return candidates[0]
    for part in (*clauses[1:], clauses[0]):
        plain = _WHY.sub("", part).rstrip()
        if figures := _figures(plain):
            return _from(plain, figures[0].start)
    return ""


def _from(part: str, at: int) -> str:
    """Return the clause from a figure on, with `by`, `from` or its sign before it."""
    at -= len(_sign(part[:at]))
    before = _BEFORE.search(part[:at])
    return part[before.start() if before else at :]


def _sign(before: str) -> str:
    """Return the currency sign or code right before a figure."""
    match = _SIGN.search(before)
    return match[0] if match else ""


def _figures(part: str) -> list[Number]:
    """Return a clause's figures, without years, numbers of names (`Python 3`) and small counts."""
    least = 2 if _OUTCOME.search(part) or re.search(r"[%€$£]|per cent", part) else 10
    return [number for number in numbers_in(part) if number.value >= least and not _is_name(part, number)]


def _is_name(part: str, number: Number) -> bool:
    digits = part[number.start : number.end]
    is_year = bool(re.fullmatch(r"(?:19|20)\d\d", digits)) and not re.match(r"\s*\w+s\b", part[number.end :])
    name_before = re.search(r"(?<=\s)[A-Z][\w+#.]*[ -]$", part[: number.start])
    return is_year or (bool(name_before) and not _sign(part[: number.start]))
