"""The profile as other services use it, and as its own page shows it."""

from collections.abc import Iterable
from dataclasses import asdict, replace

from sqlalchemy import case, select

from tracker.db import Scope
from tracker.models import Bullet as BulletRow
from tracker.models import Position as PositionRow
from tracker.models import bullets, positions, profiles, resume_imports
from tracker.services.months import in_words
from tracker.services.plurals import counted
from tracker.services.profile.profile_fields import POSITION, as_typed
from tracker.shapes.enumerations import PositionKind
from tracker.shapes.profile import Bullet, Position, Profile
from tracker.shapes.profile_page import BulletItem, PositionCard, ProfilePage, SkillGroup

MAX_SKILLS, MAX_BULLETS_OF_SKILL = 100, 50
"""Maximum numbers of skills that the page shows, and of bullets for each; larger profiles are shown by position."""


def read(scope: Scope) -> Profile:
    """Return the profile in the user's order; bullets without a position come last."""
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


def position_in_words(position: Position) -> str:
    """Return a position in a phrase."""
    return f"{position.title} at {position.organisation}" if position.organisation else position.title


def page(scope: Scope, by: str = "position") -> ProfilePage:
    """Return what the profile page shows: positions with bullets, or by `skill` the bullets of each."""
    profile = read(scope)
    incoming = scope.rows(select(resume_imports.state).where(resume_imports.user_id == scope.user_id))
    last, subjects = (
        len(profile.positions) - 1,
        {part.id: position_in_words(part) for part in profile.positions},
    )
    lines = {
        place: _lines([part for part in profile.bullets if part.position_id == place], subjects)
        for place in ("", *subjects)
    }
    by_skill = by == "skill"
    return ProfilePage(
        headline=profile.headline,
        languages=list(profile.languages),
        positions=[
            PositionCard(
                id=part.id, kind=part.kind, kind_label=PositionKind(part.kind).label, title=part.title,
                organisation=part.organisation, subject=subjects[part.id],
                dates=in_words(part.begun, part.ended, part.is_current), is_first=n == 0, is_last=n == last,
                fields={name: text for name, text in as_typed(asdict(part)).items() if name in POSITION},
                bullets=lines[part.id],
            )
            for n, part in enumerate(profile.positions)
            if not by_skill
        ],
        loose=[] if by_skill else lines[""],
        skills=_by_skill([line for part in (*subjects, "") for line in lines[part]]) if by_skill else [],
        extent=_extent(profile),
        is_empty=not (profile.positions or profile.bullets or profile.headline or profile.languages),
        incoming=incoming[0]["state"] if incoming else "",
    )  # fmt: skip


def _lines(own_bullets: list[Bullet], subjects: dict[str, str]) -> list[BulletItem]:
    return [
        BulletItem(
            id=bullet.id, text=bullet.text, short=bullet.text if len(bullet.text) <= 60 else f"{bullet.text[:59]}…",
            skills=list(bullet.skills), position_id=bullet.position_id, where=subjects.get(bullet.position_id, ""),
            is_first=n == 0, is_last=n == len(own_bullets) - 1,
        )
        for n, bullet in enumerate(own_bullets)
    ]  # fmt: skip


def _by_skill(lines: list[BulletItem]) -> list[SkillGroup]:
    """Return groups by skill; those with the most bullets come first."""
    groups_by_skill: dict[str, tuple[str, list[BulletItem]]] = {}
    for line in lines:
        for skill in line.skills:
            groups_by_skill.setdefault(skill.casefold(), (skill, []))[1].append(line)
    ranked = sorted(groups_by_skill.items(), key=lambda item: (-len(item[1][1]), item[0]))
    groups = [_group(skill, own_lines) for _, (skill, own_lines) in ranked[:MAX_SKILLS]]
    if bare := [line for line in lines if not line.skills]:
        groups.append(_group("", bare))
    return groups


def _group(skill: str, own_lines: list[BulletItem]) -> SkillGroup:
    """Return a group with clipped texts: a bullet with many skills is in many groups."""
    clipped = [
        replace(bullet, text=bullet.text if len(bullet.text) <= 200 else f"{bullet.text[:199]}…")
        for bullet in own_lines[:MAX_BULLETS_OF_SKILL]
    ]
    return SkillGroup(skill, counted(len(own_lines), "bullet"), clipped)


def _extent(profile: Profile) -> str:
    parts = [counted(len(profile.positions), "position"), counted(len(profile.bullets), "bullet")]
    return ", ".join(part for part in parts if not part.startswith("0 "))
