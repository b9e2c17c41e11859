"""Claimed skills, certificates, degrees and languages: each needs a part of the profile that says it."""

import re
from collections.abc import Iterator

from tracker.services.grounding.alike import kindred
from tracker.services.grounding.claiming import Told
from tracker.services.matching.degrees import degrees_in
from tracker.services.matching.languages import languages_in
from tracker.services.matching.skills import certificates_in, skills_in
from tracker.services.matching.stems import listed, stem, words
from tracker.shapes.grounding import ClaimKind, Mark, Subject

_FLUENT = 5
_CERTIFIED = re.compile(
    r"\b(?:(?P<before>(?:[A-Z][\w&+-]*\s+){1,4})(?:certified|certification|certificate|licen[cs]ed?|accredited|registered|accreditation|qualification)\b"
    r"|(?:fully\s+)?(?:certified|accredited|licen[cs]ed|chartered|qualified)(?:\s+(?:by|as|in|member of|with))?(?:\s+(?:an?|the))?\s+(?P<after>(?:[A-Z][\w&+-]*\s?){1,4})"
    r"|(?P<plain>(?<![’'])(?P<what>(?:[\w&+-]+\s+){1,2})(?:certificates?|certification|licen[cs]e)))\b",
)
_IS_ATTESTED = re.compile(
    r"\b(?:am|as|being)\s+(?:also\s+|now\s+)?an?\s+(?:fully\s+)?(?:certified|accredited|licen[cs]ed|chartered|qualified|registered)\s+(?!man\b|woman\b|person\b|professional\b|candidate\b|one\b)(?P<what>(?:[a-z]+\s+)?[a-z]+)\b"
)
_ATTESTED = re.compile(r"certif|licen[cs]|accredit|regist|qualif|charter", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:fully|fully-|now)\s*qualified\b|\bqualified\b", re.IGNORECASE)
_PART = re.compile(
    r"\bpart[- ]qualified|\bstudying (?:for|towards)|\bpapers passed|\bin progress", re.IGNORECASE
)
_REST = re.compile(r"\s+(?:in|of)\s+[\w ]{0,40}?(?=[,.;]|\s+(?:from|at|and|which)\b|$)")
_DENIED = re.compile(r"\s+(?:is|am|was)(?:n[’']t| not)\b")
_GENERIC_FIELD = frozenset(
    stem(word)
    for word in [
        "science",
        "sciences",
        "arts",
        "engineering",
        "honours",
        "first",
        "class",
        "degree",
        "studies",
    ]
)


def skill_marks(told: Told) -> Iterator[Mark]:
    """Skills that no bullet, position, headline or list of skills shows."""
    named = [(one.start, one.end) for one in certificates_in(told.text)]
    for one in skills_in(told.text):
        if any(a < one.end and b > one.start for a, b in named):
            continue
        if told.is_of_applicant(one.start) and not _shown(told, one.name, told.text[one.start : one.end]):
            asked = one.name in told.advert.skills
            why = (
                "The posting asks for it; nothing in your profile shows it."
                if asked
                else "Nothing in your profile shows it."
            )
            yield told.mark(one.start, one.end, ClaimKind.SKILL, why)
        elif told.is_of_employer(one.start) and not _advertised(
            told, one.name, told.text[one.start : one.end]
        ):
            yield told.mark(
                one.start, one.end, ClaimKind.SKILL, "The posting doesn't speak of it.", Subject.EMPLOYER
            )
        elif (
            told.is_open(one.start)
            and not _shown(told, one.name, told.text[one.start : one.end])
            and not _advertised(told, one.name, told.text[one.start : one.end])
        ):
            yield told.mark(
                one.start, one.end, ClaimKind.SKILL, "Neither your profile nor the posting speaks of it."
            )


def _shown(told: Told, name: str, written: str) -> bool:
    if name in told.evidence.skills or written in told.evidence.profile.name.split():
        return True
    for phrase in {name, written}:
        stems = {stem(word) for word in words(phrase)}
        if stems and any(stems <= source.stems for source in told.evidence.sources):
            return True
    return written[1:].islower() and _is_kindred(told, {stem(word) for word in words(written)})


def _is_kindred(told: Told, stems: set[str]) -> bool:
    """Whether one source has each word of a plain skill in some other words: `retail sales` in `sold to shoppers`."""
    return len(stems) > 1 and any(
        all(one in source.stems or kindred({one}, source.stems) for one in stems)
        for source in told.evidence.sources
    )


def _advertised(told: Told, name: str, written: str) -> bool:
    stems = {stem(word) for word in words(written)}
    return (
        name in told.advert.skills
        or (bool(stems) and stems <= told.advert.stems)
        or _shown(told, name, written)
    )


