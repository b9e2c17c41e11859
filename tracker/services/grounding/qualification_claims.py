"""Claimed skills, certificates, degrees and languages, each needing support in the profile."""

import re
from collections.abc import Iterator

from tracker.services.grounding.context import SentenceContext
from tracker.services.grounding.related_words import are_related
from tracker.services.matching.degrees import degrees_in
from tracker.services.matching.languages import languages_in
from tracker.services.matching.skills import certificates_in, skills_in
from tracker.services.matching.stems import stem, word_list, words
from tracker.shapes.grounding import ClaimKind, Mark, Subject

_FLUENT = 5
_CERTIFIED = re.compile(
    r"\b(?:(?P<before>(?:[A-Z][\w&+-]*\s+){1,4})(?:certified|certification|certificate|licen[cs]ed?|accredited|registered|accreditation|qualification)\b"
    r"|(?:fully\s+)?(?:certified|accredited|licen[cs]ed|chartered|qualified)(?:\s+(?:by|as|in|member of|with))?(?:\s+(?:an?|the))?\s+(?P<after>(?:[A-Z][\w&+-]*\s?){1,4})"
    r"|(?P<plain>(?<![’'])(?P<name>(?:[\w&+-]+\s+){1,2})(?:certificates?|certification|licen[cs]e)))\b",
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


def skill_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield skills that no bullet, position, headline or list of skills shows."""
    certificate_spans = [(skill.start, skill.end) for skill in certificates_in(context.text)]
    for skill in skills_in(context.text):
        if any(a < skill.end and b > skill.start for a, b in certificate_spans):
            continue
        if context.is_about_applicant(skill.start) and not _shown(
            context, skill.name, context.text[skill.start : skill.end]
        ):
            is_required = skill.name in context.advert.skills
            why = (
                "The posting asks for it; nothing in your profile shows it."
                if is_required
                else "Nothing in your profile shows it."
            )
            yield context.mark(skill.start, skill.end, ClaimKind.SKILL, why)
        elif context.is_about_employer(skill.start) and not _advertised(
            context, skill.name, context.text[skill.start : skill.end]
        ):
            yield context.mark(
                skill.start, skill.end, ClaimKind.SKILL, "The posting doesn't mention it.", Subject.EMPLOYER
            )
        elif (
            context.is_ambiguous(skill.start)
            and not _shown(context, skill.name, context.text[skill.start : skill.end])
            and not _advertised(context, skill.name, context.text[skill.start : skill.end])
        ):
            yield context.mark(
                skill.start, skill.end, ClaimKind.SKILL, "Neither your profile nor the posting mentions it."
            )


def _shown(context: SentenceContext, name: str, text: str) -> bool:
    if name in context.evidence.skills or text in context.evidence.profile.name.split():
        return True
    for phrase in {name, text}:
        stems = {stem(word) for word in words(phrase)}
        if stems and any(stems <= source.stems for source in context.evidence.sources):
            return True
    return text[1:].islower() and _is_related(context, {stem(word) for word in words(text)})


def _is_related(context: SentenceContext, stems: set[str]) -> bool:
    """Return whether one source has a related word for each stem: `retail sales` in `sold to shoppers`."""
    return len(stems) > 1 and any(
        all(word_stem in source.stems or are_related({word_stem}, source.stems) for word_stem in stems)
        for source in context.evidence.sources
    )


def _advertised(context: SentenceContext, name: str, text: str) -> bool:
    stems = {stem(word) for word in words(text)}
    return (
        name in context.advert.skills
        or (bool(stems) and stems <= context.advert.stems)
        or _shown(context, name, text)
    )


def certificate_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield certificates, licences and memberships that the profile doesn't name."""
    marked: list[tuple[int, int]] = []
    for certificate in certificates_in(context.text):
        whole = _WHOLE.search(context.text[max(0, certificate.start - 30) : certificate.end + 12])
        part = whole and not _PART.search(context.text) and _PART.search(context.evidence.text)
        if context.is_about_applicant(certificate.start) and (
            part
            or not _certified(context, certificate.name, context.text[certificate.start : certificate.end])
        ):
            marked.append((certificate.start, certificate.end))
            yield context.mark(
                certificate.start,
                certificate.end,
                ClaimKind.CERTIFICATE,
                "Nothing in your profile says you hold it.",
            )
    for match in _CERTIFIED.finditer(context.text):
        name = (match["before"] or match["after"] or match["name"] or "").strip()
        stems = {stem(word) for word in re.findall(r"(?<![’\'])\b[A-Za-z][\w&+]+", name)} - {
            stem(word)
            for word in word_list(
                """the clean full my our in with and a an have hold earned passed valid current own got new their has
    also"""
            )
        }
        if (
            not stems
            or not context.is_about_applicant(match.start())
            or any(a < match.end() and b > match.start() for a, b in marked)
        ):
            continue
        if not any(
            stems <= source.stems and _ATTESTED.search(source.text) for source in context.evidence.sources
        ):
            yield context.mark(
                match.start(), match.end(), ClaimKind.CERTIFICATE, "Nothing in your profile says you hold it."
            )


def attested_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield qualifications such as `a licensed pilot` that the profile doesn't mention."""
    for match in _IS_ATTESTED.finditer(context.text):
        stems = {stem(word) for word in words(match["what"])}
        if stems and context.is_about_applicant(match.start()) and not stems & context.evidence.stems:
            yield context.mark(*match.span(), ClaimKind.CERTIFICATE, "Nothing in your profile says you are.")


def _certified(context: SentenceContext, name: str, text: str) -> bool:
    if name in context.evidence.certificates:
        return True
    parts = {word.lower() for word in re.findall(r"[\w&]+", text)}
    return any(
        parts
        <= {
            word.lower()
            for word in re.findall(r"[\w&]+", f"{source.text} {source.around} {' '.join(source.skills)}")
        }
        for source in context.evidence.sources
    )


def degree_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield degrees of another rank or another field than the profile's."""
    for claimed in degrees_in(context.text):
        if not context.is_about_applicant(claimed.start) or (
            claimed.rank == 1 and "apprentic" in context.evidence.text.lower()
        ):
            continue
        ranked = [
            (degree, text)
            for degree, text in context.evidence.degrees
            if degree.rank == claimed.rank
            or (claimed.rank == 0 and degree.rank >= 2)
            or (degree.rank == 0 and claimed.rank == 0)
        ]
        field = {stem(word) for word in words(claimed.field)}
        in_field = [
            text for degree, text in ranked if not field or field & {stem(word) for word in words(text)}
        ]
        if not ranked or (field and not in_field and not field <= _GENERIC_FIELD):
            rest = _REST.match(context.text[claimed.end :])
            end = claimed.end + (rest.end() if rest else 0)
            why = "Your profile has no such degree." if not ranked else "Your degree is in another field."
            yield context.mark(claimed.start, end, ClaimKind.DEGREE, why)


def language_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield languages that the profile doesn't list, or lists at a lower level."""
    for language in languages_in(context.text):
        if not context.is_about_applicant(language.start) or _is_adjective(context.text, language.end):
            continue
        if language.name not in context.evidence.languages:
            is_required = language.name in context.advert.text.lower()
            why = (
                "The posting asks for it; your profile doesn't list it."
                if is_required
                else "Your profile doesn't list this language."
            )
            yield context.mark(language.start, language.end, ClaimKind.LANGUAGE, why)
        elif _DENIED.match(context.text[language.end :]):
            continue
        elif _is_exaggerated(language.level, context.evidence.languages[language.name]):
            yield context.mark(
                language.start, language.end, ClaimKind.LANGUAGE, "Your profile lists it at a lower level."
            )


def _is_adjective(text: str, end: int) -> bool:
    """Return whether a language name means something else, as in `English literature`."""
    return bool(
        re.match(
            r"\s+(?:literature|history|studies|shops?|partners?|colleagues|suppliers?|speaking)\b",
            text[end:],
            re.IGNORECASE,
        )
    )


def _is_exaggerated(claimed: int, listed: int) -> bool:
    """Return whether a claimed level exceeds the listed one, either to fluency or by two levels."""
    return bool(listed) and claimed > listed and (claimed >= _FLUENT or claimed - listed > 1)
