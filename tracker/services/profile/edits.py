"""Edits of the profile: add, change, move and remove head, positions and bullets."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from tracker.db import Scope
from tracker.errors import NotFound, TooMany
from tracker.models import Bullet, Position, bullets, positions
from tracker.services.field_parsers import parsed_by
from tracker.services.plurals import counted
from tracker.services.profile import profile_fields
from tracker.services.profile.changes import locked_profile, recorded

MAX_POSITIONS, MAX_BULLETS = 60, 600
DIRECTIONS = {"up": -1, "down": 1, "first": -10_000, "last": 10_000}


def edit_about(scope: Scope, typed: dict[str, str], was: dict[str, str]) -> str:
    """Change headline and languages; raises Conflict when one is no longer as in `was`."""
    row = locked_profile(scope)
    now = profile_fields.as_typed({"headline": row.headline, "languages": row.languages})
    with recorded(scope, "headline and languages edited"):
        row.sqlmodel_update(parsed_by(profile_fields.ABOUT, profile_fields.merged(now, typed, was)))
    return "Headline and languages saved"


def set_about(scope: Scope, typed: dict[str, str]) -> str:
    """Change headline or languages, without edit conflicts."""
    row = locked_profile(scope)
    now = profile_fields.as_typed({"headline": row.headline, "languages": row.languages})
    return edit_about(scope, typed, now)


def add_position(scope: Scope, typed: dict[str, str]) -> str:
    """Add a position before the first that began earlier, and return its id; raises TooMany beyond 60."""
    row = Position(**profile_fields.position(typed))
    with recorded(scope, f"position {row.title} added"):
        rest = ordered_positions(scope)
        if len(rest) >= MAX_POSITIONS:
            raise TooMany(f"A profile holds at most {MAX_POSITIONS} positions.")
        scope.add(row)
        at = next((n for n, other in enumerate(rest) if other.begun < row.begun), len(rest))
        renumber([*rest[:at], row, *rest[at:]])
    return str(row.id)


def edit_position(scope: Scope, position_id: str, typed: dict[str, str], was: dict[str, str]) -> str:
    """Change a position; raises Conflict when a field is no longer as in `was`."""
    locked_profile(scope)
    row = scope.get(Position, position_id, lock=True)
    now = profile_fields.as_typed(row.model_dump())
    with recorded(scope, f"position {row.title} edited"):
        row.sqlmodel_update(profile_fields.position(profile_fields.merged(now, typed, was)))
    return "Position saved"


def set_position(scope: Scope, position_id: str, typed: dict[str, str]) -> str:
    """Change fields of a position, without edit conflicts."""
    locked_profile(scope)
    now = profile_fields.as_typed(scope.get(Position, position_id).model_dump())
    return edit_position(scope, position_id, typed, now)


def move_position(scope: Scope, position_id: str, direction: str) -> str:
    """Move a position up, down, first or last; no effect at the end of the list."""
    locked_profile(scope)
    row = scope.get(Position, position_id)
    with recorded(scope, f"position {row.title} moved"):
        moved = _shift(ordered_positions(scope), row, direction)
    return f"{row.title} moved {direction}" if moved else f"{row.title} stays where it is"


def remove_position(scope: Scope, position_id: str) -> str:
    """Remove a position and its bullets; the event log keeps them for undo."""
    locked_profile(scope)
    row = scope.get(Position, position_id, lock=True)
    bullet_count = len(ordered_bullets(scope, row.id))
    with recorded(scope, f"position {row.title} removed"):
        scope.session.delete(row)
        scope.session.flush()
        scope.session.expire_all()
    return f"{row.title} removed" + (f" with {counted(bullet_count, 'bullet')}" if bullet_count else "")


def add_bullet(scope: Scope, typed: dict[str, str]) -> str:
    """Add a bullet at the end of its position, or of none, and return its id; raises TooMany beyond 600."""
    values = parsed_by(profile_fields.BULLET, {"text": "", "skills": "", "position_id": "", **typed})
    locked_profile(scope)
    position_id = _position(scope, values.pop("position_id"))
    number_now = select(func.count()).select_from(Bullet).where(bullets.user_id == scope.user_id)
    if (scope.session.scalar(number_now) or 0) >= MAX_BULLETS:
        raise TooMany(f"A profile holds at most {MAX_BULLETS} bullets.")
    row = Bullet(**values, position_id=position_id)
    with recorded(scope, "bullet added"):
        before = ordered_bullets(scope, position_id)
        renumber([*before, scope.add(row)])
    return str(row.id)


def edit_bullet(scope: Scope, bullet_id: str, typed: dict[str, str], was: dict[str, str]) -> str:
    """Change a bullet; raises Conflict when a field is no longer as in `was`."""
    locked_profile(scope)
    row = scope.get(Bullet, bullet_id, lock=True)
    values = parsed_by(
        profile_fields.BULLET, profile_fields.merged(profile_fields.as_typed(row.model_dump()), typed, was)
    )
    position_id = _position(scope, values.pop("position_id"))
    with recorded(scope, "bullet edited"):
        row.sqlmodel_update(values)
        if position_id != row.position_id:
            behind = ordered_bullets(scope, position_id)
            row.position_id = position_id
            renumber([*behind, row])
    return "Bullet saved"


def set_bullet(scope: Scope, bullet_id: str, typed: dict[str, str]) -> str:
    """Change fields of a bullet, without edit conflicts."""
    locked_profile(scope)
    now = profile_fields.as_typed(scope.get(Bullet, bullet_id).model_dump())
    return edit_bullet(scope, bullet_id, typed, now)


def move_bullet(scope: Scope, bullet_id: str, direction: str) -> str:
    """Move a bullet within its position: up, down, first or last; no effect at the end of the list."""
    locked_profile(scope)
    row = scope.get(Bullet, bullet_id)
    with recorded(scope, "bullet moved"):
        moved = _shift(ordered_bullets(scope, row.position_id), row, direction)
    return f"Bullet moved {direction}" if moved else "Bullet stays where it is"


def remove_bullet(scope: Scope, bullet_id: str) -> str:
    """Remove a bullet; the event log keeps it for undo."""
    locked_profile(scope)
    row = scope.get(Bullet, bullet_id, lock=True)
    with recorded(scope, "bullet removed"):
        scope.session.delete(row)
    return "Bullet removed"


def ordered_positions(scope: Scope) -> list[Position]:
    """Return the position rows in the user's order."""
    query = select(Position).where(positions.user_id == scope.user_id).order_by(positions.place, positions.id)
    return list(scope.session.scalars(query))


def ordered_bullets(scope: Scope, position_id: UUID | None) -> list[Bullet]:
    """Return the bullet rows of a position, or of none, in the user's order."""
    query = select(Bullet).where(
        bullets.user_id == scope.user_id, bullets.position_id.is_not_distinct_from(position_id)
    )
    return list(scope.session.scalars(query.order_by(bullets.place, bullets.id)))


def renumber(rows: list[Any]) -> None:
    """Number rows by the order they are in."""
    for place, row in enumerate(rows):
        row.place = place


def _shift(rows: list[Any], row: Any, direction: str) -> bool:
    """Move a row among its siblings; return whether its place changed."""
    if direction not in DIRECTIONS:
        raise NotFound("direction")
    at = rows.index(row)
    rows.insert(max(0, at + DIRECTIONS[direction]), rows.pop(at))
    renumber(rows)
    return rows[at] is not row


def _position(scope: Scope, position_id: str) -> UUID | None:
    return scope.get(Position, position_id).id if position_id else None