def certificate_marks(told: Told) -> Iterator[Mark]:
    """Certificates, licences and memberships that the profile doesn't name."""
    marked: list[tuple[int, int]] = []
    for one in certificates_in(told.text):
        whole = _WHOLE.search(told.text[max(0, one.start - 30) : one.end + 12])
        part = whole and not _PART.search(told.text) and _PART.search(told.evidence.text)
        if told.is_of_applicant(one.start) and (
            part or not _certified(told, one.name, told.text[one.start : one.end])
        ):
            marked.append((one.start, one.end))
            yield told.mark(
                one.start, one.end, ClaimKind.CERTIFICATE, "Nothing in your profile says you hold it."
            )
    for found in _CERTIFIED.finditer(told.text):
        what = (found["before"] or found["after"] or found["what"] or "").strip()
        stems = {stem(word) for word in re.findall(r"(?<![’\'])\b[A-Za-z][\w&+]+", what)} - {
            stem(word)
            for word in listed(
                """the clean full my our in with and a an have hold earned passed valid current own got new their has
    also"""
            )
        }
        if (
            not stems
            or not told.is_of_applicant(found.start())
            or any(a < found.end() and b > found.start() for a, b in marked)
        ):
            continue
        if not any(
            stems <= source.stems and _ATTESTED.search(source.text) for source in told.evidence.sources
        ):
            yield told.mark(
                found.start(), found.end(), ClaimKind.CERTIFICATE, "Nothing in your profile says you hold it."
            )


def attested_marks(told: Told) -> Iterator[Mark]:
    """`A qualified mediator`, `a licensed pilot`: what one is by somebody's attest has to stand in the profile."""
    for found in _IS_ATTESTED.finditer(told.text):
        stems = {stem(word) for word in words(found["what"])}
        if stems and told.is_of_applicant(found.start()) and not stems & told.evidence.stems:
            yield told.mark(*found.span(), ClaimKind.CERTIFICATE, "Nothing in your profile says you are.")


def _certified(told: Told, name: str, written: str) -> bool:
    if name in told.evidence.certificates:
        return True
    parts = {one.lower() for one in re.findall(r"[\w&]+", written)}
    return any(
        parts
        <= {word.lower() for word in re.findall(r"[\w&]+", f"{one.text} {one.around} {' '.join(one.skills)}")}
        for one in told.evidence.sources
    )


def degree_marks(told: Told) -> Iterator[Mark]:
    """Degrees of another rank or another field than those of the profile."""
    for one in degrees_in(told.text):
        if not told.is_of_applicant(one.start) or (
            one.rank == 1 and "apprentic" in told.evidence.text.lower()
        ):
            continue
        ranked = [
            (held, text)
            for held, text in told.evidence.degrees
            if held.rank == one.rank
            or (one.rank == 0 and held.rank >= 2)
            or (held.rank == 0 and one.rank == 0)
        ]
        field = {stem(word) for word in words(one.field)}
        known = [text for held, text in ranked if not field or field & {stem(word) for word in words(text)}]
        if not ranked or (field and not known and not field <= _GENERIC_FIELD):
            rest = _REST.match(told.text[one.end :])
            end = one.end + (rest.end() if rest else 0)
            why = "Your profile has no such degree." if not ranked else "Your degree is in another field."
            yield told.mark(one.start, end, ClaimKind.DEGREE, why)


def language_marks(told: Told) -> Iterator[Mark]:
    """Languages that the profile doesn't list, or lists at a lower level."""
    for one in languages_in(told.text):
        if not told.is_of_applicant(one.start) or _is_of_else(told.text, one.end):
            continue
        if one.name not in told.evidence.languages:
            asked = one.name in told.advert.text.lower()
            why = (
                "The posting asks for it; your profile doesn't list it."
                if asked
                else "Your profile doesn't list this language."
            )
            yield told.mark(one.start, one.end, ClaimKind.LANGUAGE, why)
        elif _DENIED.match(told.text[one.end :]):
            continue
        elif _higher(one.level, told.evidence.languages[one.name]):
            yield told.mark(one.start, one.end, ClaimKind.LANGUAGE, "Your profile lists it at a lower level.")


def _is_of_else(text: str, end: int) -> bool:
    """`English literature` and `Spanish shops` are no languages that one speaks."""
    return bool(
        re.match(
            r"\s+(?:literature|history|studies|shops?|partners?|colleagues|suppliers?|speaking)\b",
            text[end:],
            re.IGNORECASE,
        )
    )


def _higher(said: int, listed: int) -> bool:
    return bool(listed) and said > listed and (said >= _FLUENT or said - listed > 1)
