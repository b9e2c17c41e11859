"""Claimed titles: what the applicant is or was, held against the titles of positions, the headline and bullets."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tracker.services.grounding.claiming import Told
from tracker.services.grounding.trades import TITLE_NOUNS
from tracker.services.matching.stems import listed, stem
from tracker.services.matching.tenure import is_job
from tracker.shapes.grounding import ClaimKind, Mark, Subject
from tracker.shapes.profile import Position

_LEVELS = frozenset(
    listed(
        """senior sr lead principal staff head chief director vp vice president deputy executive managing
    associate ceo cto cfo coo cmo founder co-founder owner partner general global regional group manager
    supervisor"""
    )
)
_LOW = frozenset(["junior", "trainee", "apprentice", "intern", "assistant", "qualified", "registered"])
_SAME = {
    "programmer": "developer",
    "engineer": "developer",
    "cook": "chef",
    "tutor": "teacher",
    "lecturer": "teacher",
    "foreman": "supervisor",
    "sister": "nurse",
}
_ALT = "|".join(sorted(TITLE_NOUNS, key=len, reverse=True))
_PHRASE = rf"(?P<title>(?:[A-Za-z][\w&/-]*\s+){{0,3}}?(?:[A-Za-z]+-)?(?:{_ALT})s?(?:\s+(?!and\b|at\b|in\b|with\b|for\b|who\b)(?:{_ALT}))*(?:\s+of\s+(?!the\b|a\b)[A-Za-z]\w+(?:\s+(?-i:[A-Z])\w+)?)?)\b"
_OTHERS = re.compile(
    rf"\b(?:team|people|staff|group|crew|brigade|colleagues|squads?|(?:{_ALT})s)\b", re.IGNORECASE
)
_CLAIM = re.compile(
    rf"\b(?:as|was|am|I[’']m|been|became|become|promoted to|position of|titled?|being|acting|turned|made)\s+(?:(?:now|also|currently|then|both|still|once|already|the|their|an?|my|promoted to)\s+)*{_PHRASE}",
    re.IGNORECASE,
)
_ROLE = re.compile(
    rf"\b(?:your (?:next |new )?|(?:role|position|post|job|vacancy) (?:of|as) (?:an? |the |your )?|(?:the|this) (?=(?:\w+\s+){{1,4}}(?:role|position|post|vacancy)\b)){_PHRASE}",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\b(?:at|for|with|of)\s+(?:the\s+)?([A-Z][\w&]+)")
_NOT_TITLE = re.compile(
    r"\b(?:team of|group of|lead(?:s|ing)?\s+(?:a|an|the|to)|by|with|for|from|to|you|your|us|them)\b",
    re.IGNORECASE,
)


def title_marks(told: Told) -> Iterator[Mark]:
    """Titles of the applicant above or beside any that the profile has, and a wrong name of the role."""
    for found in _CLAIM.finditer(told.text):
        start, end = found.span("title")
        if (
            not told.is_of_applicant(start)
            or not told.is_claimed(found.start())
            or _NOT_TITLE.search(found["title"])
        ):
            continue
        if not _held(told, found["title"], told.clause(start)):
            advertised = title_words(found["title"]) <= title_words(told.advert.role)
            why = (
                "This is the role you apply for; no position of yours has that title."
                if advertised
                else "No position of yours has this title."
            )
            yield told.mark(start, end, ClaimKind.TITLE, why)
    for found in _ROLE.finditer(told.text):
        start, end = found.span("title")
        if title_words(found["title"]) and not title_words(found["title"]) <= told_role(told):
            yield told.mark(
                start, end, ClaimKind.TITLE, "The posting names the role otherwise.", Subject.EMPLOYER
            )


def told_role(told: Told) -> frozenset[str]:
    """The words of titles that the role and the posting hold."""
    return title_words(told.advert.text)


@lru_cache(maxsize=2048)
def title_words(title: str) -> frozenset[str]:
    """The words of a title that say what one is and how high: `Senior data engineers` gives senior and developer."""
    found = set()
    for written in re.findall(r"[a-z]+(?:-[a-z]+)*", title.lower()):
        word = written if written in TITLE_NOUNS else written.rpartition("-")[2]
        single = word[:-1] if word.endswith("s") and word[:-1] in TITLE_NOUNS else word
        if single in TITLE_NOUNS or single in _LEVELS:
            found.add(_SAME.get(single, single))
    return frozenset(found)


def positions_titled(told: Told, clause: str) -> list[Position] | None:
    """The positions whose title a clause claims; None where it claims none."""
    claimed = [found["title"] for found in _CLAIM.finditer(clause) if not _NOT_TITLE.search(found["title"])]
    if not claimed:
        return None
    jobs = [one for one in told.evidence.profile.positions if is_job(one)]
    exact = [one for one in jobs if title_words(claimed[0]) <= title_words(one.title)]
    if title_words(claimed[0]) <= title_words(told.evidence.profile.headline):
        return jobs
    if exact or _held(told, claimed[0], clause):
        return exact or None
    return []


def _held(told: Told, title: str, clause: str) -> bool:
    wanted = title_words(title)
    if strange_employer(told, clause):
        return False
    named = {one.id for one in told.evidence.organisation_in(clause)}
    for source in told.evidence.sources:
        if named and source.position and source.position.id not in named:
            continue
        if wanted <= title_words(source.text) | _led(source.text) | _low_of(source.text):
            return True
    return False


def strange_employer(told: Told, clause: str) -> bool:
    """Whether a clause names a place of work, `at …`, that neither the profile nor the posting knows."""
    if told.evidence.organisation_in(clause):
        return False
    known = told.evidence.words | told.advert.words
    return any(one[1].lower() not in known for one in _ELSEWHERE.finditer(clause))


def _led(text: str) -> frozenset[str]:
    """Who leads a team is its lead, and who supervises one its supervisor."""
    found = set()
    for verbs, noun in (
        (("lead", "led"), "lead"),
        (("supervise",), "supervisor"),
        (("mentor", "coach"), "coach"),
        (("teach", "taught"), "teacher"),
        (("train",), "trainer"),
        (("found",), "founder"),
    ):
        if noun == "lead" and not _OTHERS.search(text):
            continue
        if any(re.search(rf"\b{verb}\w*\b", text, re.IGNORECASE) for verb in verbs):
            found.add(noun)
    return frozenset(found)


def _low_of(text: str) -> frozenset[str]:
    """Every word of a level that adds nothing to a claim."""
    return frozenset({"assistant"} if stem("assistant") in text.lower() else set())
