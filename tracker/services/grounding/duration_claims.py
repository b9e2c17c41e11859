"""Claimed durations, checked against what bullets state and what the positions' dates add up to."""

import re
from collections.abc import Iterator

from tracker.services.grounding.context import SentenceContext
from tracker.services.grounding.number_claims import ELIDED
from tracker.services.grounding.title_claims import names_unknown_employer, positions_titled
from tracker.services.matching.numbers import DIGITS, WORDS, numbers_in
from tracker.services.matching.skills import skills_in
from tracker.services.matching.stems import common_stems, stem, word_list, words
from tracker.services.matching.tenure import at_work, positions_with, skills_of, tenure
from tracker.services.matching.years import Years, years_in
from tracker.shapes.grounding import ClaimKind, Mark, Subject
from tracker.shapes.profile import Position

_NEARLY = re.compile(r"\b(?:almost|nearly|close to|just under|about|around|roughly|some)\s+$", re.IGNORECASE)
_LEADS = frozenset(
    stem(word)
    for word in word_list(
        """lead head manage manager supervise supervisor charge direct director run chief leadership management"""
    )
)
GENERIC_WORDS = frozenset(
    stem(word)
    for word in word_list(
        """experience experienced work working worked job career trade field industry professional role
    position practice behind years year more than over least hands spent been bring offer total middle
    small big large several last past since people daily background have has served service same company
    companies there time current fine both start began left stay staying level practice practices office
    offices firms teams hospitals schools industry profession employment life adult whole man woman person"""
    )
)
_NEXT_CLAIM = re.compile(
    r"\b(?:with|and (?:have|bring|offer|has)|who has|having)\b\s*(?=(?:over|more than|about|nearly|almost|around|an?|some|at least|well over)?\s*$)",
    re.IGNORECASE,
)
_AND_MORE = re.compile(rf"\b(?:and|plus)\s+(?:another\s+|then\s+|more than\s+)?(?:{DIGITS}|{WORDS})\b")
_RATE = re.compile(r"\b(?:a|per|each|every)\s+years?$", re.IGNORECASE)


def year_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield durations that neither a bullet nor the dates of positions support."""
    for years in years_in(context.text):
        if _is_rate(context.text, years):
            continue
        if context.is_about_employer(years.start):
            if not _advertised(context, years) and not _is_supported(context, years):
                yield context.mark(
                    years.start,
                    years.end,
                    ClaimKind.YEARS,
                    "The posting doesn't mention that many years.",
                    Subject.EMPLOYER,
                )
        elif (
            context.is_claimed(years.start)
            and not _is_supported(context, years)
            and not (
                context.is_ambiguous(years.start) and _advertised(context, years) and not _is_mine(context)
            )
        ):
            why = (
                "Only the posting asks for these years; your dates don't add up to them."
                if _advertised(context, years)
                else "Your dates don't add up to so many years, and no bullet says so."
            )
            yield context.mark(years.start, years.end, ClaimKind.YEARS, why)
    yield from _elided(context)


def _is_rate(text: str, years: Years) -> bool:
    return bool(_RATE.search(text[years.start : years.end])) or (
        years.value <= 1 and not re.search(r"\bmonths?\b", text[years.start : years.end])
    )


def _is_mine(context: SentenceContext) -> bool:
    return bool(re.search(r"\b(?:I|my|mine)\b", context.text, re.IGNORECASE))


def _advertised(context: SentenceContext, years: Years) -> bool:
    return any(abs(years.value - posted) < 0.2 for posted in context.advert.years)


def _elided(context: SentenceContext) -> Iterator[Mark]:
    """Yield durations with `years` left out, as in `They want five years; I have seven`."""
    spans = years_in(context.text)
    for number in numbers_in(context.text) if spans else []:
        if context.is_part_of_name(number.start, number.end):
            continue
        if number.value >= 100 or number.start < spans[0].end or not context.is_about_applicant(number.start):
            continue
        if context.text[number.end :].lstrip().startswith("of them") and number.value > spans[0].value:
            continue
        worked = at_work(context.evidence.profile, context.evidence.today).most / 12
        if ELIDED.match(context.text[number.end :]) and number.value > worked + 0.5:
            why = "Your dates don't add up to so many years."
            yield context.mark(number.start, number.end, ClaimKind.YEARS, why)


def _is_supported(context: SentenceContext, years: Years) -> bool:
    clause = _near(context, years)
    stems = {stem(word) for word in words(clause)} - GENERIC_WORDS
    for value, source in context.evidence.stated_years:
        if abs(value - years.value) < 0.09 and (not stems or stems & source.stems or years.value <= 2):
            return True
    slack = (
        0.6
        if _NEARLY.search(context.text[: years.start])
        else 0.5
        if years.value >= 3 and not _over(context.text, years)
        else 0.2
    )
    return years.value <= _most(context, years, clause, stems) + slack


def _over(text: str, years: Years) -> bool:
    return (
        bool(re.search(r"\b(?:over|more than|at least)\s+$", text[: years.start], re.IGNORECASE))
        or years.is_open
    )


def _near(context: SentenceContext, years: Years) -> str:
    """Return the clause around a duration, cut where `with` or `and bring` begins another claim."""
    clause, duration = context.clause(years.start), context.text[years.start : years.end]
    at = clause.find(duration)
    begin = max((match.end() for match in _NEXT_CLAIM.finditer(clause[: max(at, 0)])), default=0)
    after = _AND_MORE.search(clause, max(at, 0) + len(duration))
    return clause[begin : after.start() if after else len(clause)]


def _most(context: SentenceContext, years: Years, clause: str, stems: set[str]) -> float:
    """Return the most years that the dates allow for what the clause is about."""
    evidence = context.evidence
    positions: list[Position] | None = None
    for skill in skills_in(years.subject) or skills_in(clause):
        if skill.name not in evidence.skills and not stems_of(skill.name) <= evidence.stems:
            return 0.0
        if skill.name not in skills_of(evidence.profile.headline) and not common_stems(
            skill.name, evidence.profile.headline
        ):
            positions = positions_with(evidence.profile, skill.name) or positions
    with_title = positions_titled(context, clause)
    if with_title is not None:
        positions = with_title
    at_employer = evidence.organisation_in(clause)
    if names_unknown_employer(context, clause):
        return 0.0
    if at_employer:
        positions = [at for at in (positions or at_employer) if at in at_employer] or at_employer
    if re.search(
        r"\b(?:leadership|management|managing|leading|supervis\w+)\b",
        f"{years.subject} {clause}",
        re.IGNORECASE,
    ):
        positions = _leading(context)
    if positions is None:
        about = {stem(word) for word in words(years.subject) if word in clause} - GENERIC_WORDS
        if about and len(about & evidence.stems) * 2 <= len(about):
            return 0.0
        return at_work(evidence.profile, evidence.today).most / 12
    return tenure(positions, evidence.today).most / 12


def stems_of(text: str) -> set[str]:
    """Return the stems of a phrase's words."""
    return {stem(word) for word in words(text)}


def _leading(context: SentenceContext) -> list[Position]:
    """Return the positions in which the applicant led others, by their titles or bullets."""
    led = {
        source.position.id
        for source in context.evidence.sources
        if source.position and _LEADS & source.own_stems
    }
    return [position for position in context.evidence.profile.positions if position.id in led]
