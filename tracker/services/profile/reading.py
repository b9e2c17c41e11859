"""The profile as others work from it, and as its own page shows it."""

from collections.abc import Iterable
from dataclasses import asdict, replace

from sqlalchemy import case, select

from tracker.db import Scope
from tracker.models import Bullet as BulletRow
from tracker.models import Position as PositionRow
from tracker.models import bullets, positions, profiles, resume_imports
from tracker.services.profile.fields import POSITION, as_typed
from tracker.services.profile.months import in_words
from tracker.shapes.profile import Bullet, Position, Profile
from tracker.shapes.profile_page import BulletLine, PositionCard, ProfilePage, SkillGroup
from tracker.shapes.words import PositionKind

MOST_SKILLS, MOST_OF_ONE = 100, 50
"""How many skills the page shows, and bullets of each; a profile that outgrows these is read by position."""


def read(scope: Scope) -> Profile:
    """All that the person says of themselves, in their order; bullets that belong to no position come last."""
    head = scope.rows(select(profiles.headline, profiles.languages).where(profiles.user_id == scope.user_id))
    places = scope.rows(
        select(
            positions.id, positions.kind, positions.title, positions.organisation, positions.begun,
            positions.ended, positions.is_current,
        )
        .where(positions.user_id == scope.user_id)
        .order_by(positions.place, positions.id)
    )  # fmt: skip
    return Profile(
        name=scope.who.name,
        headline=head[0]["headline"] if head else "",
        languages=tuple(head[0]["languages"]) if head else (),
        positions=tuple(Position(**{**row, "id": str(row["id"])}) for row in places),
        bullets=tuple(_bullets(scope)),
    )


def _bullets(scope: Scope) -> Iterable[Bullet]:
    query = (
        select(bullets.id, bullets.text, bullets.skills, bullets.position_id)
        .select_from(BulletRow)
        .outerjoin(
            PositionRow, (positions.user_id == bullets.user_id) & (positions.id == bullets.position_id)
        )
        .where(bullets.user_id == scope.user_id)
        .order_by(
            case((bullets.position_id.is_(None), 1), else_=0),
            positions.place, positions.id, bullets.place, bullets.id,
        )
    )  # fmt: skip
    for row in scope.rows(query):
        yield Bullet(str(row["id"]), row["text"], tuple(row["skills"]), str(row["position_id"] or ""))


def subject(position: Position) -> str:
    """A position in a phrase."""
    return f"{position.title} at {position.organisation}" if position.organisation else position.title


def page(scope: Scope, by: str = "position") -> ProfilePage:
    """What the page of the profile shows: the positions with their bullets, or by `skill` the bullets of each."""
    profile = read(scope)
    incoming = scope.rows(select(resume_imports.state).where(resume_imports.user_id == scope.user_id))
    last, named = len(profile.positions) - 1, {one.id: subject(one) for one in profile.positions}
    lines = {
        place: _lines([one for one in profile.bullets if one.position_id == place], named)
        for place in ("", *named)
    }
    by_skill = by == "skill"
    return ProfilePage(
        headline=profile.headline,
        languages=list(profile.languages),
        positions=[
            PositionCard(
                id=one.id, kind=one.kind, kind_label=PositionKind(one.kind).label, title=one.title,
                organisation=one.organisation, subject=named[one.id],
                dates=in_words(one.begun, one.ended, one.is_current), is_first=n == 0, is_last=n == last,
                fields={name: text for name, text in as_typed(asdict(one)).items() if name in POSITION},
                bullets=lines[one.id],
            )
            for n, one in enumerate(profile.positions)
            if not by_skill
        ],
        loose=[] if by_skill else lines[""],
        skills=_by_skill([line for part in (*named, "") for line in lines[part]]) if by_skill else [],
        extent=_extent(profile),
        is_empty=not (profile.positions or profile.bullets or profile.headline or profile.languages),
        incoming=incoming[0]["state"] if incoming else "",
    )  # fmt: skip


def _lines(of: list[Bullet], named: dict[str, str]) -> list[BulletLine]:
    return [
        BulletLine(
            id=one.id, text=one.text, short=one.text if len(one.text) <= 60 else f"{one.text[:59]}…",
            skills=list(one.skills), position_id=one.position_id, where=named.get(one.position_id, ""),
            is_first=n == 0, is_last=n == len(of) - 1,
        )
        for n, one in enumerate(of)
    ]  # fmt: skip


def _by_skill(lines: list[BulletLine]) -> list[SkillGroup]:
    """The skills that most bullets show come first."""
    found: dict[str, tuple[str, list[BulletLine]]] = {}
    for line in lines:
        for skill in line.skills:
            found.setdefault(skill.casefold(), (skill, []))[1].append(line)
    ranked = sorted(found.items(), key=lambda one: (-len(one[1][1]), one[0]))
    groups = [_group(skill, held) for _, (skill, held) in ranked[:MOST_SKILLS]]
    if bare := [line for line in lines if not line.skills]:
        groups.append(_group("", bare))
    return groups


def _group(skill: str, held: list[BulletLine]) -> SkillGroup:
    """A bullet of many skills stands in many groups, so that each shows only how it begins."""
    clipped = [
        replace(one, text=one.text if len(one.text) <= 200 else f"{one.text[:199]}…")
        for one in held[:MOST_OF_ONE]
    ]
    return SkillGroup(skill, counted(len(held), "bullet"), clipped)


def counted(number: int, what: str) -> str:
    """A number of things, in words."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def _extent(profile: Profile) -> str:
    parts = [counted(len(profile.positions), "position"), counted(len(profile.bullets), "bullet")]
    return ", ".join(part for part in parts if not part.startswith("0 "))
