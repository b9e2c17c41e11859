"""Claimed calendar dates, checked against the dates of positions and bullets."""

import re
from collections.abc import Iterator

from tracker.services.grounding.context import SentenceContext
from tracker.services.grounding.duration_claims import GENERIC_WORDS, stems_of
from tracker.services.grounding.title_claims import claimed_titles, title_words
from tracker.services.matching.stems import word_list
from tracker.shapes.grounding import ClaimKind, Mark, Subject
from tracker.shapes.profile import Position

_MONTHS = {
    name: n
    for n, name in enumerate(
        word_list(
            """january february march april may june july august september october november december"""
        ),
        1,
    )
}


_DATE = re.compile(
    rf"\b(?:(?P<month>{'|'.join(_MONTHS)})\s+(?:of\s+)?)?(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
)


def date_marks(context: SentenceContext) -> Iterator[Mark]:
    """Yield calendar years and months that no position or bullet has."""
    for match in _DATE.finditer(context.text):
        at = match.start()
        if context.is_about_employer(at) or (
            context.is_ambiguous(at) and match["year"] in context.advert.text
        ):
            if match["year"] not in context.advert.text and not _is_supported(context, match):
                yield context.mark(
                    at, match.end(), ClaimKind.DATE, "The posting doesn't name this year.", Subject.EMPLOYER
                )
        elif context.is_claimed(at) and not _is_supported(context, match):
            yield context.mark(at, match.end(), ClaimKind.DATE, "No position or bullet has this date.")


def _is_supported(context: SentenceContext, match: re.Match[str]) -> bool:
    year, before = match["year"], context.text[: match.start()].lower()
    if match["month"]:
        month = f"{year}-{_MONTHS[match['month'].lower()]:02}"
        return (
            any(month in (position.begun, position.ended) for position in context.evidence.profile.positions)
            or match[0].lower() in context.evidence.text.lower()
        )
    clause = context.clause(match.start())
    at_employer = context.evidence.organisation_in(clause)
    positions = at_employer or list(context.evidence.profile.positions)
    if titled := _positions_claimed(_part_with(context.text, match), positions):
        positions = titled
    elif any(year in source.text for source in context.evidence.sources):
        return True
    begun, ended = ({getattr(position, side)[:4] for position in positions} for side in ("begun", "ended"))
    if re.search(r"\b(?:since|from|joined|started|began)\b[^,;\d]{0,20}$", before):
        return year in begun
    if year in begun | ended:
        return True
    return bool(re.search(r"\b(?:in|by|during)\s+$", before)) and _within(context, year, clause, positions)


def _part_with(text: str, match: re.Match[str]) -> str:
    """Return the part of a list of claims that a date is in."""
    before, after = (
        re.split(r",|;|\band\b", part) for part in (text[: match.start()], text[match.start() :])
    )
    return before[-1] + after[0]


def _positions_claimed(clause: str, positions: list[Position]) -> list[Position]:
    """Return the positions whose title a clause claims; only their years support it."""
    claimed = [words for title in claimed_titles(clause) if (words := title_words(title))]
    return [position for position in positions if claimed and claimed[0] <= title_words(position.title)]


def _within(context: SentenceContext, year: str, clause: str, positions: list[Position]) -> bool:
    """Return whether a bullet that shares words with the sentence belongs to a position of that year."""
    stems = stems_of(context.text) - GENERIC_WORDS
    for source in context.evidence.sources:
        position = source.position
        if position in positions and position and len(stems & source.own_stems) >= 2:
            last = str(context.evidence.today.year) if position.is_current else position.ended[:4]
            if position.begun[:4] and position.begun[:4] <= year <= (last or "0"):
                return True
    return False
