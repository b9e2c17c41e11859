"""A posting's asks as the application's page shows them, each with the words of the profile that speak to it."""

from collections.abc import Mapping

from sqlalchemy import select

from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, applications
from tracker.services import profile
from tracker.services.matching.matching import match
from tracker.services.matching.wording import in_words
from tracker.services.profile.reading import counted, subject
from tracker.shapes.matching import Ask, AskKind, AskLine, Backing, Ground, Matching, MatchSheet, Speaks
from tracker.shapes.profile import Profile

AT_ONCE, MOST_BACKING, LONGEST = 12, 4, 240
"""Asks shown before the rest is folded away, parts of the profile listed for one ask, characters of a quoted line."""

NO_POSTING = "Paste the posting's text to see what it asks for."
NOTHING_KNOWN = "Nothing in this text was recognised as something it asks for."

Places = Mapping[tuple[Ground, str], tuple[str, str]]


def of_application(scope: Scope, application_id: str) -> MatchSheet:
    """What an application's posting asks for and what of the profile speaks to it; NotFound when it was deleted."""
    a, row_id = applications, as_uuid(application_id, Application)
    query = select(a.role, a.posting_text).where(
        a.user_id == scope.user_id, a.id == row_id, a.deleted_at.is_(None)
    )
    if not (found := scope.rows(query)):
        raise NotFound("application")
    role, posting = found[0]["role"], found[0]["posting_text"]
    if not posting.strip():
        return MatchSheet(NO_POSTING)
    known = profile.read(scope)
    return _sheet(match(role, posting, known, scope.today), known)


def _sheet(matching: Matching, known: Profile) -> MatchSheet:
    if not any(ask.line for ask in matching.asks):
        return MatchSheet(NOTHING_KNOWN)
    places = _places(known)
    has_profile = bool(places)
    is_counted = has_profile and matching.coverage is not None
    ranked = sorted(matching.asks, key=lambda ask: (ask.kind == AskKind.SOFT, ask.is_met, not ask.is_must))
    lines = [_line(ask, places) for ask in ranked]
    asks = f"{matching.met} of {counted(matching.asked, 'ask')}"
    share = f"{matching.coverage} %"
    return MatchSheet(
        has_profile=has_profile,
        share=share if is_counted else "",
        counted=asks if is_counted else "",
        coverage=f"{asks}, {share}" if is_counted else "",
        missing_musts=_missing(matching) if has_profile else "",
        first=lines[:AT_ONCE],
        rest=lines[AT_ONCE:],
        show_all=f"Show all {len(lines)}" if len(lines) > AT_ONCE else "",
    )


def _missing(matching: Matching) -> str:
    missing = [in_words(ask) for ask in matching.missing_musts]
    if not missing:
        has_musts = any(ask.is_must for ask in matching.asks)
        return "Every must-have has something behind it." if has_musts else ""
    named = f"{'; '.join(missing[:3])}{f' and {len(missing) - 3} more' if len(missing) > 3 else ''}"
    nothing = f"with nothing behind {'it' if len(missing) == 1 else 'them'}"
    how = "not met" if any(ask.speaks for ask in matching.missing_musts) else nothing
    return f"{counted(len(missing), 'must-have')} {how}: {named}."


def _places(known: Profile) -> Places:
    """The text of every part of the profile, and where it stands."""
    named = {one.id: subject(one) for one in known.positions}
    places: dict[tuple[Ground, str], tuple[str, str]] = {
        (Ground.POSITION, row_id): (words, "Position") for row_id, words in named.items()
    }
    for one in known.bullets:
        places[Ground.BULLET, one.id] = (one.text, named.get(one.position_id, ""))
    if known.headline:
        places[Ground.HEADLINE, ""] = (known.headline, "Headline")
    if known.languages:
        places[Ground.LANGUAGES, ""] = (", ".join(known.languages), "Languages")
    return places


def _line(ask: Ask, places: Places) -> AskLine:
    parts = list({(one.ground, one.id): one for one in reversed(ask.speaks)}.values())[::-1]
    left = len(parts) - MOST_BACKING
    return AskLine(
        key=f"{ask.kind.value}:{'|'.join(ask.words)}",
        kind=ask.kind.label,
        words=in_words(ask),
        is_must=ask.is_must,
        is_met=ask.is_met,
        posting_line=_quoted(ask),
        note="" if not places or any(one.ground == Ground.LANGUAGES for one in parts) else ask.note,
        backing=[_backing(one, ask, places) for one in parts[:MOST_BACKING]],
        standing=_standing(ask) if places else "",
        more=f"and {left} more" if left > 0 else "",
    )


def _standing(ask: Ask) -> str:
    if ask.is_met:
        return "Met"
    return "Met in part" if ask.speaks else "Nothing in your profile speaks to it"


def _quoted(ask: Ask) -> str:
    """The line an ask stands on, unless it says no more than the ask itself."""
    line = ask.line_text.strip(" \t-*•·–") if ask.line else ""
    return "" if line.casefold() == in_words(ask).casefold() else _clipped(line)


def _backing(one: Speaks, ask: Ask, places: Places) -> Backing:
    """Why it speaks to the ask goes without saying where its own text holds the word."""
    text, where = places[one.ground, one.id]
    is_plain = one.why == ask.note or any(word and word.casefold() in text.casefold() for word in ask.words)
    why = "" if is_plain else one.why
    return Backing(f"{one.ground.value}:{one.id}", _clipped(text), where, why)


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
