"""An honest letter without a model: the bullets that speak to the posting, in the person's own words, put in order."""

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
_SPELT, _SAID = re.compile("[AEFHILMNORSX]"), re.compile("(?i:[aio]|e(?!u)|u(?!ni|ti|s[aeiou]|r[aeiou]))")
"""Beginnings that are said with a vowel: of words that are spelt out, and of all others, where `university` isn't `under`."""
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
    """A letter whose every sentence about the applicant is a bullet's own words or a fact of a position.

    Without bullets there is no letter; must-haves that nothing speaks to are told in `missing`, never in the letter.
    """
    if not profile.bullets:
        return Letter(
            missing=("Your profile has no bullets yet. Write down a few things you did, then draft again.",)
        )
    matching = match(role, posting, profile, today)
    chosen = best_bullets(matching, profile, _BULLETS[length])
    paragraphs = [_opening(role, company, profile, tone)]
    paragraphs += [_of_position(*group, matching, tone) for group in _groups(chosen, profile)]
    if length != Length.SHORT and (spoken := _languages(matching, profile)):
        paragraphs.append(spoken)
    paragraphs.append(Paragraph("\n".join((_CLOSING[tone], profile.name)).strip()))
    return Letter(tuple(paragraphs), _missing(matching, posting))


def best_bullets(matching: MatchResult, profile: Profile, number: int) -> list[Bullet]:
    """The bullets that speak to most of the posting, must-haves counting double; in doubt those that stand first."""
    worth = {one.id: 0 for one in profile.bullets}
    for ask in matching.requirements:
        for row_id in set(ask.bullet_ids):
            worth[row_id] += 2 if ask.is_must else 1
    return sorted(profile.bullets, key=lambda one: -worth[one.id])[:number]


def _opening(role: str, company: str, profile: Profile, tone: Tone) -> Paragraph:
    words = _GREETING[tone].format(company=company.strip() or "hiring")
    opening = _OPENING[tone].format(role=role, company=company.strip() or "your company")
    now = next((one for one in profile.positions if one.is_current and one.title), None)
    ids = (now.id,) if now else ()
    place = f" at {now.organisation}" if now and now.organisation else ""
    fact = f" I work as {_one(now.title)}{place}." if now else ""
    return Paragraph(f"{words}\n\n{opening}{fact}", ids)


def _groups(chosen: Sequence[Bullet], profile: Profile) -> list[tuple[Position | None, list[Bullet]]]:
    """The bullets by their position: in the order of the best bullet of each."""
    by_id = {one.id: one for one in profile.positions}
    groups: dict[str, list[Bullet]] = {}
    for one in chosen:
        groups.setdefault(one.position_id if one.position_id in by_id else "", []).append(one)
    return [(by_id.get(row_id), bullets) for row_id, bullets in groups.items()]


def _of_position(
    held: Position | None, bullets: list[Bullet], matching: MatchResult, tone: Tone
) -> Paragraph:
    ids = {one.id for one in bullets}
    asks = [
        ask for ask in matching.requirements if ids & set(ask.bullet_ids) and ask.line and ask.named_skills
    ][:3]
    lead = f"You ask for {_joined([ask.named_skills[0][0] for ask in asks])}. " if asks else ""
    said = "; ".join(one.text.strip().rstrip(".;") for one in bullets)
    text = f"{lead}{_where(held, tone)}: {said}."
    rests = [one.id for one in bullets] + ([held.id] if held else [])
    return Paragraph(text, tuple(rests), tuple(sorted({ask.line for ask in asks})))


def _where(held: Position | None, tone: Tone) -> str:
    if held is None:
        return "From my profile" if tone != Tone.WARM else "A little about me"
    title = _one(held.title) if held.title else ""
    place = f"{title} at {held.organisation}" if title and held.organisation else title or held.organisation
    begun, ended = _day(held.begun), _day(held.ended)
    span = (
        f", since {begun}"
        if held.is_current and begun
        else f", {begun} to {ended}"
        if begun and ended
        else ""
    )
    return f"As {place}{span}" if held.title else f"At {place}{span}"


def _one(title: str) -> str:
    """A title as its holder is called: `an engineer`, `a UX designer`, `an HR manager`; but `Head of Sales`, of whom there is one."""
    word = title.split(maxsplit=1)[0]
    if _ONLY_ONE.fullmatch(word):
        return title
    vowel = (_SPELT if word.isupper() and len(word) > 1 else _SAID).match(word)
    return f"{'an' if vowel else 'a'} {title}"


def _day(written: str) -> str:
    year, _, month = written.partition("-")
    return f"{_MONTHS.split()[int(month) - 1]} {year}" if month.isdigit() and 1 <= int(month) <= 12 else year


def _languages(matching: MatchResult, profile: Profile) -> Paragraph | None:
    asked = [ask for ask in matching.requirements if ask.kind == RequirementKind.LANGUAGE and ask.is_met]
    spoken = [one for one in profile.languages if any(ask.words[0].lower() in one.lower() for ask in asked)]
    if not spoken:
        return None
    return Paragraph(f"My languages: {_joined(spoken)}.", (), tuple(sorted({ask.line for ask in asked})))


def _missing(matching: MatchResult, posting: str) -> tuple[str, ...]:
    if not posting.strip():
        return ("There is no text of the posting, so the bullets stand in your own order.",)
    return tuple(f"{_how_little(ask)} “{in_words(ask)}” (line {ask.line})." for ask in matching.missing_musts)


def _how_little(ask: Requirement) -> str:
    return "Your profile falls short of" if ask.support else "Nothing in your profile speaks to"


def _joined(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
