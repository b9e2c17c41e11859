"""A letter without a model: the bullets that match the posting, in the user's own words, in order."""

import re
from collections.abc import Sequence
from datetime import date

from tracker.services.matching.match import match
from tracker.services.matching.phrases import in_words
from tracker.shapes.letters import Length, Letter, Paragraph, Tone
from tracker.shapes.matching import MatchResult, Requirement, RequirementKind
from tracker.shapes.profile import Bullet, Position, Profile

_BULLETS = {Length.SHORT: 2, Length.MEDIUM: 4, Length.LONG: 7}
_GREETING = {
    Tone.PLAIN: "Dear {company} team,",
    Tone.WARM: "Hello {company} team,",
    Tone.FORMAL: "Dear Sir or Madam,",
}
_OPENING = {
    Tone.PLAIN: "I am applying for the position of {role}.",
    Tone.WARM: "I was glad to find your posting, and I am applying for the position of {role}.",
    Tone.FORMAL: "I wish to apply for the position of {role} at {company}.",
}
_CLOSING = {
    Tone.PLAIN: "I would be glad to talk about it.\n\nKind regards",
    Tone.WARM: "I would love to hear more about the work, and to answer whatever you wish to know.\n\nWarm regards",
    Tone.FORMAL: "I would welcome the opportunity to discuss my application with you.\n\nYours faithfully",
}
_ONLY_ONE = re.compile("(?i:head|chief|director|president|vice|chair.*|(co-?)?founder|c.o|[es]?vp)")
_SPELT, _SPOKEN = re.compile("[AEFHILMNORSX]"), re.compile("(?i:[aio]|e(?!u)|u(?!ni|ti|s[aeiou]|r[aeiou]))")
"""Initials pronounced with a vowel: of abbreviations that are spelt out, and of other words (`under`, not `university`)."""
_MONTHS = "January February March April May June July August September October November December"


def draft(
    role: str,
    company: str,
    posting: str,
    profile: Profile,
    today: date,
    *,
    tone: Tone = Tone.PLAIN,
    length: Length = Length.MEDIUM,
) -> Letter:
    """Return a letter whose every sentence about the applicant is a bullet or a fact of a position.

    Without bullets there is no letter; must-haves without support are listed in `missing`, never in the letter.
    """
    if not profile.bullets:
        return Letter(missing=("Your profile has no bullets yet. Add a few, then draft again.",))
    matching = match(role, posting, profile, today)
    bullets = best_bullets(matching, profile, _BULLETS[length])
    paragraphs = [_opening(role, company, profile, tone)]
    paragraphs += [_of_position(*group, matching, tone) for group in _groups(bullets, profile)]
    if length != Length.SHORT and (languages := _languages(matching, profile)):
        paragraphs.append(languages)
    paragraphs.append(Paragraph("\n".join((_CLOSING[tone], profile.name)).strip()))
    return Letter(tuple(paragraphs), _missing(matching, posting))


def best_bullets(matching: MatchResult, profile: Profile, number: int) -> list[Bullet]:
    """Return the bullets that support most of the posting; must-haves count double, ties keep order."""
    worth = {bullet.id: 0 for bullet in profile.bullets}
    for requirement in matching.requirements:
        for row_id in set(requirement.bullet_ids):
            worth[row_id] += 2 if requirement.is_must else 1
    return sorted(profile.bullets, key=lambda bullet: -worth[bullet.id])[:number]


def _opening(role: str, company: str, profile: Profile, tone: Tone) -> Paragraph:
    words = _GREETING[tone].format(company=company.strip() or "hiring")
    opening = _OPENING[tone].format(role=role, company=company.strip() or "your company")
    now = next((position for position in profile.positions if position.is_current and position.title), None)
    ids = (now.id,) if now else ()
    place = f" at {now.organisation}" if now and now.organisation else ""
    fact = f" I work as {_with_article(now.title)}{place}." if now else ""
    return Paragraph(f"{words}\n\n{opening}{fact}", ids)


def _groups(bullets: Sequence[Bullet], profile: Profile) -> list[tuple[Position | None, list[Bullet]]]:
    """Return the bullets by position, in the order of each position's best bullet."""
    by_id = {position.id: position for position in profile.positions}
    groups: dict[str, list[Bullet]] = {}
    for bullet in bullets:
        groups.setdefault(bullet.position_id if bullet.position_id in by_id else "", []).append(bullet)
    return [(by_id.get(row_id), group) for row_id, group in groups.items()]


def _of_position(
    position: Position | None, bullets: list[Bullet], matching: MatchResult, tone: Tone
) -> Paragraph:
    ids = {bullet.id for bullet in bullets}
    requirements = [
        requirement
        for requirement in matching.requirements
        if ids & set(requirement.bullet_ids) and requirement.line and requirement.named_skills
    ][:3]
    lead = (
        f"You ask for {_joined([requirement.named_skills[0][0] for requirement in requirements])}. "
        if requirements
        else ""
    )
    facts = "; ".join(bullet.text.strip().rstrip(".;") for bullet in bullets)
    text = f"{lead}{_where(position, tone)}: {facts}."
    sources = [bullet.id for bullet in bullets] + ([position.id] if position else [])
    return Paragraph(text, tuple(sources), tuple(sorted({requirement.line for requirement in requirements})))


def _where(position: Position | None, tone: Tone) -> str:
    if position is None:
        return "From my profile" if tone != Tone.WARM else "A little about me"
    title = _with_article(position.title) if position.title else ""
    place = (
        f"{title} at {position.organisation}"
        if title and position.organisation
        else title or position.organisation
    )
    begun, ended = _day(position.begun), _day(position.ended)
    span = (
        f", since {begun}"
        if position.is_current and begun
        else f", {begun} to {ended}"
        if begun and ended
        else ""
    )
    return f"As {place}{span}" if position.title else f"At {place}{span}"


def _with_article(title: str) -> str:
    """Return a title with its article, `an engineer`; none for `Head of Sales`, who is unique."""
    word = title.split(maxsplit=1)[0]
    if _ONLY_ONE.fullmatch(word):
        return title
    vowel = (_SPELT if word.isupper() and len(word) > 1 else _SPOKEN).match(word)
    return f"{'an' if vowel else 'a'} {title}"


def _day(written: str) -> str:
    year, _, month = written.partition("-")
    return f"{_MONTHS.split()[int(month) - 1]} {year}" if month.isdigit() and 1 <= int(month) <= 12 else year


def _languages(matching: MatchResult, profile: Profile) -> Paragraph | None:
    required = [
        requirement
        for requirement in matching.requirements
        if requirement.kind == RequirementKind.LANGUAGE and requirement.is_met
    ]
    spoken = [
        language
        for language in profile.languages
        if any(requirement.words[0].lower() in language.lower() for requirement in required)
    ]
    if not spoken:
        return None
    return Paragraph(
        f"My languages: {_joined(spoken)}.", (), tuple(sorted({requirement.line for requirement in required}))
    )


def _missing(matching: MatchResult, posting: str) -> tuple[str, ...]:
    if not posting.strip():
        return ("There is no posting text, so the bullets are in your own order.",)
    return tuple(
        f"{_shortfall(requirement)} “{in_words(requirement)}” (line {requirement.line})."
        for requirement in matching.missing_musts
    )


def _shortfall(requirement: Requirement) -> str:
    return "Your profile falls short of" if requirement.support else "Your profile doesn't mention"


def _joined(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
