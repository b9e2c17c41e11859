"""Claimed job titles, checked against the titles of positions, the headline and bullets."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tracker.services.grounding.context import SentenceContext
from tracker.services.grounding.title_nouns import TITLE_NOUNS
from tracker.services.matching.stems import stem, word_list
from tracker.services.matching.tenure import is_job
from tracker.shapes.grounding import ClaimKind, Mark, Subject
from tracker.shapes.profile import Position

_LEVELS = frozenset(
    word_list(
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


def title_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield titles that the profile doesn't have, and a wrong name of the role applied for."""
    for match in _CLAIM.finditer(context.text):
        start, end = match.span("title")
        if (
            not context.is_about_applicant(start)
            or not context.is_claimed(match.start())
            or _NOT_TITLE.search(match["title"])
        ):
            continue
        if not _is_supported(context, match["title"], context.clause(start)):
            advertised = title_words(match["title"]) <= title_words(context.advert.role)
            why = (
                "This is the role you apply for; no position of yours has that title."
                if advertised
                else "No position of yours has this title."
            )
            yield context.mark(start, end, ClaimKind.TITLE, why)
    for match in _ROLE.finditer(context.text):
        start, end = match.span("title")
        if title_words(match["title"]) and not title_words(match["title"]) <= posted_title_words(context):
            yield context.mark(
                start, end, ClaimKind.TITLE, "The posting gives the role a different title.", Subject.EMPLOYER
            )


def posted_title_words(context: SentenceContext) -> frozenset[str]:
    """Return the title words of the role and the posting."""
    return title_words(context.advert.text)


@lru_cache(maxsize=2048)
def title_words(title: str) -> frozenset[str]:
    """Return a title's words for job and rank: senior and developer for `Senior data engineers`."""
    words = set()
    for raw in re.findall(r"[a-z]+(?:-[a-z]+)*", title.lower()):
        word = raw if raw in TITLE_NOUNS else raw.rpartition("-")[2]
        single = word[:-1] if word.endswith("s") and word[:-1] in TITLE_NOUNS else word
        if single in TITLE_NOUNS or single in _LEVELS:
            words.add(_SAME.get(single, single))
    return frozenset(words)


def claimed_titles(clause: str) -> list[str]:
    """Return the titles that a clause claims."""
    return [match["title"] for match in _CLAIM.finditer(clause) if not _NOT_TITLE.search(match["title"])]


def positions_titled(context: SentenceContext, clause: str) -> list[Position] | None:
    """Return the positions whose title a clause claims; None where it claims none."""
    claimed = claimed_titles(clause)
    if not claimed:
        return None
    jobs = [position for position in context.evidence.profile.positions if is_job(position)]
    exact = [position for position in jobs if title_words(claimed[0]) <= title_words(position.title)]
    if title_words(claimed[0]) <= title_words(context.evidence.profile.headline):
        return jobs
    if exact or _is_supported(context, claimed[0], clause):
        return exact or None
    return []


def _is_supported(context: SentenceContext, title: str, clause: str) -> bool:
    claimed_words = title_words(title)
    if names_unknown_employer(context, clause):
        return False
    position_ids = {position.id for position in context.evidence.organisation_in(clause)}
    for source in context.evidence.sources:
        if position_ids and source.position and source.position.id not in position_ids:
            continue
        if claimed_words <= title_words(source.text) | _implied_titles(source.text) | _junior_words(
            source.text
        ):
            return True
    return False


def names_unknown_employer(context: SentenceContext, clause: str) -> bool:
    """Return whether a clause names a workplace, `at …`, that neither profile nor posting mentions."""
    if context.evidence.organisation_in(clause):
        return False
    known_words = context.evidence.words | context.advert.words
    return any(match[1].lower() not in known_words for match in _ELSEWHERE.finditer(clause))


def _implied_titles(text: str) -> frozenset[str]:
    """Return the titles that verbs imply: leading a team makes a team lead."""
    titles = set()
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
            titles.add(noun)
    return frozenset(titles)


def _junior_words(text: str) -> frozenset[str]:
    """Return words of rank that add nothing to a claim."""
    return frozenset({"assistant"} if stem("assistant") in text.lower() else set())
