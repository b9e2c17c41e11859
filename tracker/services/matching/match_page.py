"""A posting's requirements as the application's page shows them, each with its support."""

from collections.abc import Mapping

from sqlalchemy import select

from tracker.db import Scope, as_uuid
from tracker.errors import NotFound
from tracker.models import Application, applications
from tracker.services import profile
from tracker.services.matching.match import match
from tracker.services.matching.phrases import in_words
from tracker.services.plurals import counted
from tracker.services.profile.profile_page import position_in_words
from tracker.shapes.matching import (
    MatchPage,
    MatchResult,
    ProfilePart,
    Requirement,
    RequirementItem,
    RequirementKind,
    Support,
    SupportItem,
)
from tracker.shapes.profile import Profile

MAX_SHOWN, MAX_SUPPORT, MAX_LINE_LENGTH = 12, 4, 240
"""Requirements shown before the others are folded, profile parts listed for each, and characters of a quoted line."""

NO_POSTING = "Paste the posting's text to see its requirements."
NOTHING_KNOWN = "No requirements were recognised in this text."

Places = Mapping[tuple[ProfilePart, str], tuple[str, str]]


def of_application(scope: Scope, application_id: str) -> MatchPage:
    """Return the requirements of an application's posting and their support in the profile.

    Raises NotFound when the application was deleted.
    """
    a, row_id = applications, as_uuid(application_id, Application)
    query = select(a.role, a.posting_text).where(
        a.user_id == scope.user_id, a.id == row_id, a.deleted_at.is_(None)
    )
    if not (rows := scope.rows(query)):
        raise NotFound("application")
    role, posting = rows[0]["role"], rows[0]["posting_text"]
    if not posting.strip():
        return MatchPage(NO_POSTING)
    own_profile = profile.read(scope)
    return _page(match(role, posting, own_profile, scope.today), own_profile)


def _page(matching: MatchResult, own_profile: Profile) -> MatchPage:
    if not any(requirement.line for requirement in matching.requirements):
        return MatchPage(NOTHING_KNOWN)
    places = _places(own_profile)
    has_profile = bool(places)
    is_counted = has_profile and matching.coverage is not None
    ranked = sorted(
        matching.requirements,
        key=lambda requirement: (
            requirement.kind == RequirementKind.SOFT,
            requirement.is_met,
            not requirement.is_must,
        ),
    )
    items = [_item(requirement, places) for requirement in ranked]
    met_count = f"{matching.met} of {counted(matching.counted, 'requirement')}"
    share = f"{matching.coverage} %"
    return MatchPage(
        has_profile=has_profile,
        share=share if is_counted else "",
        counted=met_count if is_counted else "",
        coverage=f"{met_count}, {share}" if is_counted else "",
        missing_musts=_missing(matching) if has_profile else "",
        first=items[:MAX_SHOWN],
        rest=items[MAX_SHOWN:],
        show_all=f"Show all {len(items)}" if len(items) > MAX_SHOWN else "",
    )


def _missing(matching: MatchResult) -> str:
    missing = [in_words(requirement) for requirement in matching.missing_musts]
    if not missing:
        has_musts = any(requirement.is_must for requirement in matching.requirements)
        return "Your profile supports every must-have." if has_musts else ""
    listing = f"{'; '.join(missing[:3])}{f' and {len(missing) - 3} more' if len(missing) > 3 else ''}"
    is_partly_met = any(requirement.support for requirement in matching.missing_musts)
    status = "not met" if is_partly_met else "without support"
    return f"{counted(len(missing), 'must-have')} {status}: {listing}."


def _places(own_profile: Profile) -> Places:
    """Return the text of every part of the profile, and the position it belongs to."""
    position_titles = {part.id: position_in_words(part) for part in own_profile.positions}
    places: dict[tuple[ProfilePart, str], tuple[str, str]] = {
        (ProfilePart.POSITION, row_id): (words, "Position") for row_id, words in position_titles.items()
    }
    for part in own_profile.bullets:
        places[ProfilePart.BULLET, part.id] = (part.text, position_titles.get(part.position_id, ""))
    if own_profile.headline:
        places[ProfilePart.HEADLINE, ""] = (own_profile.headline, "Headline")
    if own_profile.languages:
        places[ProfilePart.LANGUAGES, ""] = (", ".join(own_profile.languages), "Languages")
    return places


def _item(requirement: Requirement, places: Places) -> RequirementItem:
    parts = list({(part.ground, part.id): part for part in reversed(requirement.support)}.values())[::-1]
    more_count = len(parts) - MAX_SUPPORT
    return RequirementItem(
        key=f"{requirement.kind.value}:{'|'.join(requirement.words)}",
        kind=requirement.kind.label,
        words=in_words(requirement),
        is_must=requirement.is_must,
        is_met=requirement.is_met,
        posting_line=_quoted(requirement),
        note=""
        if not places or any(part.ground == ProfilePart.LANGUAGES for part in parts)
        else requirement.note,
        support=[_support_item(part, requirement, places) for part in parts[:MAX_SUPPORT]],
        status=_status(requirement) if places else "",
        more=f"and {more_count} more" if more_count > 0 else "",
    )


def _status(requirement: Requirement) -> str:
    if requirement.is_met:
        return "Met"
    return "Met in part" if requirement.support else "Not in your profile"


def _quoted(requirement: Requirement) -> str:
    """Return the line of a requirement, unless it says no more than the requirement itself."""
    line = requirement.line_text.strip(" \t-*•·–") if requirement.line else ""
    return "" if line.casefold() == in_words(requirement).casefold() else _clipped(line)


def _support_item(part: Support, requirement: Requirement, places: Places) -> SupportItem:
    """Return a supporting part; the reason is left out where its own text contains the word."""
    text, place = places[part.ground, part.id]
    is_plain = part.why == requirement.note or any(
        word and word.casefold() in text.casefold() for word in requirement.words
    )
    why = "" if is_plain else part.why
    return SupportItem(f"{part.ground.value}:{part.id}", _clipped(text), place, why)


def _clipped(text: str) -> str:
    return text if len(text) <= MAX_LINE_LENGTH else f"{text[: MAX_LINE_LENGTH - 1]}…"
