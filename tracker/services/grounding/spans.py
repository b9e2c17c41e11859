"""Claimed years and dates: held against what bullets say outright and what the positions' dates add up to."""

import re
from collections.abc import Iterator

from tracker.services.grounding.claiming import Told
from tracker.services.grounding.numbers import ELIDED
from tracker.services.grounding.titles import positions_titled, strange_employer
from tracker.services.matching.numbers import DIGITS, WORDS, numbers_in
from tracker.services.matching.skills import skills_in
from tracker.services.matching.stems import listed, shared, stem, words
from tracker.services.matching.tenure import at_work, positions_with, skills_of, tenure
from tracker.services.matching.years import Years, years_in
from tracker.shapes.grounding import ClaimKind, Mark, Subject
from tracker.shapes.profile import Position

_NEARLY = re.compile(r"\b(?:almost|nearly|close to|just under|about|around|roughly|some)\s+$", re.IGNORECASE)
_LEADS = frozenset(
    stem(word)
    for word in listed(
        """lead head manage manager supervise supervisor charge direct director run chief leadership management"""
    )
)
_GENERIC = frozenset(
    stem(word)
    for word in listed(
        """experience experienced work working worked job career trade field industry professional role
    position practice behind years year more than over least hands spent been bring offer total middle
    small big large several last past since people daily background have has served service same company
    companies there time current fine both start began left stay staying level practice practices office
    offices firms teams hospitals schools industry profession employment life adult whole man woman person"""
    )
)
_ANEW = re.compile(
    r"\b(?:with|and (?:have|bring|offer|has)|who has|having)\b\s*(?=(?:over|more than|about|nearly|almost|around|an?|some|at least|well over)?\s*$)",
    re.IGNORECASE,
)
_AND_MORE = re.compile(rf"\b(?:and|plus)\s+(?:another\s+|then\s+|more than\s+)?(?:{DIGITS}|{WORDS})\b")
_RATE = re.compile(r"\b(?:a|per|each|every)\s+years?$", re.IGNORECASE)
_MONTHS = {
    name: n
    for n, name in enumerate(
        listed("""january february march april may june july august september october november december"""),
        1,
    )
}
_DATE = re.compile(
    rf"\b(?:(?P<month>{'|'.join(_MONTHS)})\s+(?:of\s+)?)?(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
)


def year_marks(told: Told) -> Iterator[Mark]:
    """Spans of years that neither a bullet nor the dates of positions bear out."""
    for one in years_in(told.text):
        if _is_rate(told.text, one):
            continue
        if told.is_of_employer(one.start):
            if not _advertised(told, one) and not _borne_out(told, one):
                yield told.mark(
                    one.start,
                    one.end,
                    ClaimKind.YEARS,
                    "The posting doesn't speak of so many years.",
                    Subject.EMPLOYER,
                )
        elif (
            told.is_claimed(one.start)
            and not _borne_out(told, one)
            and not (told.is_open(one.start) and _advertised(told, one) and not _is_mine(told))
        ):
            why = (
                "Only the posting asks for these years; your dates don't add up to them."
                if _advertised(told, one)
                else "Your dates don't add up to so many years, and no bullet says so."
            )
            yield told.mark(one.start, one.end, ClaimKind.YEARS, why)
    yield from _elided(told)


def _is_rate(text: str, one: Years) -> bool:
    return bool(_RATE.search(text[one.start : one.end])) or (
        one.value <= 1 and not re.search(r"\bmonths?\b", text[one.start : one.end])
    )


def _is_mine(told: Told) -> bool:
    return bool(re.search(r"\b(?:I|my|mine)\b", told.text, re.IGNORECASE))


def _advertised(told: Told, one: Years) -> bool:
    return any(abs(one.value - other) < 0.2 for other in told.advert.years)


def _elided(told: Told) -> Iterator[Mark]:
    """`They want five years; I have seven` counts seven years of all work."""
    spans = years_in(told.text)
    for number in numbers_in(told.text) if spans else []:
        if told.is_part_of_name(number.start, number.end):
            continue
        if number.value >= 100 or number.start < spans[0].end or not told.is_of_applicant(number.start):
            continue
        if told.text[number.end :].lstrip().startswith("of them") and number.value > spans[0].value:
            continue
        worked = at_work(told.evidence.profile, told.evidence.today).most / 12
        if ELIDED.match(told.text[number.end :]) and number.value > worked + 0.5:
            why = "Your dates don't add up to so many years."
            yield told.mark(number.start, number.end, ClaimKind.YEARS, why)


def _borne_out(told: Told, one: Years) -> bool:
    clause = _near(told, one)
    stems = {stem(word) for word in words(clause)} - _GENERIC
    for value, source in told.evidence.told_years:
        if abs(value - one.value) < 0.09 and (not stems or stems & source.stems or one.value <= 2):
            return True
    lead = (
        0.6
        if _NEARLY.search(told.text[: one.start])
        else 0.5
        if one.value >= 3 and not _over(told.text, one)
        else 0.2
    )
    return one.value <= _most(told, one, clause, stems) + lead


def _over(text: str, one: Years) -> bool:
    return (
        bool(re.search(r"\b(?:over|more than|at least)\s+$", text[: one.start], re.IGNORECASE)) or one.is_open
    )


def _near(told: Told, one: Years) -> str:
    """The clause around the years, from the `with` or `and bring` on that they begin anew after."""
    clause, said = told.clause(one.start), told.text[one.start : one.end]
    at = clause.find(said)
    begins = max((found.end() for found in _ANEW.finditer(clause[: max(at, 0)])), default=0)
    after = _AND_MORE.search(clause, max(at, 0) + len(said))
    return clause[begins : after.start() if after else len(clause)]


def _most(told: Told, one: Years, clause: str, stems: set[str]) -> float:
    """The most years that the dates allow for what the clause speaks of."""
    evidence = told.evidence
    held: list[Position] | None = None
    for found in skills_in(one.subject) or skills_in(clause):
        if found.name not in evidence.skills and not stems_of(found.name) <= evidence.stems:
            return 0.0
        if found.name not in skills_of(evidence.profile.headline) and not shared(
            found.name, evidence.profile.headline
        ):
            held = positions_with(evidence.profile, found.name) or held
    titled = positions_titled(told, clause)
    if titled is not None:
        held = titled
    named = evidence.organisation_in(clause)
    if strange_employer(told, clause):
        return 0.0
    if named:
        held = [at for at in (held or named) if at in named] or named
    if re.search(
        r"\b(?:leadership|management|managing|leading|supervis\w+)\b",
        f"{one.subject} {clause}",
        re.IGNORECASE,
    ):
        held = _leading(told)
    if held is None:
        about = {stem(word) for word in words(one.subject) if word in clause} - _GENERIC
        if about and len(about & evidence.stems) * 2 <= len(about):
            return 0.0
        return at_work(evidence.profile, evidence.today).most / 12
    return tenure(held, evidence.today).most / 12


def stems_of(text: str) -> set[str]:
    """The stems of a phrase's words."""
    return {stem(word) for word in words(text)}


def _leading(told: Told) -> list[Position]:
    """The positions in which the person led others, by their titles or their bullets."""
    led = {
        source.position.id
        for source in told.evidence.sources
        if source.position and _LEADS & source.own_stems
    }
    return [one for one in told.evidence.profile.positions if one.id in led]


def date_marks(told: Told) -> Iterator[Mark]:
    """Years and months of the calendar that aren't those of a position or a bullet."""
    for found in _DATE.finditer(told.text):
        at = found.start()
        if told.is_of_employer(at) or (told.is_open(at) and found["year"] in told.advert.text):
            if found["year"] not in told.advert.text and not _dated(told, found):
                yield told.mark(
                    at, found.end(), ClaimKind.DATE, "The posting doesn't name this year.", Subject.EMPLOYER
                )
        elif told.is_claimed(at) and not _dated(told, found):
            yield told.mark(at, found.end(), ClaimKind.DATE, "No position or bullet has this date.")


def _dated(told: Told, found: re.Match[str]) -> bool:
    year, before = found["year"], told.text[: found.start()].lower()
    if found["month"]:
        wanted = f"{year}-{_MONTHS[found['month'].lower()]:02}"
        return (
            any(wanted in (one.begun, one.ended) for one in told.evidence.profile.positions)
            or found[0].lower() in told.evidence.text.lower()
        )
    clause = told.clause(found.start())
    named = told.evidence.organisation_in(clause)
    held = named or list(told.evidence.profile.positions)
    if any(year in source.text for source in told.evidence.sources):
        return True
    begun, ended = ({getattr(one, side)[:4] for one in held} for side in ("begun", "ended"))
    if re.search(r"\b(?:since|from|joined|started|began)\b[^,;\d]{0,20}$", before):
        return year in begun
    if year in begun | ended:
        return True
    return bool(re.search(r"\b(?:in|by|during)\s+$", before)) and _within(told, year, clause, held)


def _within(told: Told, year: str, clause: str, held: list[Position]) -> bool:
    """Whether a bullet that shares its words with the sentence belongs to a position of that year."""
    stems = stems_of(told.text) - _GENERIC
    for source in told.evidence.sources:
        one = source.position
        if one in held and one and len(stems & source.own_stems) >= 2:
            last = str(told.evidence.today.year) if one.is_current else one.ended[:4]
            if one.begun[:4] and one.begun[:4] <= year <= (last or "0"):
                return True
    return False
